const flag = '--trust-proxy'

/**
 * The command line with a bare `--trust-proxy` made `--trust-proxy=1`: an option that may stand
 * without its value is nothing that Node's own parser knows.
 */
export function withTrustProxyValue(args: readonly string[]): readonly string[] {
  return args.map((arg, index) =>
    arg === flag && !/^\d+$/.test(args[index + 1] ?? '') ? `${flag}=1` : arg,
  )
}

/** How many proxies are trusted; null when it is no sensible number of them. */
export function readTrustProxy(text: string | undefined): number | null {
  if (text === undefined) return 0
  return /^\d$/.test(text) ? Number(text) : null
}
