import type { Requisition, RequisitionLine } from '../../../contract/entities'
import { deliveryChange, deliveryFrom, type Delivery } from '../../../domain/availability/delivery'
import type { DocumentTotals } from '../../../domain/money/totals'
import type { PriceResolution } from '../../../domain/pricing/rules'
import {
  lineFigures,
  overCredit,
  totalsAt,
  type DocumentFigures,
  type FigureChanges,
  type LineChange,
  type LineFigures,
  type SeenFigures,
} from '../../../domain/requisition/figures'
import { isOtherPrice, priceToOrder, quoted } from '../../../domain/requisition/line-price'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'
import { placeArticle } from '../../state/line-placement'
import { revalidationOf, type Revalidated } from '../../state/revalidation'
import { pendingOf } from '../../state/sends'
import type { Choices } from '../../state/warehouse-choices'
import { availabilityContextOf, buyerGroupOf } from './availability-context'

/** A line as it is shown: what it is decided on, and how that differs from what was proposed. */
export interface ShownLine {
  readonly figures: LineFigures
  /** The company's own price now, as far as the gateway has told; else as it came in. */
  readonly resolved: PriceResolution
  readonly isRefreshed: boolean
  /** The price it came in with is not today's. */
  readonly isPriceOther: boolean
  readonly delivery: 'later' | 'sooner' | null
  /** What was promised when it came in. */
  readonly proposed: Delivery | null
  /** At the price it came in with, where costs have brought it down since; null where they have not. */
  readonly margin: { readonly proposed: number; readonly kept: number } | null
  /** What of its article is held for others, as far as the gateway has told. */
  readonly held: NonNullable<Revalidated['lines'][number]['held']>
}

export interface ShownFigures {
  readonly lines: ReadonlyMap<string, ShownLine>
  readonly document: DocumentFigures
  /** At the prices it will be ordered at. */
  readonly totals: DocumentTotals
}

interface Made {
  readonly of: readonly unknown[]
  readonly text: string
  readonly shown: ShownFigures
}
const made = new WeakMap<Requisition, Made>()

/** The figures of a requisition as this console shows them; the same object until one is another. */
export function figuresShown(desk: Desk, requisition: Requisition): ShownFigures {
  const { answer, id } = revalidationOf(desk).getState()
  const told = id === requisition.id && answer?.revision === requisition.revision ? answer : null
  const { warehouseChoices, replica } = desk
  const of = [
    replica.store.getState().revision,
    warehouseChoices.of(requisition),
    warehouseChoices.refreshed(requisition),
    told,
    availabilityContextOf(desk, buyerGroupOf(desk, requisition)),
  ]
  const known = made.get(requisition)
  if (known?.of.every((part, at) => part === of[at])) return known.shown
  const counted = count(desk, requisition, told)
  const text = JSON.stringify([[...counted.lines.values()], counted.document])
  const shown = text === known?.text ? known.shown : counted
  made.set(requisition, { of, text, shown })
  return shown
}

function count(desk: Desk, requisition: Requisition, told: Revalidated | null): ShownFigures {
  const { lines, currency, totals: kept } = requisition
  const refreshed = new Set(desk.warehouseChoices.refreshed(requisition))
  const now = new Map(told?.lines.map((line) => [line.id, line]))
  // The same for every line: asked for once, however many there are.
  const choices = desk.warehouseChoices.of(requisition)
  const context = availabilityContextOf(desk, buyerGroupOf(desk, requisition))
  const shown = lines.map((line) => {
    const known = now.get(line.id)
    const resolved = known?.resolved ?? line.resolved
    const delivery = deliveryOf(line, lines, choices, desk.stock, context)
    const isRefreshed = refreshed.has(line.id)
    const proposed = known?.proposed ?? null
    return {
      line,
      figures: lineFigures(line, resolved, { isRefreshed, delivery }),
      resolved,
      isRefreshed,
      isPriceOther: isOtherPrice(priceToOrder(line), quoted(resolved), line),
      delivery: proposed && deliveryChange(proposed.delivery, delivery),
      proposed: proposed?.delivery ?? null,
      margin: known ? fallenMargin(known) : null,
      held: known?.held ?? [],
    }
  })
  const totals =
    refreshed.size === 0
      ? kept
      : (totalsAt(
          shown.map(({ line, figures }) => ({ ...line, price: figures.price })),
          { currency, mode: kept.mode },
        ) ?? kept)
  const company = desk.replica.get('company', requisition.companyId)
  return {
    lines: new Map(shown.map(({ line, ...rest }) => [line.id, rest])),
    totals,
    document: {
      net: totals.net,
      overCredit: company
        ? overCredit(company.creditLimit, desk.exposure.of(company), totals.gross)
        : 0,
      status: company?.status ?? 'active',
    },
  }
}

