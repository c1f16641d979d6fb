import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { CommandPayload, CommandType } from '../../contract/commands'
import { readMarkSchema, type Requisition, type RequisitionOutcome } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import { inBrief } from '../../contract/outcome'
import type { Actor } from '../../contract/primitives'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import type { DemandedStep } from '../../domain/approval/evaluate'
import {
  carriedOver,
  isAnsweredByBuyer,
  isBuyers,
  stepsOf,
  wantedNow,
  type ApprovalStep,
} from '../../domain/approval/steps'
import {
  decide,
  type DecidableRequisition,
  type Decided,
  type Decision,
  type EditedRevision,
} from '../../domain/requisition/decide'
import { largestHandDiscount } from '../../domain/requisition/edit-limits'
import { wholeNet, withWhole } from '../../domain/requisition/split'
import { record } from '../audit/record'
import { ask } from '../database/together'
import type { RequisitionProgress } from '../database/schema'
import { writeSoFar, type Transaction } from '../database/transaction'
import { uuidOrNil } from '../database/uuid'
import { publish } from '../feed/publish'
import { askBuyers, tellSender } from '../mail/tell-customer'
import { saveProgress, type LockedRequisition } from '../requisitions/aggregate'
import {
  agreeOnFigures,
  choicesAfter,
  isAgreedOtherwise,
  isRepriced,
  pricesOf,
} from '../requisitions/approve-on-figures'
import { changeTold, writeEdit } from '../requisitions/edit'
import { holdForClaim } from '../requisitions/hold'
import { writeOrder } from '../requisitions/place-order'
import { revise } from '../requisitions/revise'
import { writeRevival } from '../requisitions/revive'
import { linesElsewhere } from '../requisitions/other-parts'
import { splitInTwo, writeSplit } from '../requisitions/split'
import { awaitsBuyer } from '../requisitions/tell-buyers'
import { requisitionRejected, requisitionReturned } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { colleaguesOf, nobody } from '../approval/colleagues'
import { noChanges } from '../../domain/requisition/changes'
import { writable } from '../writable'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import { attachmentHandlers } from './requisition-attachments'
import { notFound, ofCustomer, wordDecisionRefusal, type Maker } from './requisition-refusals'

type RequisitionCommand = Extract<CommandType, `requisition.${string}`>

/** Commands about a requisition that is locked before they are handled. */
export const decisions: ReadonlySet<CommandType> = new Set<RequisitionCommand>([
  'requisition.claim',
  'requisition.release',
  'requisition.approve',
  'requisition.reject',
  'requisition.return',
  'requisition.remind',
  'requisition.skip_step',
  'requisition.edit',
  'requisition.revive',
  'requisition.split',
  'requisition.attach',
  'requisition.detach',
])

