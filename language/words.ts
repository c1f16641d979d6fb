import { createIntl, createIntlCache } from '@formatjs/intl'
import { catalogue, localeOf } from './catalogue'
import type { Language, MessageKey, ValuesOf } from './catalogue'

/** Words one language's messages. */
export interface Words {
  readonly language: Language
  /** A message as plain text; emphasis in it is left out. */
  readonly t: <K extends MessageKey>(key: K, ...values: ValuesOf<K>) => string
}

const cache = createIntlCache()
const made = new Map<Language, Words>()

/** The words of a language. Usable in every process: nothing of React or of a page is needed. */
export function wordsIn(language: Language): Words {
  const known = made.get(language)
  if (known) return known
  const intl = createIntl(
    {
      locale: localeOf[language],
      messages: catalogue[language],
      // Dates and figures are formatted before they come here, so no zone is asked for.
      timeZone: 'UTC',
      onError: (error) => {
        throw error
      },
    },
    cache,
  )
  const words: Words = {
    language,
    t: (key, ...[values]) => {
      const text = catalogue[language][key]
      // Most messages are plain words: there is nothing in them for a formatter to read.
      if (!/[{<']/.test(text)) return text
      return (
        putTogether(text, values) ??
        intl.formatMessage({ id: key }, { ...(values as Record<string, string>), b: joined })
      )
    },
  }
  made.set(language, words)
  return words
}

const pieces = new Map<string, readonly string[] | null>()

/**
 * A message that only names what it is told, put together without a formatter, which takes ten times as
 * long; null for any other, and where something it names is not told.
 */
function putTogether(text: string, values: object | undefined): string | null {
  let parts = pieces.get(text)
  if (parts === undefined) {
    // Every other one is a name.
    const split = text.split(/\{(\w+)\}/)
    parts = split.some((part) => /[{}<']/.test(part)) ? null : split
    pieces.set(text, parts)
  }
  if (parts === null) return null
  let whole = ''
  for (const [at, part] of parts.entries()) {
    const value: unknown = at % 2 === 0 ? part : (values as Record<string, unknown>)[part]
    if (typeof value !== 'string' && typeof value !== 'number') return null
    whole += value
  }
  return whole
}

function joined(chunks: readonly unknown[]): string {
  return chunks.join('')
}
