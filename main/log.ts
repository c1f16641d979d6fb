/** Where a part of the main process tells what happened; secrets are hidden by the log itself. */
export interface Log {
  info(message: string, ...data: readonly unknown[]): void
  warn(message: string, ...data: readonly unknown[]): void
  error(message: string, ...data: readonly unknown[]): void
}