export const requisitionHandlers: { readonly [T in RequisitionCommand]: Handler<T> } = {
  async 'requisition.claim'(handling) {
    return decideOn(handling, { kind: 'claim' }, async (locked) => {
      const { tx, who, now } = handling
      await holdForClaim(tx, locked.value, who.user.id, now)
      const claimedBy = { id: who.user.id, name: who.user.displayName, at: now.toISOString() }
      return settle(handling, locked, { state: 'in_review', claimedBy }, 'requisition.claimed', {
        before: locked.value.claimedBy,
      })
    })
  },

  async 'requisition.release'(handling) {
    return decideOn(handling, { kind: 'release' }, async (locked) =>
      settle(handling, locked, { claimedBy: null }, 'requisition.released', {
        before: locked.value.claimedBy,
      }),
    )
  },

  async 'requisition.approve'(handling) {
    const { lines, ...approval } = handling.payload
    if (lines === undefined) return approve({ ...handling, payload: approval })
    // A part is another thing to say yes to, and who has to is asked only when there is one.
    if (isAnsweredByBuyer(handling.requisition?.value.steps)) {
      return decideOn(handling, toSplit(handling), async () => refused(ofCustomer('parts')))
    }
    return split(handling, lines, async (stay, rest) => {
      const { revision } = stay.value
      const done = await approve({
        ...handling,
        payload: { ...approval, revision },
        expectedVersion: null,
        requisition: stay,
      })
      return done.ok
        ? handled(done.version, { ...done.result, rest })
        : refused(asBefore(done.error, handling.requisition))
    })
  },

  async 'requisition.split'(handling) {
    const { tx, actor, now, payload } = handling
    return split(handling, payload.lines, async ({ version, value }, rest) => {
      if (isClaimedBy(value, actor)) await holdForClaim(tx, value, actor.id, now)
      return handled(version, { revision: value.revision, rest })
    })
  },

  async 'requisition.reject'(handling) {
    const { reason, revision } = handling.payload
    return decideOn(handling, { kind: 'reject', revision }, (locked) =>
      conclude(handling, locked, 'rejected', { kind: 'rejected', reason, ...byAndAt(handling) }),
    )
  },

  async 'requisition.return'(handling) {
    const { message, revision, proposal } = handling.payload
    return decideOn(handling, { kind: 'return', revision }, async (locked) => {
      const outcome = { kind: 'returned', message, ...byAndAt(handling) } as const
      if (!proposal) return conclude(handling, locked, 'returned', outcome)
      const { tx, who, now } = handling
      const made = await revise(tx, {
        requisition: locked.value,
        changes: proposal,
        who,
        now,
        at: '/payload/proposal',
      })
      if (!made.ok) return refused(made.error)
      const { content } = made.revised
      const proposed = { ...content, companyId: locked.value.companyId }
      const { approvalLimit: limit } = who
      const isBinding = limit === null || wholeNet(content.totals.net, locked.value.whole) <= limit
      return conclude(
        handling,
        locked,
        'returned',
        { ...outcome, proposal: content, isBinding },
        { proposal: changeTold(locked.value, proposed) },
      )
    })
  },

  async 'requisition.edit'(handling) {
    const { tx, who, actor, origin, now, payload } = handling
    const { revision, changes, internalComment } = payload
    return decideOn(handling, { kind: 'edit', revision }, async (locked) => {
      if (actor.kind !== 'user') throw new Error('Only people edit.')
      const made = await revise(tx, {
        requisition: locked.value,
        changes,
        who,
        now,
        at: '/payload/changes',
      })
      if (!made.ok) return refused(made.error)
      const edit = { revised: made.revised, internalComment, by: actor, now, origin }
      const edited = writeEdit(tx, locked, edit)
      if (isClaimedBy(edited, actor)) await holdForClaim(tx, edited, actor.id, now)
      return handled(locked.version + 1, { revision: edited.revision })
    })
  },

  async 'requisition.remind'(handling) {
    const { payload, who, now } = handling
    const decision = { kind: 'remind', revision: payload.revision } as const
    return decideOn(handling, decision, async (locked) => {
      const by = { id: who.user.id, name: who.user.displayName }
      const reminder = { at: now.toISOString(), by }
      if (awaitsBuyer(locked.value)) askBuyers(handling.tx, locked.value, locked.version + 1)
      return settle(handling, locked, { reminder }, 'requisition.reminded', {
        waitsFor: wantedNow(stepsOf(locked.value)),
      })
    })
  },

  async 'requisition.skip_step'(handling) {
    return decideOn(handling, { kind: 'skip', ...handling.payload }, async (locked, decided) => {
      const change = { state: decided.state, steps: writable(decided.steps) }
      return settle(handling, locked, change, 'requisition.step_skipped', {
        step: handling.payload.step,
        reason: handling.payload.reason,
        steps: decided.steps,
      })
    })
  },

  async 'requisition.revive'(handling) {
    const { tx, who, actor, origin, now, payload } = handling
    return decideOn(handling, { kind: 'revive', ...payload }, async (locked) => {
      if (actor.kind !== 'user') throw new Error('Only people revive.')
      const requisition = locked.value
      const made = await revise(tx, { requisition, changes: noChanges, who, now, at: '/payload' })
      if (!made.ok) return refused(made.error)
      // The customer may have sent them again in the other part, once this one had expired.
      const elsewhere = await ask(
        tx,
        linesElsewhere(
          requisition,
          requisition.lines.map(({ id }) => id),
        ),
      )
      const [taken] = elsewhere.values()
      if (taken !== undefined) {
        const message = `Some of its lines are in ${taken} by now.`
        return refused(refusal('wrong_state', message, { state: requisition.state, taken }))
      }
      const { revised } = made
      const revived = writeRevival(tx, locked, { revised, by: actor, now, origin })
      return handled(locked.version + 1, { revision: revived.revision })
    })
  },

  ...attachmentHandlers,

  async 'requisition.mark_read'({ tx, who, aggregateId, payload, now }) {
    const row = await tx
      .selectFrom('requisition')
      .select(['id', 'company_id', 'version', 'revision'])
      .where('id', '=', uuidOrNil(aggregateId))
      .executeTakeFirst()
    if (!row || !seesCompany(who.viewer, row.company_id)) return refused(notFound(aggregateId))
    publish(tx, [
      {
        kind: 'read_mark',
        id: `${who.user.id}:${row.id}`,
        userId: who.user.id,
        value: {
          requisitionId: row.id,
          // A mark that waited in an outbox must not undo what was read meanwhile.
          revision: Math.max(payload.revision, await readUpTo(tx, who.user.id, row.id)),
          at: now.toISOString(),
        },
      },
    ])
    return handled(row.version)
  },
}

