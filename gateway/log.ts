import { destination, pino, type DestinationStream, type Logger } from 'pino'
import { redacted } from './log-redaction'

/** JSON lines on standard error, so that standard output is left to what a program reads. */
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
    options.destination ?? destination({ fd: 2, sync: true }),
  )
}
