import type {
  ConnectionState,
  LocalSettings,
  OutboxEntry,
  SessionState,
} from '../../../contract/console'
import type { CommandEnvelope } from '../../../contract/commands'
import type { Requisition } from '../../../contract/entities'
import { refusal } from '../../../contract/errors'
import type { QueryAnswer } from '../../../contract/queries'
import { loadAll } from '../../../renderer/late'
import { createFakeBridge } from '../../fakes/bridge'
import type { FakeBridge } from '../../fakes/bridge'
import { someAttachments, withAttachments } from '../../fakes/desk/attachments'
import { change, user, uuid } from '../../fakes/desk/entities'
import { officeAnswer } from '../../fakes/desk/office'
import { answerRevalidation, figuresChanged, type Become } from '../../fakes/desk/revalidation'
import { fileAnswers } from './file-answers'
import { officeScenes } from './office-scenes'
import { inTwo, splitTold } from '../../fakes/desk/parts'
import {
  answerAllowances,
  asksCustomer,
  buyersAreThere,
  erikIsThere,
  inSteps,
  waited,
} from '../../fakes/desk/steps'
import { largeRequisition, manyRequisitions } from '../../fakes/desk/masses'
import { NOW, workingSet } from '../../fakes/desk/working-set'

/** What the picture is of, in the address: `?lang=en&theme=dark&scene=offline`. */
const wanted = new URLSearchParams(location.search)
const scene = wanted.get('scene') ?? 'inbox'

// The same moment in every picture.
let offset = Date.parse(NOW) - Date.now()
const realNow = Date.now.bind(Date)
Date.now = () => realNow() + offset

const signedIn: SessionState = {
  kind: 'signed_in',
  gateway: 'http://127.0.0.1:4100',
  demo: scene !== 'forgotten',
  user: user(),
  remembered: scene !== 'forgotten',
}
const demoAccounts: Extract<SessionState, { kind: 'signed_out' }>['accounts'] = [
  { username: 'karin', displayName: 'Karin Åberg', roles: ['approver'], password: 'x' },
  { username: 'erik', displayName: 'Erik Dahl', roles: ['rep'], password: 'x' },
  { username: 'admin', displayName: 'Mona Berg', roles: ['admin'], password: 'x' },
]
const sessions: Readonly<Record<string, SessionState>> = {
  first_run: { kind: 'first_run' },
  starting: { kind: 'starting', step: 'demo_data' },
  demo_accounts: {
    kind: 'signed_out',
    gateway: 'http://127.0.0.1:4100',
    demo: true,
    accounts: demoAccounts,
    last: null,
    ended: null,
  },
  sign_in: {
    kind: 'signed_out',
    gateway: 'https://kontor.nordtek.se',
    demo: false,
    accounts: [],
    last: { username: 'karin', displayName: 'Karin Åberg', waiting: 2 },
    ended: 'expired',
  },
  failed: {
    kind: 'failed',
    error: refusal('internal', 'The database did not start within 30 seconds.'),
    reference: 'K7QM-20418',
  },
}
const offline: ConnectionState = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: '2026-11-23T13:05:08.000Z',
  reason: 'unreachable',
}
const connections: Readonly<Record<string, ConnectionState>> = {
  offline,
  protocol: { ...offline, nextTryAt: null, reason: 'protocol_older' },
  catching_up: {
    kind: 'catching_up',
    since: '2026-11-23T13:04:50.000Z',
    lastInStep: '2026-11-23T07:10:00.000Z',
  },
}
const outbox: readonly OutboxEntry[] = [
  {
    id: uuid(1, 7),
    type: 'requisition.reject',
    aggregateId: uuid(4),
    expectedVersion: 1,
    payload: { revision: 1, reason: 'Ni har redan handskar på väg i order 100 228.' },
    createdAt: '2026-11-23T12:58:00.000Z',
    attempts: 1,
    state: 'waiting',
    refusal: null,
  },
  {
    id: uuid(2, 7),
    type: 'requisition.return',
    aggregateId: uuid(10),
    expectedVersion: 1,
    payload: { revision: 1, message: 'Kan ni ta halva nu?' },
    createdAt: '2026-11-23T12:51:00.000Z',
    attempts: 1,
    state: 'refused',
    refusal: refusal('claimed_by_other', 'Erik Dahl is working on it.', { by: 'Erik Dahl' }),
  },
]

