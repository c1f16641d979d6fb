import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { QueryResult } from '../../contract/queries'
import { refusal } from '../../contract/errors'
import { seesCompany, seesCost, type Viewer } from '../../domain/access/rights'
import { deliveryFrom } from '../../domain/availability/delivery'
import type { LinePlacement } from '../../domain/availability/place-line'
import type { DocumentMargin } from '../../domain/money/margin'
import type { PriceResolution } from '../../domain/pricing/rules'
import type { SeenFigures } from '../../domain/requisition/figures'
import {
  revalidate,
  type LineRevalidation,
  type ProposedLine,
} from '../../domain/requisition/revalidate'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Database } from '../database/schema'
import { ask, question, together } from '../database/together'
import { requisitionWithCompany, type LockedRequisition } from '../requisitions/aggregate'
import {
  figureGrounds,
  figuresNow,
  type FigureGrounds,
  type FiguresNow,
} from '../requisitions/figures-now'
import { sellerNow } from '../seller/load'
import { heldToTell } from '../stock/holds'
import { writable } from '../writable'
import type { Answerer } from './answerer'

type Result = QueryResult<'requisition.revalidate'>

/** A requisition that waits for a decision, as proposed against now, at one moment. */
export const revalidateRequisition: Answerer<'requisition.revalidate'> = async (
  context,
  who,
  { id },
) => {
  const now = context.now()
  return context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const found = await ask(tx, requisitionWithCompany(id))
      if (!found || !seesCompany(who.viewer, found.value.companyId)) {
        const message = 'There is no such requisition, or you may not see it.'
        return { ok: false, error: refusal('not_found', message, { id }) }
      }
      const { value, version } = found
      if (!awaitsDecision(value.state)) {
        const message = `It is ${value.state}: there is nothing to decide.`
        return { ok: false, error: refusal('wrong_state', message, { state: value.state }) }
      }
      const [seller, grounds, revision] = await ask(
        tx,
        together(sellerNow(tx), figureGrounds(tx, found, now), proposedOf(tx, value)),
      )
      const figures = figuresNow(found, grounds, seller, now, value.choices ?? {})
      return {
        ok: true,
        value: {
          version,
          revision: value.revision,
          at: now.toISOString(),
          ...told(found, figures, grounds, revision, who.viewer),
        },
      }
    })
}

function proposedOf(db: Kysely<Database>, { id, revision }: LockedRequisition['value']) {
  const kept = db
    .selectFrom('requisition_revision')
    .select('proposed')
    .where('requisition_id', '=', id)
    .where('revision', '=', revision)
  return question(kept, ([row]) => new Map(Object.entries(row?.proposed ?? {})))
}

function told(
  { value, company }: LockedRequisition,
  figures: FiguresNow,
  { articles, exposure, holds }: FigureGrounds,
  proposed: ReadonlyMap<string, ProposedLine>,
  viewer: Viewer,
): Omit<Result, 'version' | 'revision' | 'at'> {
  const revalidation = revalidate(
    value.lines.map((line, at) => ({
      line,
      resolved: figures.resolved.get(line.id) ?? line.resolved,
      delivery: figures.lines[at]?.delivery ?? null,
      cost: articles.get(line.articleId)?.cost ?? null,
    })),
    proposed,
    { currency: value.currency, mode: value.totals.mode },
  )
  const { kept, refreshed, margin } = revalidation
  const isCostSeen = seesCost(viewer)
  return {
    seen: writable(statementOf(figures)),
    lines: value.lines.map((line, at) => {
      const found = revalidation.lines[at]
      const resolved = figures.resolved.get(line.id)
      const before = proposed.get(line.id)
      const held = heldToTell(line.articleId, holds.others, viewer)
      return {
        id: line.id,
        ...(resolved && !isAlike(resolved, line.resolved) && { resolved: writable(resolved) }),
        delivery: figures.lines[at]?.delivery ?? null,
        proposed: before ? { delivery: before.delivery, deliverable: before.deliverable } : null,
        warehouses: warehousesOf(figures.placements.get(line.id)?.placement ?? null),
        ...(held.length > 0 && { held: [...held] }),
        changed: {
          price: found?.isPriceOther ?? false,
          delivery: found?.delivery ?? null,
          ...(isCostSeen && { margin: found?.margin.hasFallen ?? false }),
        },
        ...(isCostSeen && found && { margin: marginOf(found.margin) }),
      }
    }),
    company: {
      status: company.status,
      statusReason: company.statusReason,
      creditLimit: company.creditLimit,
      exposure,
    },
    totals: { kept: writable(kept), refreshed: writable(refreshed) },
    ...(isCostSeen && {
      margin: { kept: known(margin.kept), refreshed: known(margin.refreshed) },
    }),
  }
}

/** Everything that is told here, as what an approver has seen. */
function statementOf({ document, lines }: FiguresNow): SeenFigures {
  return {
    ...document,
    lines: Object.fromEntries(
      lines.map(({ id, price, resolved, delivery }) => [id, { price, resolved, delivery }]),
    ),
  }
}

/** The same price for the same reasons; when a synced one was last read is none of them. */
function isAlike(a: PriceResolution, b: PriceResolution): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'priced' && b.kind === 'priced') {
    if (a.unitPrice.amount !== b.unitPrice.amount || a.rebate !== b.rebate) return false
  }
  // Copies without it are dear: they are made only where something is other.
  return isDeepStrictEqual(a, b) || isDeepStrictEqual(withoutReading(a), withoutReading(b))
}

function withoutReading(resolution: PriceResolution): unknown {
  return JSON.parse(
    JSON.stringify(resolution, (key, value: unknown) => (key === 'observedAt' ? null : value)),
  )
}

function warehousesOf(placement: LinePlacement | null) {
  return (placement?.answers ?? []).map(({ warehouseId, availability }) => ({
    delivery: deliveryFrom(warehouseId, availability),
    deliverable:
      availability.kind === 'deliverable' ? availability.quantity : availability.deliverableNow,
  }))
}

function marginOf({ proposed, kept, refreshed }: LineRevalidation['margin']) {
  return { proposed, kept, refreshed }
}

/** Of a part of the rows a margin tells nothing. */
function known(margin: DocumentMargin | null): number | null {
  return margin?.kind === 'known' ? margin.margin : null
}
