import type { Readable } from 'node:stream'
import { withoutQuoted } from '../../log-redaction'
import type { DatabaseLog } from './outcome'

const keptLines = 40

/** The server's stderr: passed on line by line to our log, with the last lines kept for errors. */
export interface ServerLog {
  tail(): string
  /** Calls back on every line from now on. */
  onLine(listener: (line: string) => void): void
  /** Resolves when the stream has ended, so that `tail` is complete. */
  readonly ended: Promise<void>
}

/** PostgreSQL's severities, https://www.postgresql.org/docs/18/runtime-config-logging.html */
const levels: Readonly<Record<string, keyof DatabaseLog>> = {
  WARNING: 'warn',
  ERROR: 'warn',
  FATAL: 'error',
  PANIC: 'error',
}

export function followServerLog(stream: Readable, log: DatabaseLog): ServerLog {
  const kept: string[] = []
  const listeners: ((line: string) => void)[] = []
  let partial = ''
  let isOfStatement = false

  const take = (said: string): void => {
    if (said.trim() === '') return
    // Whoever sent a statement is told the same: here it must not repeat what somebody wrote. A
    // quotation that goes on over several lines is indented.
    const isContinued = said.startsWith('\t')
    if (isContinued && isOfStatement) return
    if (!isContinued) isOfStatement = said.startsWith('ERROR:')
    const line = isOfStatement ? withoutQuoted(said) : said
    kept.push(line)
    if (kept.length > keptLines) kept.shift()
    const severity = /^([A-Z]+):/.exec(line)?.[1] ?? ''
    log[levels[severity] ?? 'debug']({ source: 'postgres' }, line)
    for (const listener of listeners) listener(line)
  }

  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (partial + text).split(/\r?\n/)
    partial = lines.pop() ?? ''
    lines.forEach(take)
  })
  const ended = new Promise<void>((resolve) => {
    stream.once('close', () => {
      take(partial)
      partial = ''
      resolve()
    })
  })
  return { tail: () => kept.join('\n'), onLine: (listener) => listeners.push(listener), ended }
}
