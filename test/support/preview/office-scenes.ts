import type { CommandEnvelope } from '../../../contract/commands'
import type { QueryAnswer } from '../../../contract/queries'
import type { SendResult, SessionState } from '../../../contract/console'
import type { User } from '../../../contract/entities'
import { refusal } from '../../../contract/errors'
import type { Change } from '../../../contract/feed'
import type { FakeBridge } from '../../fakes/bridge'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { article, change, customerGroup, uuid } from '../../fakes/desk/entities'
import { firstOrder, groupAnswer, officeSet, people } from '../../fakes/desk/office'
import { quoteAnswer, quoteSet } from '../../fakes/desk/quotes'
import { policyGateway, policyRules, triedRules } from '../../fakes/desk/policy'

/** What the preview shows on the screens beside the inbox. */
export interface OfficeScene {
  readonly session: SessionState
  readonly changes: readonly Change[]
  readonly isOffline?: boolean
  readonly hasOutbox?: boolean
  readonly isRecovered?: boolean
  readonly answerCommand?: (command: CommandEnvelope, bridge: FakeBridge) => SendResult
  /** What the gateway of the office does not answer itself. */
  readonly answerQuery?: (query: {
    readonly type: string
    readonly params: Readonly<Record<string, unknown>>
  }) => QueryAnswer
}

function as(user: User): SessionState {
  return { kind: 'signed_in', gateway: 'http://127.0.0.1:4100', demo: true, user, remembered: true }
}

const refuse =
  (code: Parameters<typeof refusal>[0], details = {}) =>
  (): SendResult => ({
    kind: 'refused',
    error: refusal(code, code, details),
  })

/** Somebody else gets in between: the change comes first, then the refusal. */
function conflict({ aggregateId }: CommandEnvelope, bridge: FakeBridge): SendResult {
  const erik = { ...people.erik, team: 'Väst', approvalLimit: 7_500_000 }
  bridge.tell('replica.changes', [change('user', aggregateId, erik, 3)])
  return { kind: 'refused', error: refusal('stale_version', 'stale', { currentVersion: 3 }) }
}

function accept({ aggregateId, payload, type }: CommandEnvelope, bridge: FakeBridge): SendResult {
  if (type === 'user.create') {
    const { password: _, ...rest } = payload
    const value = { ...people.johan, ...(rest as Partial<User>), id: uuid(40, 9) }
    bridge.tell('replica.changes', [change('user', value.id, value, 1)])
    return { kind: 'accepted', result: { userId: value.id }, version: 1 }
  }
  bridge.tell('replica.changes', [
    change('user', aggregateId, { ...people.erik, ...(payload as Partial<User>) }, 3),
  ])
  return { kind: 'accepted', result: {}, version: 3 }
}

/** Somebody else confirms dates of the first order before these come. */
function datesOvertaken(_: CommandEnvelope, bridge: FakeBridge): SendResult {
  const { displayName: name, id } = people.sara
  const at = new Date(Date.now() - 20_000).toISOString()
  const value = {
    ...firstOrder,
    confirmation: { by: { kind: 'user' as const, id, name }, at },
    lines: firstOrder.lines.map((line, index) =>
      index === 1 || index === 2 ? { ...line, confirmedDate: '2026-12-09' } : line,
    ),
  }
  bridge.tell('replica.changes', [change('order', firstOrder.id, value, 2)])
  return { kind: 'refused', error: refusal('stale_version', 'stale', { currentVersion: 2 }) }
}

/** They are taken as they come, and the order is confirmed. */
function datesTaken({ aggregateId, payload }: CommandEnvelope, bridge: FakeBridge): SendResult {
  const said = payload['lines'] as readonly {
    readonly id: string
    readonly confirmedDate: string
  }[]
  const dates = new Map(said.map((line) => [line.id, line.confirmedDate]))
  const { displayName: name, id } = people.karin
  const value = {
    ...firstOrder,
    state: 'confirmed' as const,
    confirmation: {
      by: { kind: 'user' as const, id, name },
      at: new Date(Date.now() - 1_000).toISOString(),
    },
    lines: firstOrder.lines.map((line) => ({
      ...line,
      confirmedDate: dates.get(line.id) ?? line.confirmedDate,
    })),
  }
  bridge.tell('replica.changes', [change('order', aggregateId, value, 2)])
  return { kind: 'accepted', result: { state: 'confirmed' }, version: 2 }
}

const changes = officeSet()

const withArticleGroups: readonly Change[] = [
  ...changes,
  ...['stalror', 'ventiler', 'isolering', 'kabel', 'el', 'skydd'].map((groupId, at) =>
    change('article', `G-${at}`, article({ id: `G-${at}`, called: groupId, groupId })),
  ),
]

function rulesScene(
  rules: readonly ApprovalRule[] = policyRules,
  tried: QueryAnswer = { ok: true, result: triedRules },
  user: User = people.mona,
): OfficeScene {
  const gateway = policyGateway(rules, tried)
  return { session: as(user), changes: withArticleGroups, ...gateway }
}

/** Above an amount that is not the seller's own currency. */
const inEuro: ApprovalRule = {
  id: 'r-euro',
  name: 'Stora belopp i euro',
  isOn: true,
  when: {
    any: [
      { fact: 'net', is: 'over', value: 450_000, currency: 'EUR' },
      { fact: 'net', is: 'over', value: 5_000_000, currency: 'SEK' },
    ],
  },
  demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
}

