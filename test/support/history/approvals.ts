import { sql, type Kysely } from 'kysely'
import type { Order, Requisition } from '../../../contract/entities'
import type { ApprovalStep } from '../../../domain/approval/steps'
import type { Database } from '../../../gateway/database/schema'

/** What an entry of a requisition's audit says, as far as approval goes. */
interface Entry {
  readonly type: string
  readonly actor: { readonly kind: string; readonly id?: string }
  readonly revision: number
  readonly from?: string
  readonly to?: string
  readonly automatic?: boolean
  readonly steps?: readonly ApprovalStep[]
}

interface User {
  readonly id: string
  readonly approvalLimit: number | null
  readonly discountLimit: number | null
}

/** Everything that is kept of a requisition. */
export interface ApprovalHistory {
  readonly now: Requisition
  /** As each was made, from the first. */
  readonly revisions: readonly Requisition[]
  readonly entries: readonly Entry[]
  readonly orders: readonly Order[]
  readonly users: ReadonlyMap<string, User>
  /** The company of each contact who may order. */
  readonly buyers: ReadonlyMap<string, string>
}

/**
 * What must be so of every requisition, whatever was done to it and in what order. They look at nothing
 * but what was written, and reckon it themselves. An invariant says what is against it, or null.
 */
export const approvalInvariants = {
  'ordered at most once, and only from the current revision': ({
    now,
    revisions,
    entries,
    orders,
  }) => {
    if (orders.length > 1) return `${orders.length} orders`
    const [order] = orders
    if (!order) return now.state === 'ordered' ? 'ordered without an order' : null
    const last = entries.at(-1)
    const current = revisions.at(-1)
    if (last?.type !== 'requisition.approved') return `${last?.type} after it was ordered`
    if (!current || last.revision !== revisions.length || now.revision !== revisions.length) {
      return `ordered from revision ${last.revision} of ${revisions.length}`
    }
    const rows = (lines: readonly PricedRow[]) => JSON.stringify(lines.map(rowTold).sort())
    const wanted = current.lines.map((line) => ({ ...line, ...priceOf(line) }))
    return rows(order.lines) === rows(wanted) ? null : 'ordered otherwise than it says'
  },

  'ordered only when every demanded step is approved or skipped, and somebody approved last': ({
    revisions,
    entries,
  }) => {
    const approved = entries.find(({ type }) => type === 'requisition.approved')
    if (!approved) return null
    const demanded = revisions.at(-1)?.steps ?? []
    if (approved.automatic) return demanded.length > 0 ? 'ordered itself' : null
    const isBuyers =
      approved.actor.kind === 'contact' && demanded.some(({ by }) => by.kind === 'buyer')
    if (approved.actor.kind !== 'user' && !isBuyers) return `ordered by a ${approved.actor.kind}`
    if (demanded.length === 0) return null
    const taken = approved.steps ?? []
    for (const step of demanded) {
      const found = taken.find((one) => isSameStep(one, step))
      if (!found) return `nothing is known of the step of ${step.by.kind}`
    }
    const open = taken.find((step) => step.approvals.length === 0 && !step.skipped)
    if (open) return `the step of ${open.by.kind} is open`
    const given = taken.flatMap(({ approvals }) => approvals).map(({ by }) => by.id)
    return given.includes(approved.actor.id ?? '') ? null : 'who ordered it has approved nothing'
  },

  'the customer’s own step is taken by one of theirs who may order, and charged to them': ({
    now,
    entries,
    orders,
    buyers,
  }) => {
    const given = (steps: readonly ApprovalStep[] = []) =>
      steps
        .filter(({ by }) => by.kind === 'buyer')
        .flatMap(({ approvals }) => approvals.map(({ by }) => by.id))
    for (const { steps } of [...entries, now]) {
      const other = given(steps).find((id) => buyers.get(id) !== now.companyId)
      if (other !== undefined) return `${other} has approved it for ${now.companyId}`
    }
    const [order] = orders
    if (!order) return null
    const last = given(now.steps).at(-1) ?? null
    const charged = order.chargedTo ?? null
    return charged === last ? null : `${last} has approved it, and ${charged} is charged`
  },

  'nobody alone approves what is theirs beyond their own limits': ({ orders, entries, ...all }) => {
    const approved = entries.find(({ type }) => type === 'requisition.approved')
    const [order] = orders
    if (!approved || approved.automatic || !order) return null
    const steps = (approved.steps ?? []).filter(({ by }) => by.kind !== 'buyer')
    const given = steps.flatMap(({ approvals }) => approvals)
    if (approved.actor.kind === 'contact') {
      const isOurs = all.now.editedBy !== undefined || all.now.whole
      if (isOurs) return 'ordered by the customer, though ours have made it what it is'
      // Where none of ours was asked, nobody's limit among us is in question.
      if (given.length === 0) return null
    }
    const approvers = given.length > 0 ? given.map(({ by }) => by.id) : [approved.actor.id ?? '']
    const authors = new Set((all.now.editedBy ?? []).map(({ id }) => id))
    // Without list prices of its own to go by, a line counts by its rebate.
    const discount = Math.max(...order.lines.map(({ rebate }) => rebate))
    const mayAlone = (id: string) => {
      const user = all.users.get(id)
      if (!user) return false
      const { approvalLimit, discountLimit } = user
      // What one may not approve whole one may not approve in parts.
      const net = order.totals.net + (all.now.whole?.others ?? 0)
      if (approvalLimit !== null && net > approvalLimit) return false
      return !authors.has(id) || discountLimit === null || discount <= discountLimit
    }
    return approvers.some(mayAlone) ? null : `of ${approvers.join(', ')} nobody may alone`
  },

  'no approval survives a material change': ({ now, revisions, entries }) => {
    const givenOn = new Map<string, number>()
    const told = (steps: readonly ApprovalStep[] = []) =>
      steps.flatMap(({ approvals }) => approvals.map(({ by, at }) => `${by.id} ${at}`))
    const materialOf = (revision: number) => {
      const body = revisions[revision - 1]
      return body && material(body)
    }
    const stale = (steps: readonly ApprovalStep[] | undefined, revision: number) =>
      told(steps).find((one) => {
        const given = givenOn.get(one)
        if (given === undefined) givenOn.set(one, revision)
        return given !== undefined && materialOf(given) !== materialOf(revision)
      })
    for (const { type, revision, steps } of entries) {
      const isMade = type === 'requisition.edited' || type === 'requisition.split'
      const kept = isMade ? revisions[revision - 1]?.steps : steps
      const survivor = stale(kept, revision)
      if (survivor) return `${survivor} stands on revision ${revision} after ${type}`
    }
    const survivor = stale(now.steps, now.revision)
    return survivor ? `${survivor} stands on revision ${now.revision}` : null
  },

  'a part is let off no step of the whole': ({ revisions, entries }) => {
    const splits = entries.filter(({ type, from }) => type === 'requisition.split' && from)
    const demandedOf = (revision: number) =>
      (revisions[revision - 1]?.steps ?? []).filter(({ because }) => because.length > 0)
    for (const { revision: first } of splits) {
      for (const step of demandedOf(first - 1)) {
        for (let revision = first; revision <= revisions.length; revision += 1) {
          const isKept = demandedOf(revision).some((one) => isSameStep(one, step))
          if (!isKept) return `revision ${revision} has no step of ${step.by.kind}`
        }
      }
    }
    return null
  },

  'totals equal their rows': ({ revisions, orders }) => {
    const documents = [
      ...revisions.map((one) => ({
        ...one,
        lines: one.lines.map((line) => ({ ...line, ...priceOf(line) })),
      })),
      ...orders,
    ]
    const wrong = documents.find(({ totals, lines }) => {
      const sums = sumsOf(lines)
      const isRowWrong = lines.some((line) => line.rowAmount !== rowAmount(line))
      return isRowWrong || totals.net !== sums.net || totals.gross !== sums.gross
    })
    return wrong ? `${JSON.stringify(wrong.totals)} is not the sum of its rows` : null
  },

  'expired only what was open, and went on only when it was taken up again': ({ entries, now }) => {
    const isLast = entries.at(-1)?.type === 'requisition.expired'
    if (isLast !== (now.state === 'expired')) return `${now.state}, whatever the audit says last`
    for (const [at, { type }] of entries.entries()) {
      if (type !== 'requisition.expired') continue
      const before = entries[at - 1]?.to ?? ''
      if (!['submitted', 'in_review', 'returned'].includes(before)) return `expired when ${before}`
      const next = entries[at + 1]
      if (next && next.type !== 'requisition.revived') return `${next.type} after it expired`
    }
    return null
  },
} satisfies Readonly<Record<string, (history: ApprovalHistory) => string | null>>

