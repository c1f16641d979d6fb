/**
 * Why a backup or a restore came to nothing:
 * - `backup_exists`: the file is there already, and nobody said to replace it
 * - `backup_unwritable`, `backup_unreadable`: the file system says no; a full disk, a wrong path
 * - `no_kontor_database`: there is nothing of ours to back up
 * - `not_a_backup`: the file is something else
 * - `backup_truncated`: its end is missing
 * - `backup_damaged`: checksum, counts or shape are not what they were
 * - `backup_too_new`: made by a later version than this
 * - `database_not_empty`: a restore goes into an empty database only
 * - `database_failed`: the database could not be reached, or broke off
 */
export type BackupErrorCode =
  | 'backup_exists'
  | 'backup_unwritable'
  | 'backup_unreadable'
  | 'no_kontor_database'
  | 'not_a_backup'
  | 'backup_truncated'
  | 'backup_damaged'
  | 'backup_too_new'
  | 'database_not_empty'
  | 'database_failed'

export interface BackupFailure {
  readonly ok: false
  readonly error: { readonly code: BackupErrorCode; readonly message: string }
}

/** Leaves the streams a backup consists of; becomes a value at the door, see `outcomeOf`. */
export class BackupProblem extends Error {
  readonly code: BackupErrorCode
  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What `work` came to, with the problems that are to be expected as values. */
export async function outcomeOf<T extends object>(
  work: () => Promise<T>,
): Promise<(T & { readonly ok: true }) | BackupFailure> {
  try {
    return { ok: true, ...(await work()) }
  } catch (error) {
    if (!(error instanceof BackupProblem)) throw error
    return { ok: false, error: { code: error.code, message: error.message } }
  }
}

/** The name of a system call's error (`ENOSPC`, …), else undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error
    ? String(error.code)
    : undefined
}
