/** Work that comes back. */
export interface Repeated {
  /** No more of it; resolves when what is under way has ended. */
  stop(): Promise<void>
}

/** Do some work now, and again so many milliseconds after its last end, for as long as it is not stopped. */
export function repeat(
  everyMs: number,
  work: () => Promise<void>,
  onFailure: (error: unknown) => void,
): Repeated {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const run = async () => {
    try {
      await work()
    } catch (error) {
      onFailure(error)
    }
    if (!isStopped) timer = setTimeout(again, everyMs)
  }
  const again = () => {
    running = run()
  }
  let running = run()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
