import { createIntl } from '@formatjs/intl'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../../contract/errors'
import { catalogue, languages, localeOf } from '../../../language/catalogue'
import type { MessageKey } from '../../../language/catalogue'
import { refusalSentence } from '../../../language/refusals'
import { formatsIn } from '../../../language/formats'
import { wordsIn } from '../../../language/words'

/** What a message is told: names, and of the names those it counts by. */
interface Arguments {
  readonly names: readonly string[]
  readonly counts: readonly string[]
  /** Plural branches that are a single bare word, which the compiler takes for an argument. */
  readonly bareBranches: readonly string[]
}

/** Reads an ICU message by its braces, apart from the library that formats it. */
function argumentsOf(text: string): Arguments {
  const names = new Set<string>()
  const counts = new Set<string>()
  const bareBranches: string[] = []
  const readMessage = (from: number): number => {
    let at = from
    while (at < text.length && text[at] !== '}') {
      at = text[at] === '{' ? readArgument(at + 1) : at + 1
    }
    return at
  }
  const readArgument = (from: number): number => {
    const head = /^\s*([^\s,{}]+)\s*(,\s*plural\s*,)?/.exec(text.slice(from))
    if (!head) throw new Error(`"${text}" has a brace without a name`)
    const [whole, name = '', plural] = head
    names.add(name)
    let at = from + whole.length
    if (!plural) return at + 1
    counts.add(name)
    while (text[at] !== '}') {
      const open = text.indexOf('{', at)
      const close = readMessage(open + 1)
      const branch = text.slice(open + 1, close)
      if (/^[^\s#{]+$/.test(branch)) bareBranches.push(branch)
      at = close + 1
      while (text[at] === ' ') at += 1
    }
    return at + 1
  }
  readMessage(0)
  return { names: [...names].sort(), counts: [...counts].sort(), bareBranches }
}

const keys = Object.keys(catalogue.sv) as MessageKey[]

describe('the catalogue', () => {
  test('has the same keys in both languages', () => {
    expect(Object.keys(catalogue.en).sort()).toEqual([...keys].sort())
  })

  test('tells every message the same in both languages', () => {
    const differing = keys.filter((key) => {
      const [sv, en] = [argumentsOf(catalogue.sv[key]), argumentsOf(catalogue.en[key])]
      return JSON.stringify([sv.names, sv.counts]) !== JSON.stringify([en.names, en.counts])
    })
    expect(differing).toEqual([])
  })

  test('has no branch that the compiler would take for an argument', () => {
    const bare = languages.flatMap((language) =>
      keys.flatMap((key) => argumentsOf(catalogue[language][key]).bareBranches),
    )
    expect(bare).toEqual([])
  })

  test.each(languages)('formats every message in %s', (language) => {
    const { t } = wordsIn(language)
    for (const key of keys) {
      const { names, counts } = argumentsOf(catalogue[language][key])
      for (const count of [0, 1, 2]) {
        const values = Object.fromEntries(
          names.map((name) => [name, counts.includes(name) ? count : `‹${name}›`]),
        )
        const text = (t as (key: MessageKey, values: object) => string)(key, values)
        expect(text, key).not.toMatch(/[{}]|<\/?b>/)
        expect(text.trim(), key).toBe(text)
        expect(text, key).not.toBe('')
        // With a count, a name may belong to one of its branches only.
        if (counts.length > 0) continue
        for (const name of names) expect(text, key).toContain(`‹${name}›`)
      }
    }
  })

  test.each(languages)('is worded in %s as the formatter does it, figures included', (language) => {
    const messages = catalogue[language]
    const intl = createIntl({ locale: localeOf[language], messages, timeZone: 'UTC' })
    const { t } = wordsIn(language)
    for (const key of keys) {
      const { names } = argumentsOf(messages[key])
      const values = Object.fromEntries(
        names.map((name, at) => [name, at === 0 ? 1_234 : `‹${name}›`]),
      )
      const b = (parts: readonly unknown[]) => parts.join('')
      const formatted = intl.formatMessage(
        { id: key },
        { ...(values as Record<string, string>), b },
      )
      expect((t as (key: MessageKey, values: object) => string)(key, values), key).toBe(formatted)
    }
  })

  test('keeps the emphasis of a message in both languages', () => {
    const tags = (text: string) => (text.match(/<b>/g) ?? []).length
    expect(keys.filter((key) => tags(catalogue.sv[key]) !== tags(catalogue.en[key]))).toEqual([])
  })

  test('is written with real quotation marks, dashes and ellipses', () => {
    const sloppy = languages.flatMap((language) =>
      keys.filter((key) => /"|'|\.\.\.| - /.test(catalogue[language][key])),
    )
    expect(sloppy).toEqual([])
  })
})

describe('every way of being refused', () => {
  test.each(languages)('has a sentence of its own in %s', (language) => {
    const words = wordsIn(language)
    const formats = formatsIn(words, 'Europe/Stockholm')
    const now = '2026-11-23T13:05:00.000Z'
    const fallback = 'the sentence of the gateway'
    const sentences = errorCodes.map((code) =>
      refusalSentence({ code, message: fallback, details: {} }, words, formats, now),
    )
    for (const [at, sentence] of sentences.entries()) {
      expect(sentence, errorCodes[at]).not.toContain(fallback)
      expect(sentence, errorCodes[at]).toMatch(/\.$/)
    }
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})
