import type { Language } from './catalogue'

/**
 * Units of quantity as the seller's data has them, in the reader's language. Only for the eye: what
 * is sent and kept is always the seller's own word. One that is not known here is shown as it is.
 */
const english: Readonly<Record<string, string>> = {
  st: 'pcs',
  förp: 'pack',
  frp: 'pack',
  par: 'pair',
  rulle: 'roll',
  burk: 'can',
  säck: 'bag',
  sats: 'set',
  ask: 'box',
  flaska: 'bottle',
  tub: 'tube',
  pall: 'pallet',
}

export function unitWord(unit: string, language: Language): string {
  if (language !== 'en') return unit
  const key = unit.toLowerCase()
  return Object.hasOwn(english, key) ? (english[key] ?? unit) : unit
}