/** A gateway of a few lines: approves and rejects, or answers as the scene wants. */
async function answer(command: CommandEnvelope, bridge: FakeBridge) {
  if (command.type === 'requisition.mark_read')
    return { kind: 'accepted', result: {}, version: 1 } as const
  const current = workingSet().find(({ id }) => id === command.aggregateId)?.value as Requisition
  const by = { kind: 'user', id: uuid(1, 9), name: 'Karin Åberg' } as const
  const version = (command.expectedVersion ?? 1) + 1
  if (scene === 'changed_told' && command.type === 'requisition.approve') {
    return figuresChanged(command, '2')
  }
  if (scene === 'pending') return new Promise<never>(() => undefined)
  if (scene === 'unanswered') return { kind: 'unanswered' } as const
  if (scene === 'conflict') {
    const outcome = {
      kind: 'ordered',
      orderId: uuid(9, 5),
      orderNumber: '100232',
      by: { ...by, id: uuid(2, 9), name: 'Erik Dahl' },
      at: '2026-11-23T13:04:48.000Z',
      automatic: false,
    } as const
    bridge.tell('replica.changes', [
      change('requisition', current.id, { ...current, state: 'ordered', outcome }, version),
    ])
    return {
      kind: 'refused',
      error: refusal('already_decided', 'Already decided', { outcome }),
    } as const
  }
  if (scene === 'refused') {
    return {
      kind: 'refused',
      error: refusal('above_limit', 'Above', {
        total: 4_547_620,
        limit: 4_000_000,
        currency: 'SEK',
      }),
    } as const
  }
  const at = new Date().toISOString()
  const outcome =
    command.type === 'requisition.approve'
      ? ({
          kind: 'ordered',
          orderId: uuid(9, 5),
          orderNumber: '100232',
          by,
          at,
          automatic: false,
        } as const)
      : ({ kind: 'rejected', reason: String(command.payload['reason']), by, at } as const)
  const state = outcome.kind
  const lines = command.payload['lines'] as readonly string[] | undefined
  if (lines) {
    const parts = inTwo(current, lines)
    const [, { id, number }] = parts
    bridge.tell('replica.changes', [...splitTold(parts, { state, outcome })])
    const result = { orderId: uuid(9, 5), orderNumber: '100232', rest: { id, number } }
    return { kind: 'accepted', result, version: 3 } as const
  }
  bridge.tell('replica.changes', [
    change('requisition', current.id, { ...current, state, outcome }, version),
  ])
  return {
    kind: 'accepted',
    result: { orderId: uuid(9, 5), orderNumber: '100232' },
    version,
  } as const
}

/** Of the first document: a price, a date and a margin are not what they were. */
const sinceThen: Readonly<Record<string, Become>> = {
  '1': { price: 19.9, margin: { proposed: 312_000, kept: 254_000 } },
  '2': { promised: { kind: 'promised', warehouseId: 'GBG', date: '2026-12-18' } },
}

const firstOne = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const steps: Readonly<Record<string, Requisition>> = {
  steps: inSteps(firstOne, ['erik', 'karin'], 1),
  steps_of_others: inSteps(firstOne, ['karin', 'erik'], 1),
  steps_to_go: inSteps(firstOne, ['karin', 'erik']),
  steps_of_another: inSteps(firstOne, ['erik', 'karin']),
  expired: {
    ...firstOne,
    state: 'expired',
    outcome: {
      kind: 'expired',
      at: '2026-11-23T06:00:12.000Z',
      by: { kind: 'system', name: 'Kontor' },
    },
  },
  buyer: asksCustomer(firstOne),
  buyer_nobody: asksCustomer(firstOne),
  buyer_asking: asksCustomer(firstOne),
  buyer_failed: asksCustomer(firstOne),
  waiting: waited(inSteps(firstOne, ['erik', 'karin', 'erik'])),
  attachments: withAttachments(firstOne),
  attachments_sending: withAttachments(firstOne, someAttachments.slice(0, 1)),
  attachments_refused: withAttachments(firstOne, someAttachments.slice(0, 1)),
  attachments_none: firstOne,
  reminded: {
    ...inSteps(firstOne, ['karin', 'erik']),
    reminder: { at: '2026-11-23T13:03:30.000Z', by: { id: uuid(2, 9), name: 'Erik Dahl' } },
  },
}
const stepped = steps[scene]
const more = stepped
  ? [stepped]
  : scene === 'large'
    ? [largeRequisition(10_000)]
    : scene === 'many'
      ? manyRequisitions(10_000)
      : []
