import type { BenchConsole } from './bench-console'
import type { Waiting } from './multiply'

/** Approve one requisition. @throws when the gateway does not */
export async function approveBy(console_: BenchConsole, { id, version }: Waiting): Promise<void> {
  const answer = await console_.command('requisition.approve', id, version, { revision: 1 })
  if (!answer.ok) throw new Error(answer.error.message)
}

/** Approve all of them, each console its next when the last was answered. */
export async function approveAll(
  consoles: readonly BenchConsole[],
  waiting: readonly Waiting[],
): Promise<void> {
  const left = [...waiting]
  await Promise.all(
    consoles.map(async (console_) => {
      for (let next = left.pop(); next; next = left.pop()) await approveBy(console_, next)
    }),
  )
}