function fallenMargin({ changed, margin }: Revalidated['lines'][number]): ShownLine['margin'] {
  if (changed.margin !== true || !margin || margin.proposed === null || margin.kept === null) {
    return null
  }
  return { proposed: margin.proposed, kept: margin.kept }
}

function deliveryOf(
  { id, articleId }: RequisitionLine,
  lines: readonly RequisitionLine[],
  choices: Choices,
  stock: Desk['stock'],
  context: AvailabilityContext,
): Delivery | null {
  const placed = placeArticle(articleId, lines, choices, stock.of(articleId), context).get(id)
  const answer = placed?.answers.find(({ warehouse }) => warehouse.id === placed.warehouseId)
  return answer?.answer ? deliveryFrom(answer.warehouse.id, answer.answer) : null
}

/** What the gateway said had changed when it last refused to approve; null when it did not. */
export function changesTold(
  { sends, console }: Pick<Desk, 'sends' | 'console'>,
  requisitionId: string,
): FigureChanges | null {
  const { outbox } = console.getState()
  for (const { phase } of pendingOf(sends.getState().byId, outbox, requisitionId)) {
    if (phase.kind !== 'refused' || phase.error.code !== 'figures_changed') continue
    const { document, lines } = phase.error.details
    // As the gateway of this protocol writes it.
    if (Array.isArray(document) && Array.isArray(lines)) {
      return { document, lines } as unknown as FigureChanges
    }
  }
  return null
}

/**
 * What whoever approves now has before them: the figures as shown, and where the gateway has told of
 * newer ones that have not come here otherwise, those, since they stand beside them.
 */
export function figuresSeen(desk: Desk, requisition: Requisition): SeenFigures {
  const { lines, document } = figuresShown(desk, requisition)
  const told = changesTold(desk, requisition.id)
  const toldOf = new Map(told?.lines.map(({ id, changes }) => [id, changes]))
  return {
    ...caughtUp(document, told?.document ?? []),
    lines: Object.fromEntries(
      [...lines].map(([id, { figures }]) => {
        const { price, resolved, delivery } = caughtUp(figures, toldOf.get(id) ?? [])
        const isSame = JSON.stringify(price) === JSON.stringify(resolved)
        return [id, { price, delivery, ...(!isSame && { resolved }) }]
      }),
    ),
  }
}

/** Figures that are still as they were when the gateway told of newer ones are taken to be those. */
function caughtUp<T extends LineFigures | DocumentFigures>(
  shown: T,
  changes: readonly { readonly what: string; readonly seen: unknown; readonly now: unknown }[],
): T {
  const isStill = ({ what, seen }: (typeof changes)[number]) =>
    JSON.stringify(shown[what as keyof T]) === JSON.stringify(seen)
  return {
    ...shown,
    ...Object.fromEntries(changes.filter(isStill).map(({ what, now }) => [what, now])),
  }
}

/** Of one line, what the gateway said had changed. */
export function lineChangesTold(
  changes: FigureChanges | null,
  lineId: string,
): readonly LineChange[] {
  return changes?.lines.find(({ id }) => id === lineId)?.changes ?? []
}

/** A line that is worth a look: other than proposed, or other than when approving was tried. */
export function isChanged(line: ShownLine, told: readonly LineChange[]): boolean {
  const { isPriceOther, delivery, margin } = line
  return isPriceOther || delivery !== null || margin !== null || told.length > 0
}
