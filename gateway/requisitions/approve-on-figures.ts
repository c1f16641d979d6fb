import { isDeepStrictEqual } from 'node:util'
import type { CommandPayload } from '../../contract/commands'
import type { Requisition, Seller } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import type { Viewer } from '../../domain/access/rights'
import { deliveryOf, type Delivery } from '../../domain/availability/delivery'
import type { DocumentTotals } from '../../domain/money/totals'
import type { PriceResolution } from '../../domain/pricing/rules'
import { evaluate, type DemandedStep } from '../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../domain/approval/facts'
import { repricedFacts } from '../../domain/approval/facts-of'
import type { ApprovalPolicy } from '../../domain/approval/policy'
import {
  figureChanges,
  figureOf,
  hasChanges,
  heldBack,
  type FigureChanges,
  type PriceFigure,
} from '../../domain/requisition/figures'
import { isOverOwnLimit } from '../../domain/requisition/decision-reasons'
import { priceToOrder, quoted } from '../../domain/requisition/line-price'
import { policyInForce } from '../approval/policy'
import { answered, ask, question, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerForOrder, sellerNow } from '../seller/load'
import { heldToTell } from '../stock/holds'
import { stockHeld } from '../stock/load'
import type { LockedRequisition } from './aggregate'
import { figureGrounds, figuresNow, type FigureGrounds, type FiguresNow } from './figures-now'
import { partiesNow, usedInPeriod, type IntakeParties } from './intake-facts'
import { placeAll, type OrderParts, type Said } from './place-order'

type Approval = CommandPayload<'requisition.approve'>

/** What has been chosen of a requisition's lines, at earlier steps and now; the last word counts. */
export function choicesAfter(
  { choices, lines }: Pick<Requisition, 'choices' | 'lines'>,
  { warehouses, refresh }: Pick<Approval, 'warehouses' | 'refresh'>,
): NonNullable<Requisition['choices']> {
  const known = new Set(lines.map(({ id }) => id))
  return {
    // Spreading would lose a line called `__proto__`.
    warehouses: Object.fromEntries([
      ...Object.entries(choices?.warehouses ?? {}),
      ...Object.entries(warehouses),
    ]),
    refresh: [...new Set(refresh ?? choices?.refresh)].filter((id) => known.has(id)).sort(),
  }
}

/** The prices of now, by line id, that some lines are ordered at. */
export function pricesOf(
  refreshed: ReadonlyMap<string, PriceResolution>,
): Record<string, PriceFigure | null> {
  return Object.fromEntries(
    [...refreshed].map(([id, resolution]) => [id, figureOf(quoted(resolution))]),
  )
}

/** Whether those who approved before had agreed to other prices than these. */
export function isAgreedOtherwise(
  { choices }: Pick<Requisition, 'choices'>,
  refreshed: ReadonlyMap<string, PriceResolution>,
): boolean {
  const agreed = choices?.prices
  if (agreed === undefined) return false
  const now = pricesOf(refreshed)
  return [...refreshed.keys()].some(
    (id) => !Object.hasOwn(agreed, id) || !isDeepStrictEqual(agreed[id], now[id]),
  )
}

/** Whether other lines are ordered at the price of now than whoever approved before had agreed to. */
export function isRepriced(
  { choices }: Pick<Requisition, 'choices'>,
  { refresh }: NonNullable<Requisition['choices']>,
): boolean {
  return JSON.stringify(choices?.refresh ?? []) !== JSON.stringify(refresh)
}

export type FiguresAgreed =
  | {
      readonly ok: true
      readonly order: Omit<OrderParts, 'number'>
      /** Null for a step that leaves others open. */
      readonly number: string | null
      /** What the rules in force demand at prices of now; null where all are ordered at those they came in with. */
      readonly demanded: readonly DemandedStep[] | null
    }
  | { readonly ok: false; readonly error: Refusal }

/**
 * Count the figures anew in the approving transaction, the stock held by it where an order is made,
 * and compare them with those the approver had before them. What is no worse is as it was seen.
 */
