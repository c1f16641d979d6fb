import { destination, pino, type DestinationStream, type Logger } from 'pino'

/** JSON lines on standard error, so that standard output is left to what a program reads. */
export function createLog(options: { readonly level?: string; readonly destination?: DestinationStream } = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: 'kontor-gateway' },
      redact: {
        paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret', 'req.headers.authorization'],
        censor: '[redacted]',
      },
    },
    options.destination ?? destination({ fd: 2, sync: true }),
  )
}
