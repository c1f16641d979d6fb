import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { OutboxEntry, SendResult } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { createCommands } from '../../../../renderer/services/commands'
import type { Commands } from '../../../../renderer/services/commands'
import { createConsoleStore } from '../../../../renderer/state/console'
import type { ConsoleStore } from '../../../../renderer/state/console'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import type { Replica } from '../../../../renderer/state/replica'
import { createSendsStore, isUnderway, pendingOf } from '../../../../renderer/state/sends'
import type { SendsStore } from '../../../../renderer/state/sends'
import { createFakeBridge } from '../../../fakes/bridge'
import { change, requisition, user as makeUser, uuid } from '../../../fakes/desk/entities'

const id = uuid(1)
const offline = {
  kind: 'offline',
  since: '2026-11-23T13:00:00.000Z',
  lastInStep: null,
  nextTryAt: null,
  reason: 'unreachable',
} as const
const live = { kind: 'live', since: '2026-11-23T13:01:00.000Z' } as const

let answer: SendResult | Error
let sent: CommandEnvelope[]
let replica: Replica
let sends: SendsStore
let consoleStore: ConsoleStore
let commands: Commands
let reports: unknown[]

beforeEach(() => {
  answer = { kind: 'unanswered' }
  reports = []
  sent = []
  const report = (error: unknown) => {
    reports.push(error)
    return 'REFERENCE'
  }
  const fake = createFakeBridge({
    answerCommand: (command) => {
      sent.push(command)
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  replica = createReplica()
  sends = createSendsStore()
  consoleStore = createConsoleStore()
  consoleStore.setState({ connection: live })
  commands = createCommands(fake.kontor, sends, replica, consoleStore, report)
  bump(1)
})

function bump(version: number): void {
  const value = requisition({ id, number: 'K-1', companyId: '1', contactId: 'K' })
  replica.apply(itemsOf([change('requisition', id, value, version)]))
}
const approve = () =>
  commands.send({
    type: 'requisition.approve',
    aggregateId: id,
    expectedVersion: 1,
    payload: { revision: 1, warehouses: {}, seen: { net: 0, lines: {} } },
  })
const phases = () =>
  pendingOf(sends.getState().byId, consoleStore.getState().outbox, id).map(
    ({ phase }) => phase.kind,
  )

describe('an accepted command', () => {
  test('is pending from the press until its change has come back', async () => {
    answer = { kind: 'accepted', result: {}, version: 2 }
    const sent = approve()
    expect(phases()).toEqual(['sending'])
    await sent
    expect(phases()).toEqual(['settling'])
    bump(2)
    expect(phases()).toEqual([])
  })

  test('has settled at once when the change was faster than the answer', async () => {
    answer = { kind: 'accepted', result: {}, version: 2 }
    const sent = approve()
    bump(2)
    await sent
    expect(phases()).toEqual([])
  })
})

describe('a refused command', () => {
  test('stands until it is dismissed', async () => {
    answer = { kind: 'refused', error: refusal('above_limit', 'Above your limit') }
    await approve()
    const [send] = pendingOf(sends.getState().byId, [], id)
    expect(send?.phase).toMatchObject({ kind: 'refused', error: { code: 'above_limit' } })
    expect(send && isUnderway(send)).toBe(false)
    commands.dismiss(send?.id ?? '')
    expect(phases()).toEqual([])
  })

  test('gives way to the next attempt', async () => {
    answer = { kind: 'offline' }
    await approve()
    expect(phases()).toEqual(['offline'])
    answer = { kind: 'accepted', result: {}, version: 2 }
    await approve()
    expect(phases()).toEqual(['settling'])
  })
})

test('a read mark takes no refusal away', async () => {
  answer = { kind: 'refused', error: refusal('above_limit', 'Above your limit') }
  await approve()
  await commands.send({
    type: 'requisition.mark_read',
    aggregateId: id,
    expectedVersion: null,
    payload: { revision: 1 },
  })
  expect(phases()).toEqual(['refused'])
})

describe('a command without a clear answer', () => {
  const accepted = { kind: 'accepted', result: { orderNumber: '1' }, version: 2 } as const
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
  const ids = () => new Set(sent.map(({ id: one }) => one)).size

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test.each([
    { kind: 'unanswered' },
    { kind: 'refused', error: refusal('unavailable', 'Going down') },
    { kind: 'refused', error: refusal('internal', 'Something broke', { reference: 'R1' }) },
  ] satisfies SendResult[])('is sent again as it is until it has one: %j', async (unclear) => {
    answer = unclear
    const result = approve()
    await pass(0)
    expect(phases()).toEqual(['asking'])
    expect(sent).toHaveLength(1)
    answer = accepted
    await pass(1_000)
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
    expect(await result).toEqual(accepted)
    expect(phases()).toEqual(['settling'])
    bump(2)
    expect(phases()).toEqual([])
    await pass(600_000)
    expect(sent).toHaveLength(2)
  })

  test('is asked about as soon as the line is back, and not before', async () => {
    const result = approve()
    await pass(0)
    consoleStore.setState({ connection: offline })
    answer = accepted
    await pass(30_000)
    expect(sent).toHaveLength(1)
    expect(phases()).toEqual(['asking'])
    consoleStore.setState({ connection: live })
    expect(await result).toEqual(accepted)
    expect(ids()).toBe(1)
  })

  test('is unknown when a minute has brought none; then a person asks, under the same id', async () => {
    const result = approve()
    await pass(61_000)
    expect(phases()).toEqual(['unknown'])
    const before = sent.length
    await pass(600_000)
    expect(sent).toHaveLength(before)
    const [send] = pendingOf(sends.getState().byId, [], id)
    answer = accepted
    commands.askAgain(send?.id ?? '')
    expect(phases()).toEqual(['asking'])
    expect(await result).toEqual(accepted)
    expect(ids()).toBe(1)
  })

  test('says what the gateway last said instead of an answer', async () => {
    answer = { kind: 'refused', error: refusal('internal', 'Broke', { reference: 'R1' }) }
    void approve()
    await pass(61_000)
    const [send] = pendingOf(sends.getState().byId, [], id)
    expect(send?.phase).toMatchObject({ kind: 'unknown', error: { details: { reference: 'R1' } } })
  })

  test('given once more is the same command, whether it is asked about or unknown', async () => {
    const first = approve()
    await pass(0)
    const second = approve()
    await pass(61_000)
    expect(phases()).toEqual(['unknown'])
    const third = approve()
    answer = accepted
    await pass(5_000)
    expect(await Promise.all([first, second, third])).toEqual([accepted, accepted, accepted])
    expect(ids()).toBe(1)
  })

  test.each(['too_many_requests', 'session_expired'] as const)(
    'stays open when asking again is refused with %s: that says nothing of the first',
    async (code) => {
      void approve()
      await pass(0)
      answer = { kind: 'refused', error: refusal(code, 'Not now') }
      await pass(5_000)
      expect(phases()).toEqual(['asking'])
    },
  )

  test('is refused when the gateway says that it was not carried out and will not be', async () => {
    const result = approve()
    await pass(0)
    answer = { kind: 'refused', error: refusal('already_decided', 'Erik was first') }
    await pass(1_000)
    expect(await result).toEqual(answer)
    expect(phases()).toEqual(['refused'])
  })

  test('is asked about anew when what it is about has changed', async () => {
    const result = approve()
    await pass(61_000)
    expect(phases()).toEqual(['unknown'])
    answer = accepted
    bump(2)
    expect(await result).toEqual(accepted)
    expect(phases()).toEqual([])
    expect(ids()).toBe(1)
  })

  test('never goes out for the next one to sign in', async () => {
    const as = (user: string) =>
      ({
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: makeUser({ id: user }),
        remembered: true,
      }) as const
    consoleStore.setState({ session: as(uuid(90)) })
    const result = approve()
    await pass(0)
    // A gateway on its way up again changes nothing about who sits here.
    consoleStore.setState({ session: { kind: 'starting', step: 'database' } })
    expect(phases()).toEqual(['asking'])
    consoleStore.setState({ session: as(uuid(91)) })
    expect(await result).toEqual({ kind: 'unanswered' })
    expect(phases()).toEqual([])
    await pass(600_000)
    expect(sent).toHaveLength(1)
  })

  test('is what a fault in the bridge comes to, and it is reported', async () => {
    answer = new Error('The process went away')
    void approve()
    await pass(0)
    expect(phases()).toEqual(['asking'])
    expect(reports).toHaveLength(1)
  })

  test('one that may wait and was refused is in the outbox’s care', async () => {
    answer = { kind: 'refused', error: refusal('internal', 'Broke') }
    void commands.send({
      type: 'requisition.reject',
      aggregateId: id,
      expectedVersion: 1,
      payload: { revision: 1, reason: 'Nej' },
    })
    await pass(61_000)
    expect(phases()).toEqual(['refused'])
    expect(sent).toHaveLength(1)
  })
})

describe('a command in the outbox', () => {
  const entry = (part: Partial<OutboxEntry>): OutboxEntry => ({
    id: uuid(7),
    type: 'requisition.reject',
    aggregateId: id,
    expectedVersion: 1,
    payload: { revision: 1, reason: 'Nej' },
    createdAt: '2026-11-23T13:00:00.000Z',
    attempts: 0,
    state: 'waiting',
    refusal: null,
    ...part,
  })

  test('shows on what it is about, also after a restart', () => {
    consoleStore.setState({ outbox: [entry({}), entry({ id: uuid(8), aggregateId: uuid(2) })] })
    expect(phases()).toEqual(['queued'])
    const error = refusal('claimed_by_other', 'Erik has it')
    consoleStore.setState({ outbox: [entry({ state: 'refused', refusal: error })] })
    expect(phases()).toEqual(['refused'])
    consoleStore.setState({ outbox: [] })
    expect(phases()).toEqual([])
  })

  test('is shown once while main and window both know of it', async () => {
    answer = { kind: 'queued' }
    await approve()
    const [queued] = [...sends.getState().byId.values()]
    consoleStore.setState({ outbox: [entry({ id: queued?.id ?? '' })] })
    expect(phases()).toEqual(['queued'])
    consoleStore.setState({ outbox: [] })
    expect(phases()).toEqual([])
  })

  test('read marks are nobody’s business', async () => {
    answer = { kind: 'queued' }
    await commands.send({
      type: 'requisition.mark_read',
      aggregateId: id,
      expectedVersion: null,
      payload: { revision: 1 },
    })
    consoleStore.setState({ outbox: [entry({ type: 'requisition.mark_read' })] })
    expect(phases()).toEqual([])
  })
})
