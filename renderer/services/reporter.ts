/** Takes what must not happen and gives back the reference under which it can be found again. */
export type Reporter = (error: unknown) => string

/** Writes to the console, which main keeps in its log. */
export const reportToConsole: Reporter = (error) => {
  const reference = newReference()
  // oxlint-disable-next-line no-console -- the one place: main reads the page's console into its log
  console.error(`[${reference}]`, error)
  return reference
}

/** Eight characters that a person can read out over the telephone. */
export function newReference(): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('')
}
