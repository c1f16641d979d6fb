import type { Warehouse, WorkCalendar } from '../article'
import { compareDates } from '../calendar'
import type { CalendarDate, Milli } from '../units'
import { availabilityOf } from './availability'
import { isOpenTo } from './openness'
import type { Availability, Commitment, StockPosition } from './position'
import { availableToPromise, project } from './projection'

/** One warehouse a line could come from. */
export interface PlacementOption {
  readonly warehouseId: string
  readonly position: StockPosition
  readonly commitments: readonly Commitment[]
}

export interface PlacementContext {
  /** The warehouse asked for, if any; one that is not among the options is as none. */
  readonly wantedWarehouseId: string | null
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  /** The parts of a split are multiples of this: see `quantityStep`. */
  readonly step: Milli
}

export interface PlacementAnswer {
  readonly warehouseId: string
  readonly availability: Availability
}

export interface SplitPart {
  readonly warehouseId: string
  readonly quantity: Milli
}

export interface LinePlacement {
  readonly warehouseId: string
  readonly availability: Availability
  readonly reason:
    'wanted' | 'delivers_now' | 'earliest_promise' | 'shortest_lead_time' | 'nothing_better'
  /** Every option, in the order of priority they came in, the chosen one included. */
  readonly answers: readonly PlacementAnswer[]
  /**
   * What the warehouses can deliver now between them, offered when no single one fills the line and
   * at least two have something to give. `missing` is 0 when together they fill it.
   */
  readonly split: { readonly parts: readonly SplitPart[]; readonly missing: Milli } | null
}

/** The warehouses open to a customer group, in the order in which a line is placed. */
export function openedWarehouses(
  warehouses: readonly Warehouse[],
  groupId: string | null,
): readonly Warehouse[] {
  return inOrder(warehouses.filter((warehouse) => isOpenTo(warehouse, groupId)))
}

/** The warehouses open to anybody at all, in the order in which a line is placed. */
export function openToAnybody(warehouses: readonly Warehouse[]): readonly Warehouse[] {
  return inOrder(warehouses.filter(({ openToWebshop }) => openToWebshop))
}

function inOrder(warehouses: readonly Warehouse[]): readonly Warehouse[] {
  return [...warehouses].sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
}

/**
 * Where a line should come from. The wanted warehouse if it delivers now; else the first in order
 * that does; else the one with the earliest promise; else the one with the shortest lead time; else
 * there is nothing to choose by. Among equals the wanted one comes first, then the order given.
 *
 * `options` are the opened warehouses by priority; null when there are none.
 */
export function placeLine(
  quantity: Milli,
  options: readonly PlacementOption[],
  context: PlacementContext,
): LinePlacement | null {
  const { wantedWarehouseId, today, calendar } = context
  const answers = options.map(({ warehouseId, position, commitments }) => ({
    warehouseId,
    availability: availabilityOf({ position, commitments, today, calendar }, quantity),
  }))
  const isWanted = (answer: { readonly warehouseId: string }) =>
    answer.warehouseId === wantedWarehouseId
  // Sorting is stable: the wanted one is moved to the front, the rest keep their order.
  const wantedFirst = <T extends { readonly warehouseId: string }>(list: readonly T[]) =>
    [...list].sort((a, b) => Number(isWanted(b)) - Number(isWanted(a)))
  const [best] = wantedFirst(answers).sort((a, b) => compareAnswers(a.availability, b.availability))
  if (!best) return null
  return {
    ...best,
    reason: reasonFor(best.availability, isWanted(best)),
    answers,
    split:
      best.availability.kind === 'deliverable'
        ? null
        : splitNow(quantity, wantedFirst(options), context),
  }
}

/** Negative when `a` is the better answer: by its kind first, then by its date. */
function compareAnswers(a: Availability, b: Availability): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareDates(dateOf(a), dateOf(b))
}

/** Best first. */
const kinds: readonly Availability['kind'][] = [
  'deliverable',
  'promised',
  'lead_time',
  'out_of_stock',
]

function dateOf(availability: Availability): CalendarDate {
  return 'date' in availability ? availability.date : ''
}

function reasonFor({ kind }: Availability, wanted: boolean): LinePlacement['reason'] {
  switch (kind) {
    case 'deliverable':
      return wanted ? 'wanted' : 'delivers_now'
    case 'promised':
      return 'earliest_promise'
    case 'lead_time':
      return 'shortest_lead_time'
    case 'out_of_stock':
      return 'nothing_better'
  }
}

/** Takes what each can deliver now, in order, until the line is filled. */
function splitNow(
  quantity: Milli,
  options: readonly PlacementOption[],
  { today, step }: PlacementContext,
): LinePlacement['split'] {
  const parts: SplitPart[] = []
  let missing = quantity
  for (const { warehouseId, position, commitments } of options) {
    const [now] = project({ position, commitments, today }).days
    const available = availableToPromise(now, position.safetyStock)
    const part = Math.min(missing, Math.floor(available / step) * step)
    if (part <= 0) continue
    parts.push({ warehouseId, quantity: part })
    missing -= part
  }
  return parts.length < 2 ? null : { parts, missing }
}
