const hidden = '[redacted]'

/** Names under which there are secrets, or what a person wrote or is called by. */
const hiddenKey =
  /^(body|payload|data|rows|auth|salt|hash|cookie|signature|key|email|phone|note)$|password|passwd|token|secret|authori[sz]ation|credential|api_?key|webhook-signature/i

/** Secrets that tell what they are by their looks, wherever they stand. */
const hiddenText: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  [/\b(whsec_)[\w+/=-]+/g, `$1${hidden}`],
  [/\bv1,[\w+/=]{20,}/g, `v1,${hidden}`],
  // user:password@ in an address. A password in which an @ was not written %40 ends at the last one.
  [/(\/\/[^\s/:@]*:)[^\s/]+@/g, `$1${hidden}@`],
  // And where it stands among an address's parameters, or in PostgreSQL's other way to write one.
  [/\b(password=)[^\s&]+/gi, `$1${hidden}`],
]

const deepest = 6

/** What is to be logged, fit for a log: at any depth, and without changing what was handed over. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (value instanceof Error) return redactedError(value, depth)
  if (Buffer.isBuffer(value) || ArrayBuffer.isView(value)) return hidden
  if (depth >= deepest) return '[deeper]'
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      hiddenKey.test(key) && item !== null && item !== undefined
        ? hidden
        : redacted(item, depth + 1),
    ]),
  )
}

/**
 * What a log keeps of an error. Errors of the database carry their whole connection, and their words
 * repeat values of rows and of what somebody sent, in quotes; so do those of a JSON text that is none.
 */
function redactedError(error: Error, depth: number): object {
  const { name, message, stack, cause } = error
  const { code, severity, table, column, constraint } = error as {
    readonly [field in 'code' | 'severity' | 'table' | 'column' | 'constraint']?: unknown
  }
  const isOfDatabase = typeof severity === 'string'
  const about = isOfDatabase ? { table, column, constraint } : {}
  const said =
    error instanceof SyntaxError ? 'what was read is not well-formed' : redactedText(message)
  // A stack begins with the message, which may have several lines.
  const frames = stack?.indexOf('\n    at ') ?? -1
  return {
    type: name,
    message: isOfDatabase ? withoutQuoted(said) : said,
    ...(typeof code === 'string' ? { code } : {}),
    ...Object.fromEntries(Object.entries(about).filter(([, name]) => typeof name === 'string')),
    ...(stack === undefined || frames === -1 ? {} : { stack: stack.slice(frames + 1) }),
    ...(cause === undefined || depth >= deepest ? {} : { cause: redacted(cause, depth + 1) }),
  }
}

/** What is said of a failure that nobody has foreseen, in lines for the person who started the program. */
export function redactedFailure(error: unknown): string {
  if (!(error instanceof Error)) return redactedText(String(error))
  const { type, message, stack } = redactedError(error, deepest) as {
    readonly type: string
    readonly message: string
    readonly stack?: string
  }
  const cause = error.cause === undefined ? [] : [`caused by ${redactedFailure(error.cause)}`]
  return [`${type}: ${message}`, ...(stack === undefined ? [] : [stack]), ...cause].join('\n')
}

/** PostgreSQL's words without what it quotes, which may be what somebody wrote. */
export function withoutQuoted(text: string): string {
  return text.replace(/"[^"]*("|$)/g, '"…"')
}

function redactedText(text: string): string {
  return hiddenText.reduce((result, [pattern, by]) => result.replace(pattern, by), text)
}
