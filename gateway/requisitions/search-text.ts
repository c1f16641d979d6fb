/** More than this of a document's words is not searched; its head and first lines come first. */
const longest = 200_000

/**
 * Words as they are searched: lower case, without diacritics (å and a are one), each once, with
 * single spaces. What is searched for is folded the same way.
 */
export function foldForSearch(parts: Iterable<string | null>): string {
  const words = new Set<string>()
  let length = 0
  for (const part of parts) {
    if (part === null) continue
    for (const word of fold(part).split(' ')) {
      if (word === '' || words.has(word)) continue
      length += word.length + 1
      if (length > longest) return [...words].join(' ')
      words.add(word)
    }
  }
  return [...words].join(' ')
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/[\s\p{C}]+/gu, ' ')
}