export async function agreeOnFigures(
  tx: Transaction,
  locked: LockedRequisition,
  approval: Approval,
  now: Date,
  { isLast, viewer }: { readonly isLast: boolean; readonly viewer: Viewer },
): Promise<FiguresAgreed> {
  const { value, company } = locked
  const { seen } = approval
  const choices = choicesAfter(value, approval)
  const isRefreshed = choices.refresh.length > 0
  const articleIds = value.lines.map(({ articleId }) => articleId)
  const [, { seller, orderNumber }, grounds, judging] = await ask(
    tx,
    together(
      isLast ? stockHeld(articleIds, { afterCompany: company.id }) : answered(null),
      isLast ? sellerForOrder(tx) : sellerOnly(tx),
      figureGrounds(tx, locked, now),
      isRefreshed ? judgingOf(tx, value) : answered(null),
    ),
  )
  const impossible = impossibleWarehouse(approval.warehouses, grounds, value)
  if (impossible) return { ok: false, error: impossible }
  const figures = figuresNow(locked, grounds, seller, now, { ...choices, seen: seen.lines })
  const unpriced = figures.lines.filter(({ price }) => price === null)
  if (unpriced.length > 0 || !figures.totals) return { ok: false, error: priceMissing(unpriced) }
  const compared = figureChanges(seen, {
    ...figures,
    currency: value.currency,
    creditLimit: company.creditLimit,
  })
  const free = freeOfHolds(value, grounds, seller, now, { ...choices, seen: seen.lines })
  const changes = free
    ? withLines(compared, heldBack(seen, figures.lines, free), value.lines)
    : compared
  if (hasChanges(changes)) {
    return { ok: false, error: figuresChanged(changes, locked, grounds, viewer) }
  }
  const refreshed = refreshedOf(choices.refresh, figures.resolved)
  const demanded =
    judging && (await demandedAt(tx, judging, locked, seller, grounds, figures, refreshed))
  return {
    ok: true,
    number: orderNumber,
    demanded,
    order: {
      today: figures.today,
      calendar: figures.calendar,
      placements: figures.placements,
      refreshed,
      totals: figures.totals satisfies DocumentTotals,
      held: grounds.holds.own,
    },
  }
}

/** What each line would be promised if nothing were held for others; null where nothing is. */
function freeOfHolds(
  { lines }: Requisition,
  { stock, holds: { own, others } }: FigureGrounds,
  seller: Pick<Seller, 'timeZone' | 'holidays'>,
  now: Date,
  said: Omit<Said, 'holds'>,
): ReadonlyMap<string, Delivery | null> | null {
  if (others.length === 0) return null
  const free = placeAll(lines, stock, seller, now, { ...said, holds: { own, others: [] } })
  return new Map(lines.map(({ id }) => [id, deliveryOf(free.placements.get(id))]))
}

/** Changes with more of them, told in the order of the document. */
function withLines(
  { document, lines }: FigureChanges,
  more: FigureChanges['lines'],
  order: Requisition['lines'],
): FigureChanges {
  const all = [...lines, ...more]
  return {
    document,
    lines: order.flatMap(({ id }) => {
      const changes = all.filter((line) => line.id === id).flatMap((line) => line.changes)
      return changes.length === 0 ? [] : [{ id, changes }]
    }),
  }
}

interface Judging {
  readonly policy: ApprovalPolicy
  /** Whoever sent it, with the limits of now. */
  readonly sender: IntakeParties | null
  /** As they were when the revision was judged; null of those that came in before there were any. */
  readonly facts: ApprovalFacts | null
}

function judgingOf(tx: Transaction, { id, revision, contactId }: Requisition): Question<Judging> {
  const facts = tx
    .selectFrom('requisition_revision')
    .select('facts')
    .where('requisition_id', '=', id)
    .where('revision', '=', revision)
  const all = together(
    policyInForce(tx),
    question(facts, ([row]) => row?.facts ?? null),
    partiesNow(contactId),
  )
  return {
    ...all,
    read(answers) {
      const [policy, found, sender] = all.read(answers)
      return { policy, facts: found, sender }
    },
  }
}

