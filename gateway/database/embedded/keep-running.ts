import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start'

/** A server that is started again when it goes down by itself. */
export interface LastingPostgres {
  /** Stays the same over every start. */
  readonly url: string
  /** Process id of the server that runs, or ran last. */
  readonly pid: () => number
  stop(): Promise<void>
}

/** Between two starts, in ms: soon after a crash, seldom while whatever ails it lasts. */
const pauses = [200, 1_000, 3_000, 10_000] as const

/**
 * Keep a server running: killed by somebody, or ended by itself for want of disk, it is started again
 * at the same address until it holds. Meanwhile whoever asks it finds nobody there.
 */
export function keepRunning(
  first: EmbeddedPostgres,
  options: EmbeddedPostgresOptions,
): LastingPostgres {
  const { log } = options
  let server = first
  let isStopping = false
  let wake = () => {}
  let minding = mind()

  async function mind(): Promise<void> {
    const { code, signal, wasAsked } = await server.exited
    if (wasAsked || isStopping) return
    log.error({ code, signal }, 'the database went down; it is started again')
    for (let attempt = 0; !isStopping; attempt += 1) {
      await pause(pauses[Math.min(attempt, pauses.length - 1)] ?? 0)
      if (isStopping) return
      const again = await startEmbeddedPostgres({ ...options, port: first.port }).catch(
        (thrown: unknown) =>
          ({ ok: false, error: { code: 'failed', message: String(thrown) } }) as const,
      )
      if (again.ok) {
        server = again.server
        log.info({ pid: server.pid }, 'the database is there again')
        minding = mind()
        return
      }
      // What the server itself said is in the log already.
      const { code: failed, message } = again.error
      log.error({ code: failed }, `the database does not start: ${message}`)
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    url: first.url,
    pid: () => server.pid,
    async stop() {
      isStopping = true
      wake()
      await server.stop()
      // One that was just being started has taken its place by now.
      await minding
      await server.stop()
    },
  }
}
