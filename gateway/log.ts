import { destination, pino, type DestinationStream, type Logger } from 'pino'

/**
 * What a log keeps of an error. Database errors carry their whole connection and sometimes the values
 * of a row; none of that belongs in a log.
 */
function writeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: writeError(cause) }),
  }
}

/** JSON lines on standard error, so that standard output is left to what a program reads. */
export function createLog(
  options: { readonly level?: string; readonly destination?: DestinationStream } = {},
): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: 'kontor-gateway' },
      serializers: { err: writeError },
      redact: {
        paths: [
          'password',
          'token',
          'secret',
          '*.password',
          '*.token',
          '*.secret',
          'req.headers.authorization',
        ],
        censor: '[redacted]',
      },
    },
    options.destination ?? destination({ fd: 2, sync: true }),
  )
}
