/**
 * A process that owns an embedded PostgreSQL, for tests that kill it or run it as another user.
 * Arguments: the start options as JSON. Writes what the start came to as one JSON line; stops the
 * server when its stdin ends.
 */
import { startEmbeddedPostgres } from '../../gateway/database/embedded/start'
import { quietLog } from './quiet-log'

async function own(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string; cacheDir?: string }
  const started = await startEmbeddedPostgres({ ...options, log: quietLog })
  const { server } = started.ok ? started : {}
  const told = server ? { ok: true, url: server.url, pid: server.pid } : started
  process.stdout.write(`${JSON.stringify(told)}\n`)
  if (!server) return
  process.stdin.resume()
  process.stdin.once('end', () => void server.stop())
}

void own()