/** Approve a requisition as it stands, whole. */
async function approve(handling: Handling<'requisition.approve'>): Promise<Handled> {
  const { payload, tx, actor, origin, now } = handling
  const decision = { kind: 'approve', revision: payload.revision } as const
  const carryOut: CarryOut = async (locked, { state }, judge) => {
    const chosen = choicesAfter(locked.value, payload)
    const isRefreshed = chosen.refresh.length > 0
    // The customer says yes to prices that they see, and to no others.
    if (isRefreshed && isAnsweredByBuyer(locked.value.steps)) return refused(ofCustomer('prices'))
    // At prices of now the rules may ask others than they did, or nobody.
    const isLast = state === 'ordered' || isRefreshed
    const { viewer } = handling.who
    const agreed = await agreeOnFigures(tx, locked, payload, now, { isLast, viewer })
    if (!agreed.ok) return refused(agreed.error)
    if (isRefreshed && agreed.demanded?.some(isBuyers)) return refused(ofCustomer('prices'))
    const { refreshed, totals } = agreed.order
    const choices = { ...chosen, ...(refreshed.size > 0 && { prices: pricesOf(refreshed) }) }
    const isOtherwise = isAgreedOtherwise(locked.value, refreshed)
    const verdict = judge(totals.net, { isOtherwise, demanded: agreed.demanded })
    if (!verdict.ok) return refused(wordDecisionRefusal(verdict.refusal, locked, null))
    const { state: to, steps } = verdict.decided
    if (to !== 'ordered') {
      const change = { state: to, steps: writable(steps), claimedBy: null, choices }
      return settle(handling, locked, change, 'requisition.step_approved', { steps, choices })
    }
    if (agreed.number === null) throw new Error('What is ordered needs a number.')
    const placing = { version: locked.version + 1, by: actor, automatic: false, now, origin }
    const { orderId, orderNumber } = writeOrder(
      tx,
      { ...placing, requisition: { ...locked.value, choices }, steps },
      { ...agreed.order, number: agreed.number },
    )
    return handled(placing.version, { orderId, orderNumber })
  }
  return decideOn(handling, decision, carryOut, payload)
}

/**
 * Let only some lines stay in a requisition and make one of its own of the others, then go on with what
 * stays, in the same transaction: a refusal leaves no split behind.
 */
async function split(
  handling: Handling<'requisition.approve' | 'requisition.split'>,
  lines: readonly string[],
  goOn: (
    stay: LockedRequisition,
    rest: { readonly id: string; readonly number: string },
  ) => Promise<Handled>,
): Promise<Handled> {
  const { tx, actor: by, origin, now, payload } = handling
  return decideOn(handling, toSplit(handling), async (locked) => {
    if (by.kind !== 'user') throw new Error('Only people split.')
    const made = await splitInTwo(tx, locked.value, lines, now)
    if (!made.ok) return refused(made.error)
    const isPublished = !('seen' in payload)
    writeSplit(tx, locked, made.split, { by, now, origin, isPublished })
    // An approval looks at what is in the database.
    if (!isPublished) await writeSoFar(tx)
    const { stay, rest } = made.split
    const { id, number } = rest.value
    return goOn({ ...locked, value: stay.value, version: locked.version + 1 }, { id, number })
  })
}

