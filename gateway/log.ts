import { pino, type DestinationStream, type Logger } from 'pino'
import { standardError } from './log-destination'
import { redacted } from './log-redaction'

/** JSON lines, on standard error unless told otherwise. */
export function createLog(
  options: { readonly level?: string; readonly destination?: DestinationStream } = {},
): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: 'kontor-gateway' },
      serializers: { err: (error: unknown) => error },
      formatters: { log: (line) => redacted(line) as Record<string, unknown> },
      // What a child logger is bound to goes past the formatter.
      redact: { paths: ['password', 'token', 'secret', 'authorization'], censor: '[redacted]' },
    },
    options.destination ?? standardError,
  )
}
