import type { BenchConsole } from './bench-console'
import type { Waiting } from './multiply'

interface Seen {
  readonly net: number
  readonly status: string
  readonly lines: object
}

/** By the original: its copies have the same lines. */
const seen = new Map<string, Seen>()

/**
 * What an approver has before them of each, all of it, asked for once for all copies of an original. The
 * seller has so much of everything that no approval changes it for the next.
 */
export async function lookAt(console_: BenchConsole, waiting: readonly Waiting[]): Promise<void> {
  for (const { id, original } of waiting) {
    if (seen.has(original)) continue
    const told = (await console_.query('requisition.revalidate', { id })) as {
      readonly seen: Seen
    }
    seen.set(original, told.seen)
  }
}

/** What is seen of one that has been looked at in a list: its total and its customer's state, and no lines. */
export function seenInList({ original }: Waiting): Seen {
  const known = seen.get(original)
  if (!known) throw new Error('Nobody has looked at it.')
  return { net: known.net, status: known.status, lines: {} }
}

/** Approve one requisition that has been looked at. @throws when the gateway does not */
export async function approveBy(
  console_: BenchConsole,
  { id, version, original }: Waiting,
): Promise<void> {
  const payload = { revision: 1, seen: seen.get(original) }
  const answer = await console_.command('requisition.approve', id, version, payload)
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
