/**
 * Whether a socket may be opened from an origin. The console's main process sends none; a browser
 * always does, so a web page gets in only when its origin has been allowed.
 */
export function originAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  return origin === undefined || allowed.includes(origin)
}
