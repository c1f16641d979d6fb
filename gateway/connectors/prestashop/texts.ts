import type { ShopFacts } from './shop-facts'

type Translated = Readonly<Record<string, string>>

/** Both names of something, the Swedish one never empty unless the shop has no text at all. */
export function bothNames(
  said: Translated,
  { swedish, english }: Pick<ShopFacts, 'swedish' | 'english'>,
): { readonly nameSv: string; readonly nameEn: string | null } {
  return {
    nameSv: textIn(said, swedish),
    nameEn: english === null ? null : said[english] || said[''] || null,
  }
}

/** In one language, else in the only one, else in any. */
export function textIn(said: Translated, language: number): string {
  return said[language] || said[''] || Object.values(said).find(Boolean) || ''
}
