/** How a product family is written down: one entry of data stands for every article its axes give. */

/** One value an axis can take: its part of the article number, its wording, what it does to the cost. */
export interface AxisValue {
  readonly code: string
  readonly sv: string
  readonly en: string
  readonly cost: number
  readonly weight: number
}

export interface ArticleFamily {
  readonly prefix: string
  /** Names with the axes in braces: `Rörböj {d} mm, {yta}`. */
  readonly sv: string
  readonly en: string
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  /** The unit, after the pack it is sold in where there is one: `st`, `25 st`, `0.5 kg`. */
  readonly sold: string
  /** Least quantity, in whole units; the pack otherwise. */
  readonly minimum?: number
  /** Decimals a quantity may have. */
  readonly precision?: 0 | 1 | 2
  /** Kronor a unit for the first value of every axis. */
  readonly cost: number
  /** Per cent of the list price; the group's otherwise. */
  readonly margin?: number
  /** Weight of a unit for the first value of every axis. */
  readonly grams: number
}

/** Families under the key of the article group they belong to. */
export type FamiliesByGroup = Readonly<Record<string, readonly ArticleFamily[]>>

/**
 * An axis of sizes, from a list parted by spaces: `15 22 1,5`. The number's digits are the code unless
 * one is given, `015=15`; an underscore stands for a space. `growth` is the cost of the last against
 * the first, in between by value where every size is a number and by place where not.
 */
export function sizes(list: string, growth: number): AxisValue[] {
  const entries = list.split(' ').map((token) => {
    const [code, label] = token.includes('=') ? token.split('=') : [undefined, token]
    const sv = (label ?? '').replaceAll('_', ' ')
    return { code: code ?? sv.replace(/[^0-9A-Z]/g, ''), sv, value: Number(sv.replace(',', '.')) }
  })
  const numeric = entries.every((entry) => Number.isFinite(entry.value))
  const first = numeric ? (entries[0]?.value ?? 0) : 0
  const last = numeric ? (entries.at(-1)?.value ?? 0) : entries.length - 1
  return entries.map(({ code, sv, value }, index) => {
    const place = last === first ? 0 : ((numeric ? value : index) - first) / (last - first)
    const factor = 1 + (growth - 1) * place
    return { code, sv, en: inEnglish(sv), cost: factor, weight: factor }
  })
}

/** An axis of kinds: code, Swedish, English, and what it does to the cost. */
export function kinds(...rows: (readonly [string, string, string, number])[]): AxisValue[] {
  return rows.map(([code, sv, en, cost]) => ({ code, sv, en, cost, weight: 1 }))
}

function inEnglish(label: string): string {
  return label.replace(/(\d),(\d)/g, '$1.$2')
}
