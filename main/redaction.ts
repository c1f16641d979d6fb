const HIDDEN = '[redacted]'

const SECRET_KEY = /token|password|passwd|secret|authorization|cookie|credential|api_?key/i

/** Values that tell what they are by their looks, or by what stands before them. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  // A signed JWT: three base64url parts, the first of which begins with {".
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b(whsec_)[\w+/=-]+/g, `$1${HIDDEN}`],
  // user:password@ in an address.
  [/(\/\/[^\s/:@]+:)[^\s/@]+@/g, `$1${HIDDEN}@`],
  [
    /((?:token|password|secret|api_?key|authorization)["']?\s*[:=]\s*["']?)(?!Bearer|Basic)[^\s"',;&}]+/gi,
    `$1${HIDDEN}`,
  ],
]

/** A copy fit for a log: secrets are hidden by their key or by their looks, at any depth. */
export function redact(value: unknown): unknown {
  return redactWithin(value, new Set())
}

function redactWithin(value: unknown, within: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (within.has(value)) return '[circular]'
  const deeper = new Set(within).add(value)
  if (value instanceof Error) return redactText(value.stack ?? String(value))
  if (Array.isArray(value)) return value.map((item) => redactWithin(item, deeper))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEY.test(key) ? HIDDEN : redactWithin(item, deeper),
    ]),
  )
}

function redactText(text: string): string {
  return SECRET_TEXT.reduce((result, [pattern, by]) => result.replace(pattern, by), text)
}
