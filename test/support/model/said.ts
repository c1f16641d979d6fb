/**
 * What is in steps is for Erik or Karin first, and then for an approver; what is bought, for somebody at
 * the customer who may order.
 */
export type Size = 'small' | 'in steps' | 'large' | 'bought'

/** A document as one revision has it: a line of some size, and maybe one that always says the same. */
export interface Said {
  readonly size: Size
  readonly hasSecond: boolean
  /** Anna may propose, Olle may order. */
  readonly contact: Contact
  readonly reference: string | null
  /** The price the customer was shown, and the one set by hand: the list's, or a tenth below it. */
  readonly shown: Price | null
  readonly set: Price | null
}

export type Contact = 'anna' | 'olle'
export type Price = 'list' | 'cut'

/** What is ordered with it, at 10 kr apiece. */
export const piecesOf: Readonly<Record<Size, number>> = {
  small: 1,
  'in steps': 20,
  large: 50,
  bought: 80,
}

export function priceOf({ set, shown }: Said): Price {
  return set ?? shown ?? 'list'
}

/** The total without VAT. */
export function netOf(said: Said): number {
  const first = piecesOf[said.size] * (priceOf(said) === 'cut' ? 900 : 1_000)
  return said.hasSecond ? first + secondNet : first
}

/** The second line, of which there are always so many. */
export const secondPieces = 4
export const secondNet = secondPieces * 1_000

/** It with the first line alone: what stays of it when it is split. */
export function firstOf(said: Said): Said {
  return { ...said, hasSecond: false }
}

/** A document as the shop sends it in. */
export type Content = Size | 'orders itself'

/** The second line is in the first revision that the customer sends, and in none of theirs after it. */
export function saidIn(content: Content, revision: number): Said {
  const rest = { hasSecond: revision === 1, reference: null, shown: null, set: null }
  return content === 'orders itself'
    ? { ...rest, size: 'large', contact: 'olle' }
    : { ...rest, size: content, contact: 'anna' }
}

/** What one of ours changes: two that are not material, and three that may be. */
export type Change = 'comment' | 'reference' | Size | 'cut' | 'back'

export function changed(said: Said, change: Change): Said {
  switch (change) {
    case 'comment':
      return said
    case 'reference':
      return { ...said, reference: newReference }
    case 'cut':
      return { ...said, set: 'cut' }
    case 'back':
      return { ...said, set: null }
    default:
      return { ...said, size: change }
  }
}

export const newReference = 'Ahlberg 12'

/** A change as it travels. */
export function changesOf(change: Change) {
  if (change === 'comment') return {}
  if (change === 'reference') return { head: { yourReference: newReference } }
  const line = { kind: 'changed', id: '1' }
  if (change === 'back') return { lines: [{ ...line, set: null }] }
  if (change === 'cut') {
    return { lines: [{ ...line, set: { amount: 10_000_000, basis: 'net', rebate: 100_000 } }] }
  }
  return { lines: [{ ...line, quantity: piecesOf[change] * 1_000 }] }
}

/** What an approval is of: company, article and dates are always the same. */
export function isSameMaterial(one: Said, other: Said): boolean {
  return (
    one.size === other.size && one.hasSecond === other.hasSecond && priceOf(one) === priceOf(other)
  )
}

/** What the customer says of it: not what ours have set. */
export function isSameDocument(one: Said, other: Said): boolean {
  const words = ({ size, hasSecond, contact, reference, shown }: Said) => [
    size,
    hasSecond,
    contact,
    reference,
    shown,
  ]
  return words(one).join() === words(other).join()
}
