/** For parts whose log is not what a test is about. Fits whatever takes a pino-like log. */
export const quietLog = {
  debug: (): void => undefined,
  info: (): void => undefined,
  warn: (): void => undefined,
  error: (): void => undefined,
}
