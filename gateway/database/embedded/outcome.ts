/** What the embedded database writes its own doings to. A pino logger fits. */
export interface DatabaseLog {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/**
 * Why the embedded database could not be started:
 * - `binaries_missing`: no PostgreSQL for this platform is installed
 * - `binaries_unusable`: it is there, but cannot be run or copied to where it could be
 * - `data_dir_unusable`: the folder cannot be made, read or written, or is not a cluster
 * - `data_dir_in_use`: another process owns the folder; `details.pid` says which
 * - `wrong_major_version`: made by another major version; nothing was touched
 * - `init_failed`, `start_failed`, `start_timed_out`: `details.log` holds the server's last lines
 */
export type EmbeddedPostgresErrorCode =
  | 'binaries_missing'
  | 'binaries_unusable'
  | 'data_dir_unusable'
  | 'data_dir_in_use'
  | 'wrong_major_version'
  | 'init_failed'
  | 'start_failed'
  | 'start_timed_out'

export interface EmbeddedPostgresError {
  readonly code: EmbeddedPostgresErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export interface Failure {
  readonly ok: false
  readonly error: EmbeddedPostgresError
}

export const failure = (
  code: EmbeddedPostgresErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Failure => ({ ok: false, error: { code, message, details } })

/** The error code (`ENOENT`, …) of something thrown by a system call, else undefined. */
export const systemCode = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'syscall' in thrown && 'code' in thrown
    ? String(thrown.code)
    : undefined
