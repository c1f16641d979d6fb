import { beforeEach, describe, expect, test } from 'vitest'
import type { OutboxEntry, SendResult } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { createBridge } from '../../../../renderer/services/bridge'
import { createCommands } from '../../../../renderer/services/commands'
import type { Commands } from '../../../../renderer/services/commands'
import { createConsoleStore } from '../../../../renderer/state/console'
import type { ConsoleStore } from '../../../../renderer/state/console'
import { parseChanges } from '../../../../renderer/state/parse-changes'
import { createReplica } from '../../../../renderer/state/replica'
import type { Replica } from '../../../../renderer/state/replica'
import { createSendsStore, isUnderway, pendingOf } from '../../../../renderer/state/sends'
import type { SendsStore } from '../../../../renderer/state/sends'
import { createFakeBridge } from '../../../fakes/bridge'
import { change, requisition, uuid } from '../../../fakes/desk/entities'

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
let replica: Replica
let sends: SendsStore
let consoleStore: ConsoleStore
let commands: Commands
let reports: unknown[]

beforeEach(() => {
  answer = { kind: 'unanswered' }
  reports = []
  const report = (error: unknown) => {
    reports.push(error)
    return 'REFERENCE'
  }
  const fake = createFakeBridge({
    answerCommand: () => {
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  replica = createReplica()
  sends = createSendsStore()
  consoleStore = createConsoleStore()
  consoleStore.setState({ connection: live })
  commands = createCommands(createBridge(fake.kontor, report), sends, replica, consoleStore, report)
  bump(1)
})

function bump(version: number): void {
  const value = requisition({ id, number: 'K-1', companyId: '1', contactId: 'K' })
  replica.apply(parseChanges([change('requisition', id, value, version)]))
}
const approve = () =>
  commands.send({
    type: 'requisition.approve',
    aggregateId: id,
    expectedVersion: 1,
    payload: { revision: 1, warehouses: {} },
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

describe('a command nobody answered', () => {
  test('has happened when the version moves on', async () => {
    await approve()
    expect(phases()).toEqual(['unanswered'])
    bump(2)
    expect(phases()).toEqual([])
  })

  test('has not when the desk is in step again and nothing has changed', async () => {
    await approve()
    consoleStore.setState({ connection: offline })
    expect(phases()).toEqual(['unanswered'])
    consoleStore.setState({ connection: live })
    expect(phases()).toEqual(['not_happened'])
  })

  test('is what a fault in the bridge comes to, and it is reported', async () => {
    answer = new Error('The process went away')
    await approve()
    expect(phases()).toEqual(['unanswered'])
    expect(reports).toHaveLength(1)
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
