import { sql } from 'kysely'
import { refusal, type Refusal } from '../../contract/errors'
import type { Quote } from '../../contract/quotes'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import { MOST_QUOTE_LINES } from '../../domain/quote/draft'
import { isOpen } from '../../domain/requisition/states'
import { record } from '../audit/record'
import { ask } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import {
  requisitionWhereLocked,
  saveProgress,
  type LockedRequisition,
} from '../requisitions/aggregate'
import type { DatabaseTime } from '../seller/today'
import { requisitionReturned } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import type { Handling } from './context'
import { notFound, tooManyLines } from './quote-refusals'
import type { QuoteCommand } from './quote-writing'

/** What a quote answers, locked before the quote, as everywhere; null where it answers nothing. */
export function answeredLocked({
  tx,
  aggregateId,
}: Handling<QuoteCommand>): Promise<LockedRequisition | null> {
  const id = uuidOrNil(aggregateId)
  return ask(
    tx,
    requisitionWhereLocked(sql`r.id = (select requisition_id from quote where id = ${id})`),
  )
}

/** Why an answer to what came in cannot be begun, or null. */
export async function whyNotAnswered(
  handling: Handling<'quote.create'>,
  found: LockedRequisition | null,
  asked: { readonly requisitionId: string; readonly revision: number },
): Promise<Refusal | null> {
  const { who } = handling
  if (!found || !seesCompany(who.viewer, found.value.companyId))
    return notFound(asked.requisitionId)
  const { value, version } = found
  if (!decidesFor(who.viewer, value.companyId)) {
    return refusal('forbidden', 'You may see this requisition but not answer it.', {
      requisitionId: value.id,
    })
  }
  if (!isOpen(value.state)) {
    return refusal('already_decided', `It can no longer be answered: it is ${value.state}.`, {
      currentVersion: version,
      state: value.state,
      outcome: value.outcome,
    })
  }
  const notTheirs = whyNotTheirs(handling, found, asked.revision)
  if (notTheirs) return notTheirs
  return value.lines.length > MOST_QUOTE_LINES ? tooManyLines() : whyAnswered(handling, value.id)
}

/** Why a requisition that is locked gets no answer beside the one it has; null where it has no other open one. */
export async function whyAnswered(
  { tx, aggregateId }: Handling<QuoteCommand>,
  requisitionId: string,
): Promise<Refusal | null> {
  const other = await tx
    .selectFrom('quote')
    .select(['id', 'number'])
    .where('requisition_id', '=', requisitionId)
    .where('id', '!=', aggregateId)
    // As the index of such quotes is defined.
    .where(sql<boolean>`state in ('draft', 'in_review', 'ready', 'sent', 'accepted', 'countered')`)
    .executeTakeFirst()
  if (!other) return null
  return refusal('already_exists', `It is being answered by quote ${other.number}.`, {
    quoteId: other.id,
    number: other.number,
  })
}

/** Why somebody who has seen a revision does not speak for what came in: it says something else, or a colleague has it. */
export function whyNotTheirs(
  { who }: Handling<QuoteCommand>,
  { value, version }: LockedRequisition,
  seen: number | undefined,
): Refusal | null {
  if (value.revision !== seen) {
    return refusal('stale_version', 'The customer has sent a new revision. Look at it first.', {
      currentVersion: version,
      revision: value.revision,
    })
  }
  const { claimedBy } = value
  if (claimedBy && claimedBy.id !== who.user.id) {
    return refusal('claimed_by_other', `${claimedBy.name} is working on it. Take it over first.`, {
      by: claimedBy.name,
      at: claimedBy.at,
      currentVersion: version,
    })
  }
  return null
}

/** Whoever writes the answer has the requisition, so that colleagues see it. */
export function claimAnswered(
  { tx, who, actor, origin }: Handling<'quote.create'>,
  { value, version }: LockedRequisition,
  time: DatabaseTime,
): void {
  // With the customer nobody has it.
  if (value.state === 'returned' || value.claimedBy) return
  const claimedBy = { id: who.user.id, name: who.user.displayName, at: time.now.toISOString() }
  saveProgress(tx, value, { state: 'in_review', claimedBy }, version + 1)
  record(tx, [
    {
      type: 'requisition.claimed',
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version: version + 1,
      data: { before: null, revision: value.revision, from: value.state, to: 'in_review' },
      origin,
    },
  ])
}

/** What the quote answers is with the customer now. */
export function returnAnswered(
  { tx, actor, origin }: Handling<'quote.send'>,
  { value, version }: LockedRequisition,
  quote: Quote,
  { by, at }: NonNullable<Quote['sent']>,
): void {
  const outcome = {
    kind: 'returned',
    message: quote.message ?? quote.number,
    by,
    at,
    quote: { id: quote.id, number: quote.number },
  } as const
  const returned = saveProgress(
    tx,
    value,
    { state: 'returned', claimedBy: null, outcome },
    version + 1,
  )
  record(tx, [
    {
      type: 'requisition.returned',
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version: version + 1,
      data: { outcome, revision: value.revision, from: value.state, to: 'returned' },
      origin,
    },
  ])
  tellShop(tx, returned.shop.id, requisitionReturned(returned, outcome))
}
