import type { Requisition } from '../../contract/entities'
import type { ApprovalFacts } from '../../domain/approval/facts'
import { record, type Origin } from '../audit/record'
import { writeSoFar, type Transaction } from '../database/transaction'
import { requisitionReceived } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { tellSender } from '../mail/tell-customer'
import type { IntakeParties, NamedArticle } from './intake-facts'
import type { PlaceOrder } from './place-order'
import type { Proposed } from './proposed-lines'
import { writeIntake } from './write-intake'

/** A revision that has come from a customer, priced and judged. */
export interface RevisionTaken {
  readonly requisition: Requisition
  readonly version: number
  readonly parties: IntakeParties
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly facts: ApprovalFacts
  /** What it is proposed on, for who is to decide; null where nobody is. */
  readonly proposed: Proposed | null
  readonly how: 'submitted' | 'accepted'
  /** Whether nothing speaks against it and no rule asks anybody. */
  readonly isOrderedAtOnce: boolean
  /** What the audit says of it beside what it says of each. */
  readonly told: Readonly<Record<string, unknown>>
  readonly now: Date
  readonly origin: Origin
}

/**
 * Everything that becomes of a customer's revision: it is written and kept, audit, feed and shop are
 * told, and where nobody has to decide its order is placed.
 */
export async function takeRevision(
  tx: Transaction,
  taken: RevisionTaken,
  placeOrder: PlaceOrder,
): Promise<Requisition> {
  const { requisition, version, parties, articles, facts, proposed, how, now } = taken
  const { isOrderedAtOnce } = taken
  const actor = { kind: 'contact', id: parties.contact.id, name: parties.contact.name } as const
  // First that it has come in, then what comes of it.
  tellShop(tx, requisition.shop.id, requisitionReceived(requisition))
  writeIntake(tx, requisition, {
    // What comes of one returned waited for nobody of theirs until now.
    before: null,
    version,
    parties,
    articles,
    facts,
    proposed,
    madeBy: actor,
    how,
    at: now,
    isPublished: !isOrderedAtOnce,
  })
  // An order is made of what is in the database.
  if (isOrderedAtOnce) await writeSoFar(tx)
  record(tx, [
    {
      type: `requisition.${how}`,
      actor,
      aggregateKind: 'requisition',
      aggregateId: requisition.id,
      version,
      data: {
        ...taken.told,
        number: requisition.number,
        kind: requisition.kind,
        revision: requisition.revision,
        to: requisition.state,
        companyId: requisition.companyId,
        lines: requisition.lines.length,
        totals: requisition.totals,
        reasons: requisition.reasons.map(({ kind }) => kind),
        rules: rulesOf(requisition),
      },
      origin: taken.origin,
    },
  ])
  if (!isOrderedAtOnce) {
    tellSender(tx, 'requisition.received', requisition, version)
    return requisition
  }

  const placed = await placeOrder(tx, {
    requisition,
    version: version + 1,
    by: actor,
    automatic: true,
    now,
    origin: taken.origin,
  })
  return placed.requisition
}

/** Ids of the rules that demand a step of it, each once. */
export function rulesOf({ steps = [] }: Requisition): readonly string[] {
  return [...new Set(steps.flatMap(({ because }) => because.map(({ ruleId }) => ruleId)))]
}