const office = officeScenes[scene]
function usedOfLimits(query: { readonly type: string }): QueryAnswer | Promise<QueryAnswer> | null {
  if (query.type !== 'company.allowances') return null
  if (scene === 'buyer_asking') return new Promise(() => undefined)
  return scene === 'buyer_failed'
    ? { ok: false, error: refusal('unavailable', 'slow', { reason: 'too_slow' }) }
    : answerAllowances(query)
}
const bridge = createFakeBridge({
  session: office?.session ?? sessions[scene] ?? signedIn,
  connection: (office?.isOffline ? offline : connections[scene]) ?? { kind: 'live', since: NOW },
  settings: {
    language: (wanted.get('lang') ?? 'sv') as LocalSettings['language'],
    theme: (wanted.get('theme') ?? 'light') as LocalSettings['theme'],
  },
  info: {
    recovered:
      scene === 'recovered' || office?.isRecovered
        ? [{ file: 'settings.json', keptAs: 'settings.broken-1.json' }]
        : [],
  },
  outbox: scene === 'outbox' || scene === 'offline' || office?.hasOutbox ? outbox : [],
  changes: office
    ? office.changes
    : scene === 'empty'
      ? workingSet().filter(({ kind }) => kind !== 'requisition')
      : [
          ...workingSet(),
          ...(stepped ? [erikIsThere] : []),
          ...(scene.startsWith('buyer') && scene !== 'buyer_nobody' ? buyersAreThere : []),
          ...(scene === 'parts' ? splitTold(inTwo(firstOne, ['1', '3'])) : []),
          ...more.map((value) => change('requisition', value.id, value, stepped ? 2 : 1)),
        ],
  inBrief: scene === 'unreadable',
  answers: {
    ...(scene === 'unreadable' && { 'replica.requisition': () => null }),
    ...fileAnswers(scene),
  },
  answerCommand: office?.answerCommand ?? answer,
  answerQuery: (query) =>
    answerRevalidation(query, scene.startsWith('changed') ? sinceThen : {}) ??
    usedOfLimits(query) ??
    (office
      ? (office.answerQuery ?? officeAnswer)(query)
      : {
          ok: true,
          result: {
            rows: [
              {
                seq: 2,
                at: '2026-11-23T13:03:10.000Z',
                type: 'requisition.claimed',
                actor: { kind: 'user', id: uuid(2, 9), name: 'Erik Dahl' },
                version: 2,
                data: { before: null, from: 'submitted', to: 'in_review' },
                origin: { via: 'console' },
              },
              {
                seq: 1,
                at: '2026-11-23T13:02:00.000Z',
                type: 'requisition.submitted',
                actor: { kind: 'contact', id: 'K1', name: 'Anna Lind' },
                version: 1,
                data: {
                  kind: 'proposal',
                  revision: 2,
                  from: 'returned',
                  to: 'submitted',
                  lines: 5,
                  totals: { net: 4_547_620, currency: 'SEK' },
                },
                origin: { via: 'storefront', shop: 'nordtek.se' },
              },
              {
                seq: 0,
                at: '2026-11-22T09:41:00.000Z',
                type: 'requisition.returned',
                actor: { kind: 'user', id: uuid(2, 9), name: 'Erik Dahl' },
                version: 1,
                data: {
                  from: 'in_review',
                  to: 'returned',
                  outcome: { kind: 'returned', message: 'Räcker det med fyra pumpar före jul?' },
                },
                origin: { via: 'console' },
              },
            ],
            next: null,
          },
        }),
})
/** Requisitions that come in while one looks on. */
function arrive(count: number): void {
  const arrived = manyRequisitions(count).map((value, at) =>
    change('requisition', uuid(500 + at), { ...value, id: uuid(500 + at) }),
  )
  bridge.tell('replica.changes', arrived)
}
/** The customer takes back the first one. */
function withdraw(): void {
  const outcome = {
    kind: 'withdrawn',
    reason: 'Beställde fel.',
    by: { kind: 'contact', id: 'K1', name: 'Anna Lind' },
    at: NOW,
  } as const
  bridge.tell('replica.changes', [
    change('requisition', firstOne.id, { ...firstOne, state: 'withdrawn', outcome }, 2),
  ])
}
/** The line to the gateway goes down. */
function lose(): void {
  bridge.tell('connection.changed', offline)
}
/** Time that goes by at once. */
function pass(milliseconds: number): void {
  offset += milliseconds
}
Object.assign(window, { kontor: bridge.kontor, fake: { ...bridge, arrive, lose, pass, withdraw } })
// A picture is not taken while the code of a screen is still on its way.
await import('../../../renderer/app')
await loadAll()
await import('../../../renderer/main')