/** What is against each invariant, by its name. */
export type Against = Readonly<Record<string, readonly string[]>>

/** What is against each invariant in all that a database has kept. */
export async function checkApprovals(db: Kysely<Database>): Promise<Against> {
  const against = Object.entries(approvalInvariants).map(([name, whyNot]) => ({
    name,
    whyNot: whyNot as (history: ApprovalHistory) => string | null,
    found: [] as string[],
  }))
  for await (const history of approvalHistories(db))
    for (const { whyNot, found } of against) {
      const why = whyNot(history)
      if (why !== null) found.push(`${history.now.number}: ${why}`)
    }
  return Object.fromEntries(against.map(({ name, found }) => [name, found]))
}

/** As many as are held at a time, since all of them are too much. */
const atATime = 500

/** All that is kept of each requisition. */
export async function* approvalHistories(db: Kysely<Database>): AsyncGenerator<ApprovalHistory> {
  const { rows: people } = await sql<User>`
    select id, approval_limit as "approvalLimit", discount_limit as "discountLimit"
    from app_user`.execute(db)
  const users = new Map(people.map((user) => [user.id, user]))
  const { rows: ordering } = await sql<{ id: string; company: string }>`
    select c.id, c.company_id as company from contact c join company on company.id = c.company_id
    join customer_group g on g.id = coalesce(c.customer_group_id, company.customer_group_id)
    where g.ordering_right = 'order'`.execute(db)
  const buyers = new Map(ordering.map(({ id, company }) => [id, company]))
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<Omit<ApprovalHistory, 'users' | 'buyers'>>`
      select body || progress as now,
        (select jsonb_agg(v.body order by v.revision) from requisition_revision v
          where v.requisition_id = r.id) as revisions,
        (select jsonb_agg(a.data || jsonb_build_object('type', a.type, 'actor', a.actor)
            order by a.seq)
          from audit a where a.aggregate_kind = 'requisition' and a.aggregate_id = r.id::text
        ) as entries,
        (select coalesce(jsonb_agg(o.body), '[]') from sales_order o
          where o.source_kind = 'requisition' and o.source_id = r.id) as orders
      from requisition r where id > ${after} order by id limit ${atATime}`.execute(db)
    for (const row of rows) yield { ...row, users, buyers }
    const last = rows.at(-1)
    if (!last) return
    after = last.now.id
  }
}