/** Somebody who has claimed it goes on holding its stock when they change it. */
function isClaimedBy({ claimedBy }: Requisition, actor: Actor): actor is Actor & { kind: 'user' } {
  return actor.kind === 'user' && claimedBy?.id === actor.id
}

function toSplit({
  payload: { revision },
}: Handling<'requisition.approve' | 'requisition.split'>): Decision {
  return { kind: 'split', revision }
}

/** A refusal of what a split would have made, as one of what there is: the split has not come about. */
function asBefore(error: Refusal, before: LockedRequisition | null): Refusal {
  if (!before || !('currentVersion' in error.details)) return error
  return { ...error, details: { ...error.details, currentVersion: before.version } }
}

/**
 * The revision this user has read already, 0 for none; nobody else learns it until the transaction
 * ends, so that of two marks at once the higher one stays. The first of them has no row to lock.
 */
async function readUpTo(tx: Transaction, userId: string, requisitionId: string): Promise<number> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`read_mark ${userId}:${requisitionId}`}, 0))`.execute(
    tx,
  )
  const mark = await tx
    .selectFrom('feed')
    .select('value')
    .where('kind', '=', 'read_mark')
    .where('id', '=', `${userId}:${requisitionId}`)
    .executeTakeFirst()
  const known = readMarkSchema.safeParse(mark?.value)
  return known.success ? known.data.revision : 0
}

type CarryOut = (
  locked: LockedRequisition,
  decided: Decided,
  judge: (net: number, at?: PricesOfNow) => ReturnType<typeof decide>,
) => Promise<Handled>

/** What is to be known of the prices of now when a decision is judged by them. */
interface PricesOfNow {
  /** Those who approved before had agreed to others. */
  readonly isOtherwise: boolean
  /** See `FiguresAgreed`. */
  readonly demanded: readonly DemandedStep[] | null
}

/**
 * Check sight, right, version and rules, in that order; then let `carryOut` do the rest. It may have the
 * decision judged anew, at another total than the requisition came in with.
 */
async function decideOn(
  handling: Handling<RequisitionCommand>,
  decision: Decision,
  carryOut: CarryOut,
  approval: CommandPayload<'requisition.approve'> | null = null,
): Promise<Handled> {
  const { tx, who, now, aggregateId, expectedVersion, requisition: locked } = handling
  // What someone may not see does not exist for them.
  if (!locked || !seesCompany(who.viewer, locked.value.companyId))
    return refused(notFound(aggregateId))
  if (!decidesFor(who.viewer, locked.value.companyId)) {
    return refused(
      refusal('forbidden', 'You may see this requisition but not decide on it.', { aggregateId }),
    )
  }
  const { value } = locked
  const choices = choicesAfter(value, approval ?? { warehouses: {} })
  // The total is then known only when the prices of now are, and so is what rules demand of it.
  const isAtPricesOfNow = approval !== null && choices.refresh.length > 0
  const takesSteps = decision.kind === 'approve' || decision.kind === 'skip'
  const colleagues = takesSteps
    ? await colleaguesOf(
        tx,
        who,
        { companyId: value.companyId, steps: isAtPricesOfNow ? null : stepsOf(value) },
        now,
      )
    : nobody
  const edited = decision.kind === 'approve' ? await editedBy(tx, value, who.user.id) : undefined
  const judge = (net: number, at?: PricesOfNow) =>
    decide(
      { ...decidable(locked, choices, at), net, edited },
      decision,
      {
        ...who.viewer,
        ...who.priceLimits,
        name: who.user.displayName,
        approvalLimit: who.approvalLimit,
        standsInFor: colleagues.standsInFor,
      },
      colleagues,
      now.toISOString(),
    )
  const verdict = judge(isAtPricesOfNow ? 0 : value.totals.net)
  const isLeftForLater = isAtPricesOfNow && !verdict.ok && verdict.refusal.kind === 'not_your_step'
  if (!verdict.ok && !isLeftForLater) {
    const { refusal: why } = verdict
    const maker = why.kind === 'other_revision' ? await makerOf(tx, value) : null
    return refused(wordDecisionRefusal(why, locked, maker))
  }
  if (expectedVersion !== null && expectedVersion !== locked.version) {
    return refused(
      refusal(
        'stale_version',
        'It has changed since you saw it. Look at it again before you decide.',
        {
          currentVersion: locked.version,
          expectedVersion,
          state: value.state,
        },
      ),
    )
  }
  return carryOut(locked, verdict.ok ? verdict.decided : { state: value.state }, judge)
}

/**
 * What is decided on: with the lines priced that are now ordered at the price of now, and where those
 * are others than before, without what was approved at other prices.
 */
function decidable(
  { value, company }: LockedRequisition,
  choices: ReturnType<typeof choicesAfter>,
  at?: PricesOfNow,
): Omit<DecidableRequisition, 'net' | 'edited'> {
  const isAnew = isRepriced(value, choices) || at?.isOtherwise === true
  const given = isAnew ? value.steps?.map((step) => ({ ...step, approvals: [] })) : value.steps
  return {
    state: value.state,
    revision: value.revision,
    unpricedLineIds: value.lines
      .filter(({ id, rowAmount }) => rowAmount === null && !choices.refresh.includes(id))
      .map(({ id }) => id),
    claimedBy: value.claimedBy,
    companyId: value.companyId,
    companyStatus: company.status,
    steps: at?.demanded ? stepsAt(withWhole(at.demanded, value.whole), given ?? []) : given,
    whole: value.whole,
    reminder: value.reminder,
  }
}

/** The steps demanded at prices of now, with what has been approved of them; absent where none is. */
function stepsAt(
  demanded: readonly DemandedStep[],
  given: readonly ApprovalStep[],
): readonly ApprovalStep[] | undefined {
  const steps = carriedOver(demanded, given)
  return steps.length === 0 ? undefined : steps
}

/** What is known of a revision as the work of one user; undefined where it is not theirs. */
async function editedBy(
  tx: Transaction,
  { id, revision, lines, editedBy: authors = [] }: Requisition,
  userId: string,
): Promise<EditedRevision | undefined> {
  if (authors.every((author) => author.id !== userId)) return undefined
  const { facts } = await tx
    .selectFrom('requisition_revision')
    .select('facts')
    .where('requisition_id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  return {
    byUserIds: authors.map((author) => author.id),
    discount: largestHandDiscount(lines),
    margin: facts?.margin ?? null,
  }
}

async function makerOf(
  tx: Transaction,
  { id, revision }: Pick<Requisition, 'id' | 'revision'>,
): Promise<Maker | null> {
  const row = await tx
    .selectFrom('requisition_revision')
    .select(['made_by', 'received_at'])
    .where('requisition_id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  if (!row?.made_by) return null
  const { made_by: by, received_at: at } = row
  return { by: by.name, kind: by.kind, at: at?.toISOString() ?? null }
}

async function conclude(
  handling: Handling<RequisitionCommand>,
  locked: LockedRequisition,
  state: 'rejected' | 'returned',
  outcome: Extract<RequisitionOutcome, { kind: 'rejected' | 'returned' }>,
  told: Readonly<Record<string, unknown>> = {},
): Promise<Handled> {
  const decided = { state, outcome, claimedBy: null }
  const next = { ...locked.value, ...decided }
  const change =
    outcome.kind === 'rejected'
      ? requisitionRejected(next, outcome)
      : requisitionReturned(next, outcome)
  tellShop(handling.tx, next.shop.id, change)
  tellSender(handling.tx, `requisition.${state}`, next, locked.version + 1)
  return settle(handling, locked, decided, `requisition.${state}`, {
    outcome: inBrief(outcome),
    ...told,
  })
}

async function settle(
  { tx, actor, origin }: Handling<RequisitionCommand>,
  locked: LockedRequisition,
  change: Partial<RequisitionProgress>,
  type: AuditType,
  data: Readonly<Record<string, unknown>>,
): Promise<Handled> {
  const version = locked.version + 1
  const value = saveProgress(tx, locked.value, change, version)
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version,
      data: { ...data, revision: value.revision, from: locked.value.state, to: value.state },
      origin,
    },
  ])
  return handled(version)
}

function byAndAt({ actor, now }: Handling<RequisitionCommand>) {
  return { by: actor, at: now.toISOString() }
}
