import { refusal, type Refusal } from '../../contract/errors'
import type { Order } from '../../contract/entities'
import type { CommandType } from '../../contract/commands'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import {
  confirmDates,
  type Confirmation,
  type DateProblem,
  type DateRefusal,
  type SaidDate,
} from '../../domain/order/confirm'
import { record } from '../audit/record'
import { ask, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { tellOrdering } from '../mail/tell-customer'
import { orderLocked, saveOrder, type LockedOrder } from '../orders/aggregate'
import { orderConfirmed } from '../orders/changes'
import { databaseTime } from '../seller/today'
import { tellShop } from '../storefront/tell-shop'
import { handled, refused, type Handled, type Handler, type Handling } from './context'

type OrderCommand = Extract<CommandType, `order.${string}`>

export const orderHandlers: { readonly [T in OrderCommand]: Handler<T> } = {
  async 'order.confirm_dates'(handling) {
    const { tx, who, aggregateId, expectedVersion } = handling
    const [locked, { now, today }] = await ask(
      tx,
      together(orderLocked(uuidOrNil(aggregateId)), databaseTime()),
    )
    // What someone may not see does not exist for them.
    if (!locked || !seesCompany(who.viewer, locked.value.companyId)) {
      return refused(
        refusal('not_found', 'There is no such order, or you may not see it.', { aggregateId }),
      )
    }
    if (!decidesFor(who.viewer, locked.value.companyId)) {
      return refused(
        refusal('forbidden', 'You may see this order but promise nothing of it.', { aggregateId }),
      )
    }
    const { lines } = handling.payload
    const confirmation = confirmDates(locked.value, lines, today)
    // What has ended says more than that it has changed.
    if (confirmation.kind !== 'wrong_state' && isStale(expectedVersion, locked)) {
      return refused(stale(expectedVersion, locked))
    }
    return confirmation.kind === 'confirmed'
      ? settle(handling, locked, confirmation, now)
      : refused(worded(confirmation, lines, locked))
  },
}

function settle(
  { tx, actor, origin }: Handling<OrderCommand>,
  { value: before, version: last, shopId, documentId }: LockedOrder,
  { state, changed }: Extract<Confirmation, { kind: 'confirmed' }>,
  now: Date,
): Handled {
  const version = last + 1
  const confirmation = { by: actor, at: now.toISOString() }
  const dates = new Map(changed.map(({ id, after }) => [id, after]))
  const articles = new Map(before.lines.map(({ id, articleId }) => [id, articleId]))
  const value: Order = {
    ...before,
    state,
    confirmation,
    lines: before.lines.map((line) => {
      const confirmedDate = dates.get(line.id)
      return confirmedDate === undefined ? line : { ...line, confirmedDate }
    }),
  }
  saveOrder(tx, value, version)
  record(tx, [
    {
      type: 'order.dates_confirmed',
      actor,
      aggregateKind: 'order',
      aggregateId: value.id,
      version,
      data: {
        number: value.number,
        from: before.state,
        to: state,
        lines: changed.map((line) => ({ ...line, articleId: articles.get(line.id) })),
      },
      origin,
    },
  ])
  if (shopId !== null) tellShop(tx, shopId, orderConfirmed(value, documentId, confirmation))
  tellOrdering(tx, 'order.dates_confirmed', value, version)
  return handled(version, { state })
}

function isStale(expectedVersion: number | null, { version }: LockedOrder): boolean {
  return expectedVersion !== null && expectedVersion !== version
}

function stale(expectedVersion: number | null, { value, version }: LockedOrder): Refusal {
  const { confirmation, state } = value
  const { by, at } = confirmation ?? {}
  return refusal('stale_version', 'It has changed since you saw it. Look at it again.', {
    currentVersion: version,
    expectedVersion,
    state,
    ...(by && { madeBy: { kind: by.kind, by: by.name, at } }),
  })
}

function worded(
  why: Exclude<Confirmation, { kind: 'confirmed' }>,
  said: readonly SaidDate[],
  { version: currentVersion }: LockedOrder,
): Refusal {
  switch (why.kind) {
    case 'wrong_state':
      return refusal('wrong_state', `No date of it can be confirmed: it is ${why.state}.`, {
        state: why.state,
        currentVersion,
      })
    case 'nothing_changed':
      return unsound([
        {
          pointer: '/payload/lines',
          code: 'nothing_changed',
          message: 'is what the order says already',
        },
      ])
    case 'unsound':
      return unsound(why.refusals.slice(0, toldProblems).map((one) => issueOf(one, said)))
  }
}

/** So many problems are told; whoever mends them is told the rest. */
const toldProblems = 100

function issueOf({ pointer, problem }: DateRefusal, said: readonly SaidDate[]) {
  const line = said[Number(pointer.split('/')[2])]
  return {
    pointer: `/payload${pointer}`,
    message: wordDate(problem, line),
    ...problem,
    lineId: line?.id,
  }
}

function wordDate(problem: DateProblem, line: SaidDate | undefined): string {
  switch (problem.code) {
    case 'unknown_line':
      return `the order has no line ${line?.id}`
    case 'duplicate_line_id':
      return `line ${line?.id} is named by /payload/lines/${problem.first} as well`
    case 'date_out_of_range':
      return `${line?.confirmedDate} is no date that can be kept`
    case 'date_past':
      return `${line?.confirmedDate} is over: today is ${problem.today}`
  }
}

function unsound(issues: readonly object[]): Refusal {
  return refusal('edit_unsound', 'The dates cannot be confirmed as they were sent.', { issues })
}