/**
 * What rules demand when lines are ordered at prices of now. Null where it is not known what they looked
 * at. The company is held already, so that its people's limits are counted by one document at a time.
 */
async function demandedAt(
  tx: Transaction,
  { policy, facts, sender }: Judging,
  { value: { lines, companyId } }: LockedRequisition,
  { timeZone }: Pick<Seller, 'timeZone'>,
  { articles }: FigureGrounds,
  { totals, today, document: { overCredit } }: FiguresNow,
  refreshed: ReadonlyMap<string, PriceResolution>,
): Promise<readonly DemandedStep[] | null> {
  if (facts === null || totals === null) return null
  const { net, gross } = totals
  const repriced = lines.map((line) => {
    const now = refreshed.get(line.id)
    const { quantity, vatRate } = line
    return {
      quantity,
      vatRate,
      resolved: now ?? line.resolved,
      price: priceToOrder(line, now ?? null),
      cost: articles.get(line.articleId)?.cost ?? null,
    }
  })
  // Of who has left the company, the limits that count are those they had when it was judged.
  const { kind } = facts
  const overOwnLimit =
    kind === 'quote' || sender?.company.id !== companyId
      ? facts.overOwnLimit
      : isOverOwnLimit({
          ...sender,
          kind,
          totals,
          usedInPeriod: await ask(tx, usedInPeriod(tx, sender, today, timeZone)),
        })
  return evaluate(policy, repricedFacts(facts, repriced, { net, gross, overCredit, overOwnLimit }))
}

function sellerOnly(tx: Transaction) {
  const asked = sellerNow(tx)
  return {
    ...asked,
    read: (answers: Parameters<typeof asked.read>[0]) => ({
      seller: asked.read(answers),
      orderNumber: null,
    }),
  }
}

function refreshedOf(
  ids: readonly string[],
  resolved: ReadonlyMap<string, PriceResolution>,
): ReadonlyMap<string, PriceResolution> {
  return new Map([...resolved].filter(([id]) => ids.includes(id)))
}

function priceMissing(lines: readonly { readonly id: string }[]): Refusal {
  return refusal(
    'price_missing',
    'Some lines have no price, so there is nothing to order them at.',
    { lineIds: lines.slice(0, 100).map(({ id }) => id) },
  )
}

/** Of a line that leaves otherwise than was seen it is told what is held of its article, for whom and until when. */
function figuresChanged(
  { document, lines }: FigureChanges,
  { value, version: currentVersion }: LockedRequisition,
  { holds: { others } }: FigureGrounds,
  viewer: Viewer,
): Refusal {
  const articles = new Map(value.lines.map(({ id, articleId }) => [id, articleId]))
  const told = lines.map((line) => {
    const isMoved = line.changes.some(({ what }) => what === 'delivery')
    const held = isMoved ? heldToTell(articles.get(line.id) ?? '', others, viewer) : []
    return held.length === 0 ? line : { ...line, held }
  })
  return refusal(
    'figures_changed',
    'Figures have changed since you saw them. Look at the differences, then approve again.',
    { document, lines: told, currentVersion },
  )
}

function impossibleWarehouse(
  chosen: Approval['warehouses'],
  { stock }: FigureGrounds,
  { lines }: Requisition,
): Refusal | null {
  const articles = new Map(lines.map(({ id, articleId }) => [id, articleId]))
  for (const [lineId, warehouseId] of Object.entries(chosen)) {
    const options = stock.get(articles.get(lineId) ?? '') ?? []
    if (!options.some((option) => option.warehouseId === warehouseId)) {
      return refusal('invalid', 'A line was given a warehouse that it cannot come from.', {
        issues: [
          {
            pointer: `/payload/warehouses/${lineId}`,
            message: 'no such line, or not opened for it',
          },
        ],
      })
    }
  }
  return null
}
