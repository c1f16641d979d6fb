import type { Requisition } from '../../contract/entities'
import { inBrief } from '../../contract/outcome'
import { approveAsBuyer, stepsOf } from '../../domain/approval/steps'
import { todayIn } from '../../domain/calendar'
import {
  judgeBuyerAnswer,
  type BuyerAnswer,
  type BuyerRefusal,
} from '../../domain/requisition/buyer-decision'
import { isSellers } from '../../domain/requisition/decision-reasons'
import { isOtherPrice, priceToOrder, quoted } from '../../domain/requisition/line-price'
import { policyInForce } from '../approval/policy'
import { record, type Origin } from '../audit/record'
import { answered, ask, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { tellSender } from '../mail/tell-customer'
import { sellerNow, type SellerNow } from '../seller/load'
import { requisitionRejected } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import { documentLocked, saveProgress, type LockedRequisition } from './aggregate'
import {
  articlesOf,
  partiesLocked,
  partiesNow,
  usedInPeriod,
  type IntakeParties,
} from './intake-facts'
import { judgeRevision } from './judge-revision'
import type { PlaceOrder } from './place-order'
import { soundOf } from './sound'

/** One of the customer's people answers what a colleague asks them to approve; the caller is sure it is them. */
export interface SentBuyerAnswer {
  readonly shopId: string
  readonly documentId: string
  readonly contactId: string
  /** The revision that they have looked at. */
  readonly revision: number
  readonly answer: BuyerAnswer
  readonly now: Date
  readonly origin: Origin
}

export type BuyerReception =
  | { readonly kind: 'taken'; readonly requisition: Requisition }
  /** They had said so before. This is how it stands now. */
  | { readonly kind: 'before'; readonly requisition: Requisition }
  | { readonly kind: 'refused'; readonly refusals: readonly BuyerRefusal[] }

/** The requisition and its company, locked, and who answers. */
export function buyerOpeningOf(
  tx: Transaction,
  { shopId, documentId, contactId }: SentBuyerAnswer,
): Question<BuyerOpening> {
  return together(documentLocked(shopId, documentId), partiesLocked(tx, contactId), sellerNow(tx))
}

type BuyerOpening = [
  known: LockedRequisition | null,
  buyer: IntakeParties | null,
  seller: SellerNow,
]

/**
 * Take the step of the customer's own people, in the caller's transaction: rejected, it is over and its
 * sender hears why; approved, it goes on to whoever is asked next, and where nobody is and nothing speaks
 * against it, it is ordered. A refusal has written nothing.
 *
 * @param opening what `buyerOpeningOf` the same answer has brought in the same transaction
 */
export async function answerAsBuyer(
  tx: Transaction,
  sent: SentBuyerAnswer,
  [known, buyer, seller]: BuyerOpening,
  placeOrder: PlaceOrder,
): Promise<BuyerReception> {
  const { now, answer, revision } = sent
  const today = todayIn(seller.timeZone, now.toISOString())
  const used = buyer ? await ask(tx, usedInPeriod(tx, buyer, today, seller.timeZone)) : 0
  const judged = judgeBuyerAnswer(
    known && { ...known.value, net: known.value.totals.net, rejectedBy: rejecterOf(known.value) },
    buyer && { ...buyer, usedInPeriod: used },
    { revision, answer },
  )
  if (judged.kind === 'refused') return { kind: 'refused', refusals: [judged.refusal] }
  if (!known || !buyer) throw new Error('An answer that names nothing was not refused.')
  if (judged.kind === 'already') return { kind: 'before', requisition: known.value }
  const requisition =
    answer.kind === 'reject'
      ? reject(tx, sent, known, buyer, answer.reason)
      : await approve(tx, sent, known, buyer, seller, placeOrder)
  return { kind: 'taken', requisition }
}

function rejecterOf({ outcome }: Requisition): string | null {
  return outcome?.kind === 'rejected' && outcome.by.kind === 'contact' ? outcome.by.id : null
}

function actorOf({ contact }: IntakeParties) {
  return { kind: 'contact', id: contact.id, name: contact.name } as const
}

function reject(
  tx: Transaction,
  { now, origin }: SentBuyerAnswer,
  { value: before, version: last }: LockedRequisition,
  buyer: IntakeParties,
  reason: string,
): Requisition {
  const actor = actorOf(buyer)
  const version = last + 1
  const outcome = { kind: 'rejected', reason, by: actor, at: now.toISOString() } as const
  const progress = { state: 'rejected', claimedBy: null, outcome } as const
  const rejected = saveProgress(tx, before, progress, version)
  record(tx, [
    {
      type: 'requisition.rejected',
      actor,
      aggregateKind: 'requisition',
      aggregateId: before.id,
      version,
      data: {
        outcome: inBrief(outcome),
        revision: before.revision,
        from: before.state,
        to: 'rejected',
      },
      origin,
    },
  ])
  tellShop(tx, before.shop.id, requisitionRejected(rejected, outcome))
  // Whoever says no to their own knows it.
  if (actor.id !== before.contactId) tellSender(tx, 'requisition.rejected', rejected, version)
  return rejected
}

async function approve(
  tx: Transaction,
  { now, origin }: SentBuyerAnswer,
  { value: before, version: last }: LockedRequisition,
  buyer: IntakeParties,
  seller: SellerNow,
  placeOrder: PlaceOrder,
): Promise<Requisition> {
  const actor = actorOf(buyer)
  const version = last + 1
  const isLeft = await asksSeller(tx, before, seller, now)
  const taken = approveAsBuyer(stepsOf(before), buyer.contact, now.toISOString(), isLeft)
  if (!taken) throw new Error('Nobody was asked for what was approved.')
  if (taken.isLast) {
    const placed = await placeOrder(tx, {
      requisition: before,
      version,
      by: actor,
      automatic: false,
      steps: taken.steps,
      now,
      origin,
    })
    return placed.requisition
  }
  const progress = { state: 'in_review', steps: writable(taken.steps) } as const
  const approved = saveProgress(tx, before, progress, version)
  record(tx, [
    {
      type: 'requisition.step_approved',
      actor,
      aggregateKind: 'requisition',
      aggregateId: before.id,
      version,
      data: {
        steps: taken.steps,
        revision: before.revision,
        from: before.state,
        to: 'in_review',
      },
      origin,
    },
  ])
  return approved
}

/**
 * Whether one of the seller's people has the last word, whatever the customer approves: where they have
 * had a hand in it, so that their own limits count, and where now, as on the day it came in, something
 * speaks against it that the customer cannot answer for.
 */
async function asksSeller(
  tx: Transaction,
  before: Requisition,
  seller: SellerNow,
  now: Date,
): Promise<boolean> {
  const { warehouses = {}, refresh = [] } = before.choices ?? {}
  const isChosen = Object.keys(warehouses).length > 0 || refresh.length > 0
  const isTouched = before.editedBy !== undefined || isChosen
  if (isTouched || before.whole !== undefined || before.reasons.some(isSellers)) return true
  const [sender, articles, policy] = await ask(
    tx,
    together(
      // Their company is locked already, and that of a sender who has gone to another is not waited for:
      // two who answer for each other's company would wait for ever.
      partiesNow(before.contactId),
      articlesOf(
        tx,
        before.lines.map(({ articleId }) => articleId),
      ),
      policyInForce(tx),
    ),
  )
  const hasMoved = sender?.company.id !== before.companyId
  if (!sender || hasMoved || sender.company.currency !== before.currency) return true
  const sound = soundOf(before, before.lines, sender, articles)
  const [judged] = await judgeRevision(
    tx,
    { sound, parties: sender, articles, seller, policy, now },
    answered(null),
  )
  if (!judged.ok) return true
  const { reasons, lines } = judged.value.intake
  const nowAt = new Map(lines.map(({ line, resolved }) => [line.id, resolved]))
  return (
    reasons.some(isSellers) ||
    // What was ordered at the price of that day, as the shop had shown none, has no reason to differ from.
    before.lines.some((line) => {
      const resolved = nowAt.get(line.id)
      return !resolved || isOtherPrice(priceToOrder(line), quoted(resolved), line)
    })
  )
}
