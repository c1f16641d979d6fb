import { keySchema } from '../../../contract/primitives'
import type { Remark } from './report'
import type { RecordOf } from './resources'

/** Something the shop sells, before it has a number in Kontor. */
export interface Sellable {
  /** `product-combination`, 0 for none. */
  readonly key: string
  readonly product: RecordOf<'products'>
  readonly combination: RecordOf<'combinations'> | null
  readonly reference: string
}

/**
 * A number once given stays. Else the reference, where it is a proper key and no other article's,
 * upper and lower case alike; else one made from the shop's ids. The number of an article that is
 * gone passes to the one that now bears the reference: catalogues are imported anew that way.
 */
export function numberArticles(
  present: readonly Sellable[],
  known: Readonly<Record<string, string>>,
  prefix: string,
): { articleIds: Readonly<Record<string, string>>; notes: readonly Remark[] } {
  const notes: Remark[] = []
  const bearers = new Map<string, number>()
  for (const { reference } of present) {
    const name = reference.toLowerCase()
    bearers.set(name, (bearers.get(name) ?? 0) + 1)
  }
  const articleIds: Record<string, string> = {}
  const taken = new Set<string>()
  const give = (key: string, id: string) => {
    articleIds[key] = id
    taken.add(id.toLowerCase())
  }
  for (const { key } of present) {
    const id = known[key]
    if (id !== undefined) give(key, id)
  }
  for (const { key, reference, product } of present) {
    const about = { resource: 'products', id: String(product.id) }
    const id = articleIds[key]
    const made = `${prefix}-${key}`
    const isFree = bearers.get(reference.toLowerCase()) === 1 && !taken.has(reference.toLowerCase())
    if (id !== undefined) {
      if (id !== made && id !== reference) notes.push({ ...about, reason: 'reference_changed' })
    } else if (isFree && keySchema.safeParse(reference).success && !isMade(reference, prefix)) {
      give(key, reference)
    } else {
      give(key, made)
    }
    if (articleIds[key] === made && reference !== '') {
      // Once a product: its combinations mostly share one.
      const isSaid = notes.at(-1)?.id === about.id && notes.at(-1)?.reason === 'reference_shared'
      if (!isSaid) notes.push({ ...about, reason: 'reference_shared' })
    }
  }
  for (const [key, id] of Object.entries(known)) {
    if (!taken.has(id.toLowerCase())) articleIds[key] ??= id
  }
  return { articleIds, notes }
}

/** References that look like numbers of our own making are not taken for numbers. */
function isMade(reference: string, prefix: string): boolean {
  return reference.toLowerCase().startsWith(`${prefix}-`)
}
