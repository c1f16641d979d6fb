/**
 * Text as it is searched: lower case, without accents, so that "ror" finds "Rör".
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}

/** Folded, and once more without what people leave out of numbers: "RB-2206" is also "rb2206". */
export function foldNumber(text: string): string {
  const folded = fold(text)
  const bare = folded.replace(/[^\p{L}\p{N}]+/gu, '')
  return bare === folded ? folded : `${folded} ${bare}`
}

/** The words of a query, folded; all of them have to be found. */
export function queryWords(query: string): readonly string[] {
  return fold(query).split(/\s+/).filter(Boolean)
}