/** Somebody else puts rules in force first. */
function rulesConflict(): OfficeScene {
  const gateway = policyGateway()
  return {
    ...rulesScene(),
    ...gateway,
    answerCommand: (command) => {
      gateway.setBy(
        'Anna Berg',
        policyRules.map((rule, at) => (at === 0 ? { ...rule, name: 'Stort belopp' } : rule)),
      )
      return gateway.answerCommand(command)
    },
  }
}

const unsound = [
  { kind: 'never_holds', ruleId: 'r-hold', demand: null },
  {
    kind: 'user_cannot_decide',
    ruleId: 'r-hold',
    demand: 0,
    userId: people.sara.id,
    because: 'disabled',
  },
]

/** A group that an administrator has set, and one that the source says. */
const groupSet: readonly Change[] = [
  ...changes,
  change(
    'customer_group',
    'G4',
    customerGroup({
      id: 'G4',
      name: 'Inköpschefer',
      orderingRight: 'order',
      orderLimit: { perOrder: 5_000_000, perPeriod: 20_000_000, period: 'month', currency: 'SEK' },
      set: {
        by: 'Mona Berg',
        at: '2026-11-19T09:12:00.000Z',
        source: {
          orderingRight: 'order',
          orderLimit: { perOrder: 1_000_000, perPeriod: null, period: 'month', currency: 'SEK' },
        },
      },
    }),
    2,
  ),
]

/** Another administrator is quicker. */
function groupConflict({ aggregateId }: CommandEnvelope, bridge: FakeBridge): SendResult {
  const orderLimit = {
    perOrder: 7_500_000,
    perPeriod: null,
    period: 'month',
    currency: 'SEK',
  } as const
  const group = customerGroup({
    id: aggregateId,
    name: 'Inköpschefer',
    orderingRight: 'order',
    orderLimit,
    set: {
      by: 'Anna Berg',
      at: '2026-11-23T13:04:48.000Z',
      source: { orderingRight: 'order', orderLimit },
    },
  })
  bridge.tell('replica.changes', [change('customer_group', aggregateId, group, 3)])
  return { kind: 'refused', error: refusal('stale_version', 'stale', { currentVersion: 3 }) }
}

export const officeScenes: Readonly<Record<string, OfficeScene>> = {
  office: { session: as(people.karin), changes },
  office_offline: { session: as(people.karin), changes, isOffline: true },
  office_dates: { session: as(people.karin), changes, answerCommand: datesTaken },
  office_dates_overtaken: {
    session: as(people.karin),
    changes,
    answerCommand: datesOvertaken,
  },
  office_dates_queued: {
    session: as(people.karin),
    changes,
    answerCommand: () => ({ kind: 'queued' }),
  },
  office_empty: {
    session: as(people.karin),
    changes: changes.filter(({ kind }) => kind !== 'order' && kind !== 'company'),
  },
  office_outbox: { session: as(people.sara), changes, hasOutbox: true, isRecovered: true },
  office_agent: { session: as(people.johan), changes },
  office_admin: { session: as(people.mona), changes, answerCommand: accept },
  office_admin_offline: { session: as(people.mona), changes, isOffline: true },
  office_admin_taken: {
    session: as(people.mona),
    changes,
    answerCommand: refuse('username_taken'),
  },
  office_admin_last: { session: as(people.mona), changes, answerCommand: refuse('last_admin') },
  office_admin_conflict: { session: as(people.mona), changes, answerCommand: conflict },
  groups: { session: as(people.mona), changes: groupSet, answerQuery: groupAnswer },
  groups_offline: { session: as(people.mona), changes: groupSet, isOffline: true },
  groups_empty: {
    session: as(people.mona),
    changes: changes.filter(({ kind }) => kind !== 'customer_group'),
  },
  groups_conflict: {
    session: as(people.mona),
    changes: groupSet,
    answerQuery: groupAnswer,
    answerCommand: groupConflict,
  },
  quotes: { session: as(people.karin), changes: quoteSet(), answerQuery: quoteAnswer },
  quotes_offline: {
    session: as(people.karin),
    changes: quoteSet(),
    answerQuery: quoteAnswer,
    isOffline: true,
  },
  quotes_empty: { session: as(people.karin), changes, answerQuery: quoteAnswer },
  quotes_unsound: {
    session: as(people.karin),
    changes: quoteSet(),
    answerQuery: quoteAnswer,
    answerCommand: refuse('quote_unsound', {
      problems: [{ lineId: '1', field: 'quantity', code: 'quantity_not_pack_multiple' }],
    }),
  },
  rules: rulesScene(),
  rules_currency: rulesScene([inEuro, ...policyRules]),
  rules_approver: rulesScene(policyRules, undefined, people.karin),
  rules_empty: rulesScene([]),
  rules_not_here: { ...rulesScene(), isOffline: true },
  rules_conflict: rulesConflict(),
  rules_unsound: {
    ...rulesScene(),
    answerCommand: refuse('policy_unsound', { problems: unsound }),
  },
  rules_nothing: rulesScene(policyRules, {
    ok: true,
    result: { ...triedRules, found: 0, tried: 0, changed: 0, rows: [] },
  }),
  rules_failed: rulesScene(policyRules, {
    ok: false,
    error: refusal('internal', 'broken', { reference: 'K7QM-20418' }),
  }),
}
