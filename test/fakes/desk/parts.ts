import type { Requisition } from '../../../contract/entities'
import type { Change } from '../../../contract/feed'
import { splitLines, wholeFor } from '../../../domain/requisition/split'
import { change, requisition, uuid } from './entities'

/** A requisition as it stands when only some of its lines stay in it, and the rest, as the gateway tells them. */
export function inTwo(
  whole: Requisition,
  staying: readonly string[],
): readonly [stay: Requisition, rest: Requisition] {
  const split = splitLines(whole.lines, staying)
  if (!split.ok) throw new Error(JSON.stringify(split.problems))
  const { totals: _totals, ...head } = whole
  const of = (lines: typeof split.stay) => requisition({ ...head, lines: [...lines] })
  const [one, other] = [of(split.stay), of(split.rest)]
  const kept = (net: number) => {
    const { others } = wholeFor({ steps: [] }, net)
    return { others, demanded: [] }
  }
  const id = uuid(900)
  return [
    {
      ...one,
      revision: whole.revision + 1,
      rest: [{ id, number: 'K-20900' }],
      whole: kept(other.totals.net),
    },
    {
      ...other,
      id,
      number: 'K-20900',
      shop: { id: 'shop', documentId: id },
      restOf: { id: whole.id, number: whole.number, documentId: whole.shop.documentId },
      whole: kept(one.totals.net),
    },
  ]
}

/** What a console is told of it. */
export function splitTold(
  [stay, rest]: ReturnType<typeof inTwo>,
  became: Partial<Requisition> = {},
): readonly Change[] {
  return [
    change('requisition', stay.id, { ...stay, ...became }, 3),
    change('requisition', rest.id, rest),
  ]
}
