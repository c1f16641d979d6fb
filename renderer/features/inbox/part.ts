import type { Requisition, RequisitionLine } from '../../../contract/entities'
import { figureOf, totalsAt } from '../../../domain/requisition/figures'
import { priceToOrder } from '../../../domain/requisition/line-price'
import { splitLines, wholeFor } from '../../../domain/requisition/split'
import type { Desk } from '../../desk'

/** Some lines of a requisition, marked to be decided on apart from the others. */
export interface ChosenPart {
  /** The requisition as it would be with those lines alone, by the gateway's own rules. */
  readonly value: Requisition
  readonly lineIds: readonly string[]
  /** How many lines would be the rest. */
  readonly rest: number
}

const made = new WeakMap<
  Requisition,
  { readonly marked: ReadonlySet<string>; readonly part: ChosenPart | null }
>()

/** What is marked of a requisition, where that is some of it and not all; the same object until it changes. */
export function chosenPart(
  { markedLines }: Pick<Desk, 'markedLines'>,
  requisition: Requisition | undefined,
): ChosenPart | null {
  if (!requisition) return null
  const marked = markedLines.of(requisition)
  const known = made.get(requisition)
  if (known?.marked === marked) return known.part
  const part = partOf(requisition, [...marked])
  made.set(requisition, { marked, part })
  return part
}

function partOf(requisition: Requisition, marked: readonly string[]): ChosenPart | null {
  const split = splitLines(requisition.lines, marked)
  if (!split.ok) return null
  const [totals, rest] = [totalsOf(requisition, split.stay), totalsOf(requisition, split.rest)]
  if (!totals || !rest) return null
  const { choices: _choices, reminder: _reminder, steps: taken, ...head } = requisition
  const whole = wholeFor(requisition, rest.net)
  // Nobody has approved of a part.
  const steps = taken && whole.demanded.map((step) => ({ ...step, approvals: [] }))
  // Rules give readonly values, schemas infer writable ones: the same thing, seen by another type.
  const kept = { whole, ...(steps && steps.length > 0 && { steps }) } as unknown
  return {
    lineIds: split.stay.map(({ id }) => id),
    rest: split.rest.length,
    value: {
      ...head,
      lines: [...split.stay],
      totals: { ...totals, vat: [...totals.vat] },
      ...(kept as Pick<Requisition, 'whole' | 'steps'>),
    },
  }
}

function totalsOf({ currency, totals }: Requisition, lines: readonly RequisitionLine[]) {
  return totalsAt(
    lines.map((line) => ({ ...line, price: figureOf(priceToOrder(line)) })),
    { currency, mode: totals.mode },
  )
}