type PricedRow = Pick<
  Order['lines'][number],
  'id' | 'articleId' | 'quantity' | 'unitPrice' | 'rebate' | 'vatRate' | 'requestedDate'
>

function rowTold({ id, articleId, quantity, unitPrice, rebate, requestedDate }: PricedRow): string {
  return JSON.stringify([
    id,
    articleId,
    quantity,
    unitPrice.amount,
    unitPrice.basis,
    rebate,
    requestedDate,
  ])
}

/** What a line is ordered at: set by hand, else shown, else the company's own. */
function priceOf({ set, shown, resolved }: Requisition['lines'][number]) {
  const own = resolved.kind === 'missing' ? null : resolved
  const price = set ?? shown ?? own
  if (!price) throw new Error('It has no price.')
  return { unitPrice: price.unitPrice, rebate: price.rebate }
}

function material({ companyId, requestedDate, deliveryAddress, lines }: Requisition): string {
  const rows = lines.map((line) => {
    const { unitPrice, rebate } = priceOf(line)
    const price = [unitPrice.amount, unitPrice.basis, rebate]
    return JSON.stringify([line.articleId, line.quantity, ...price, line.requestedDate])
  })
  return JSON.stringify([companyId, requestedDate, deliveryAddress, rows.sort()])
}

function isSameStep(one: ApprovalStep, other: ApprovalStep): boolean {
  return one.tier === other.tier && JSON.stringify(one.by) === JSON.stringify(other.by)
}

const whole = 1_000_000n

/** Half away from zero; nothing here is below it. */
function divided(dividend: bigint, divisor: bigint): number {
  return Number((dividend * 2n + divisor) / (divisor * 2n))
}

/** In minor units: 10⁻⁶ of the currency, thousandths of a unit and parts per million are taken off. */
function rowAmount({ unitPrice, quantity, rebate }: PricedRow): number {
  const left = whole - BigInt(rebate)
  return divided(BigInt(unitPrice.amount) * BigInt(quantity) * left, 10_000n * 1_000n * whole)
}

/** Of rows without VAT, which it is reckoned of by rate on their sum. */
function sumsOf(rows: readonly PricedRow[]): { readonly net: number; readonly gross: number } {
  const bases = new Map<number, number>()
  for (const row of rows) bases.set(row.vatRate, (bases.get(row.vatRate) ?? 0) + rowAmount(row))
  let [net, vat] = [0, 0]
  for (const [rate, base] of bases) {
    net += base
    vat += divided(BigInt(base) * BigInt(rate), whole)
  }
  return { net, gross: net + vat }
}
