import { sql } from 'kysely'
import type { Proposal, Requisition } from '../../contract/entities'
import { untaken } from '../../domain/approval/steps'
import { judgeAcceptance, type AcceptanceRefusal } from '../../domain/requisition/acceptance'
import type { IntakeLine, IntakeRefusal } from '../../domain/requisition/intake-document'
import { judgeParties } from '../../domain/requisition/judge-document'
import { priceToOrder } from '../../domain/requisition/line-price'
import { materialOf } from '../../domain/requisition/material'
import { withWhole } from '../../domain/requisition/split'
import { policyInForce } from '../approval/policy'
import type { Origin } from '../audit/record'
import { answered, ask, question, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { writable } from '../writable'
import { documentLocked, type LockedRequisition } from './aggregate'
import { buildLine } from './build-requisition'
import { changeTold, withAuthor } from './edit'
import { articlesOf, partiesLocked, type IntakeParties } from './intake-facts'
import { judgeRevision } from './judge-revision'
import type { PlaceOrder } from './place-order'
import { proposedLines } from './proposed-lines'
import { takeRevision } from './take-revision'

/** A contact takes the seller's proposal as it is; the caller has made sure that it is them. */
export interface SentAcceptance {
  readonly shopId: string
  readonly documentId: string
  readonly contactId: string
  /** The revision that was returned with the proposal. */
  readonly revision: number
  readonly sentAt: string
  readonly now: Date
  readonly origin: Origin
}

export type AcceptanceReception =
  | { readonly kind: 'taken'; readonly requisition: Requisition }
  /** It had been accepted before. This is how it stands now. */
  | { readonly kind: 'before'; readonly requisition: Requisition }
  | { readonly kind: 'refused'; readonly refusals: readonly (AcceptanceRefusal | IntakeRefusal)[] }

/** The requisition and its company, locked, who accepts, and whether it has been accepted before. */
export function acceptanceOpeningOf(
  tx: Transaction,
  { shopId, documentId, contactId, revision }: SentAcceptance,
): Question<AcceptanceOpening> {
  const accepted = sql<{ readonly revision: number }>`
    select v.revision from requisition r
    join requisition_revision v on v.requisition_id = r.id
    where r.shop_id = ${shopId} and r.document_id = ${documentId}
      and v.revision = ${revision + 1} and v.made_how = 'accepted'`
  return together(
    documentLocked(shopId, documentId),
    partiesLocked(tx, contactId),
    question(accepted, (rows) => rows.length > 0),
  )
}

type AcceptanceOpening = [
  known: LockedRequisition | null,
  parties: IntakeParties | null,
  wasAccepted: boolean,
]

/**
 * Accept what the seller has proposed, in the caller's transaction: it becomes the next revision, by that
 * contact, at the proposed prices, judged by the rules in force; where nobody has to decide and the
 * contact may order, it is ordered. A refusal has written nothing.
 *
 * @param opening what `acceptanceOpeningOf` the same acceptance has brought in the same transaction
 */
export async function acceptProposal(
  tx: Transaction,
  sent: SentAcceptance,
  [known, parties, wasAccepted]: AcceptanceOpening,
  placeOrder: PlaceOrder,
): Promise<AcceptanceReception> {
  const last = known?.value.outcome
  const outcome = last?.kind === 'returned' ? last : null
  const proposal = outcome?.proposal
  const judged = judgeAcceptance(
    known && {
      companyId: known.value.companyId,
      revision: known.value.revision,
      state: known.value.state,
      hasProposal: proposal !== undefined,
      acceptedRevision: wasAccepted ? sent.revision : null,
    },
    parties && { companyId: parties.company.id },
    sent.revision,
  )
  if (judged.kind === 'refused') return { kind: 'refused', refusals: [judged.refusal] }
  if (!known || !parties) throw new Error('An acceptance that names nothing was not refused.')
  if (judged.kind === 'already') return { kind: 'before', requisition: known.value }
  if (!proposal || !outcome) throw new Error('Where nothing is proposed nothing is accepted.')

  const before = known.value
  const refusals: IntakeRefusal[] = []
  judgeParties(before, before.kind, parties, (pointer, problem) =>
    refusals.push({ pointer, problem }),
  )
  if (refusals.length > 0) return { kind: 'refused', refusals }

  const [articles, seller, policy] = await ask(
    tx,
    together(
      articlesOf(
        tx,
        proposal.lines.map(({ articleId }) => articleId),
      ),
      sellerNow(tx),
      policyInForce(tx),
    ),
  )
  const lines = proposal.lines.map((proposed) => {
    const article = articles.get(proposed.articleId)
    if (!article) throw new Error(`The article ${proposed.articleId} has gone.`)
    return { line: acceptedLine(proposed), article }
  })
  const { company, group } = parties
  const { deliveryAddress } = proposal
  const [priced] = await judgeRevision(
    tx,
    {
      sound: { kind: before.kind, company, group, lines, deliveryAddress },
      parties,
      articles,
      seller,
      policy,
      now: sent.now,
    },
    answered(null),
  )
  if (!priced.ok) return { kind: 'refused', refusals: priced.refusals }

  const { intake, facts, stock } = priced.value
  const demanded = withWhole(priced.value.demanded, before.whole)
  const {
    steps: _steps,
    choices: _choices,
    reminder: _reminder,
    revisedAt: _at,
    editedBy,
    ...rest
  } = before
  const isSame = materialOf(before) === materialOf({ ...proposal, companyId: before.companyId })
  const authors = isSame || outcome.by.kind !== 'user' ? editedBy : withAuthor(editedBy, outcome.by)
  const requisition: Requisition = {
    ...rest,
    ...proposal,
    state: 'submitted',
    revision: before.revision + 1,
    submittedAt: new Date(sent.sentAt).toISOString(),
    receivedAt: sent.now.toISOString(),
    contactId: parties.contact.id,
    reasons: writable(intake.reasons),
    ...(demanded.length > 0 && { steps: writable(untaken(demanded)) }),
    // What they have made of it they have made, whoever has said yes to it.
    ...(authors && { editedBy: authors }),
    lines: intake.lines.map(buildLine),
    totals: writable(intake.totals),
    claimedBy: null,
    outcome: null,
  }
  const isOrderedAtOnce =
    intake.isOrderedAtOnce && demanded.length === 0 && outcome.isBinding === true
  const taken = await takeRevision(
    tx,
    {
      requisition,
      version: known.version + 1,
      parties,
      articles,
      facts,
      how: 'accepted',
      proposed: isOrderedAtOnce ? null : proposedLines(lines, stock, seller, sent.now),
      isOrderedAtOnce,
      told: { from: before.state, difference: changeTold(before, requisition).difference },
      now: sent.now,
      origin: sent.origin,
    },
    placeOrder,
  )
  return { kind: 'taken', requisition: taken }
}

/**
 * A proposed line as the customer sends it in: the price proposed is what they were shown. One that was
 * set by hand stays that and nothing else, so that nobody who takes it back orders at it all the same,
 * as if it were no longer beyond anybody's limits.
 */
function acceptedLine(
  line: Proposal['lines'][number],
): IntakeLine & { readonly comment: string | null } {
  const price = line.set ? line.shown : priceToOrder(line)
  return {
    id: line.id,
    article: line.articleId,
    quantity: line.quantity,
    price: price && {
      amount: price.unitPrice.amount,
      basis: price.unitPrice.basis,
      rebate: price.rebate,
    },
    ...(line.set && { set: line.set }),
    warehouse: line.warehouseId,
    requestedDate: line.requestedDate,
    comment: line.comment,
  }
}
