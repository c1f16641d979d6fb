import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { SendResult } from '../../../../contract/console'
import type { Requisition } from '../../../../contract/entities'
import {
  SECOND_PRESS_MILLISECONDS,
  SIGHT_MILLISECONDS,
} from '../../../../renderer/state/decision-guard'
import type { FakeBridge } from '../../../fakes/bridge'
import { change, company, user as makeUser, uuid } from '../../../fakes/desk/entities'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const HINT = /Vänta – ett nytt förslag har öppnats/

function requisitionOf(id: string): Requisition {
  return workingSet().find((one) => one.id === id)?.value as Requisition
}

/** Answers at once, the change first: the next document comes up within the same moment. */
function accepting({ type, aggregateId }: CommandEnvelope, bridge: FakeBridge): SendResult {
  if (type === 'requisition.mark_read') return { kind: 'accepted', result: {}, version: 1 }
  const decided = {
    ...requisitionOf(aggregateId),
    state: 'ordered',
    outcome: {
      kind: 'ordered',
      orderId: uuid(9, 5),
      orderNumber: '100232',
      by: { kind: 'user', id: makeUser().id, name: 'Karin Åberg' },
      at: '2026-11-23T13:04:50.000Z',
      automatic: false,
    },
  } as const satisfies Requisition
  bridge.tell('replica.changes', [change('requisition', aggregateId, decided, 2)])
  return { kind: 'accepted', result: { orderId: uuid(9, 5), orderNumber: '100232' }, version: 2 }
}

const decisions = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => type !== 'requisition.mark_read')
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const press = (key: string, repeat = false) =>
  act(async () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key, repeat })
    await vi.advanceTimersByTimeAsync(5)
  })
const approve = () => screen.getByRole('button', { name: 'Godkänn till order' })
const selected = () =>
  textOf(
    screen.getAllByRole('option').find((one) => one.getAttribute('aria-selected') === 'true') ??
      null,
  )

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
})

test('a letter for what is about to lie over the window decides nothing under it', async () => {
  const { fake } = await renderDesk({ answerCommand: accepting })
  await press('j')
  await act(async () => {
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
    // Before the palette has come and taken the focus.
    fireEvent.keyDown(document.body, { key: 'a' })
    await vi.advanceTimersByTimeAsync(5)
  })
  fireEvent.keyDown(document.body, { key: 'a' })
  await pass(50)
  expect(decisions(fake)).toEqual([])
})

test('that something is on its way is told no longer than it is', async () => {
  let answer: (result: SendResult) => void = () => undefined
  const { desk, fake } = await renderDesk({
    answerCommand: (command, bridge) =>
      command.type === 'requisition.approve'
        ? new Promise((resolve) => (answer = () => resolve(accepting(command, bridge))))
        : accepting(command, bridge),
  })
  const told = () => desk.toasts.store.getState().toasts.map(({ key }) => key)
  await press('j')
  await press('a')
  await press('a')
  await press('r')
  expect(told()).toEqual(['requisition.approve', 'requisition.reject'])
  await act(async () => answer({ kind: 'unanswered' }))
  await waitFor(() => expect(told()).toEqual([undefined]))
  expect(decisions(fake)).toHaveLength(1)
})

describe('a key that is kept down', () => {
  test('approves once, and only once', async () => {
    const { fake } = await renderDesk({ answerCommand: accepting })
    await press('j')
    await press('a')
    await waitFor(() => expect(selected()).toContain('Bergvalla'))
    for (let time = 0; time < 40; time += 1) {
      await press('a', true)
      await pass(30)
    }
    expect(decisions(fake)).toHaveLength(1)
    expect(selected()).toContain('Bergvalla')
  })

  test('writes nothing in the field that it opened', async () => {
    await renderDesk()
    await press('j')
    await press('r')
    const field = screen.getByRole('textbox', { name: 'Skäl' })
    expect(document.activeElement).toBe(field)
    // Not prevented, it would be typed.
    expect(fireEvent.keyDown(field, { key: 'r', repeat: true })).toBe(false)
    expect(fireEvent.keyDown(field, { key: 'r' })).toBe(true)
    expect(fireEvent.keyDown(field, { key: 'r', repeat: true })).toBe(true)
  })

  test('moves through the list as long as it is kept down', async () => {
    await renderDesk()
    await press('j')
    await press('j', true)
    await press('j', true)
    expect(selected()).toContain('Nordkust')
  })
})

describe('what comes up by itself', () => {
  test('is not decided by presses that were meant for the one before', async () => {
    const { fake } = await renderDesk({ answerCommand: accepting })
    await press('j')
    await press('a')
    await waitFor(() => expect(selected()).toContain('Bergvalla'))
    for (const key of ['a', 'r', 'c', 'e', 't']) {
      await press(key)
      await pass(30)
    }
    expect(decisions(fake)).toHaveLength(1)
    expect(screen.queryByRole('textbox', { name: 'Skäl' })).toBeNull()
    expect(screen.getByText(HINT).closest('[role=status]')).toBeTruthy()
    // None of them waits to be done.
    await pass(SIGHT_MILLISECONDS)
    expect(decisions(fake)).toHaveLength(1)
    expect(selected()).toContain('Bergvalla')
  })

  test('can be decided once it has been in sight, and shows when', async () => {
    const { fake } = await renderDesk({ answerCommand: accepting })
    await press('j')
    await press('a')
    await waitFor(() => expect(selected()).toContain('Bergvalla'))
    const foot = () => approve().closest('[data-decision]')?.getAttribute('data-decision')
    expect(foot()).toBe('held')
    await press('a')
    await pass(SIGHT_MILLISECONDS + 50)
    expect(foot()).toBe('ready')
    await press('a')
    expect(decisions(fake)).toHaveLength(2)
  })

  test('is not decided by the second half of a double click', async () => {
    const { fake } = await renderDesk({ answerCommand: accepting })
    await press('j')
    fireEvent.click(approve())
    await waitFor(() => expect(selected()).toContain('Bergvalla'))
    await act(async () => {
      fireEvent.click(approve())
      await vi.advanceTimersByTimeAsync(5)
    })
    expect(decisions(fake)).toHaveLength(1)
  })

  test('is guarded also when it is another version of the same', async () => {
    const { fake, tell } = await renderDesk({ answerCommand: accepting })
    await press('j')
    tell('replica.changes', [
      change('requisition', uuid(1), { ...requisitionOf(uuid(1)), revision: 2 }, 2),
    ])
    await press('a')
    expect(decisions(fake)).toEqual([])
    await pass(SIGHT_MILLISECONDS + 50)
    await press('a')
    expect(decisions(fake)).toMatchObject([{ payload: { revision: 2 } }])
  })

  test('is free at once when somebody goes there', async () => {
    const { fake } = await renderDesk({ answerCommand: accepting })
    await press('j')
    await press('a')
    await waitFor(() => expect(selected()).toContain('Bergvalla'))
    await press('j')
    expect(selected()).toContain('Nordkust')
    await press('a')
    expect(decisions(fake)).toHaveLength(2)
  })
})

describe('a customer with something against it', () => {
  const held = company({
    id: '10231',
    name: 'Ahlbergs Rör AB',
    status: 'on_hold',
    statusReason: 'två förfallna fakturor',
  })
  const open = async () => {
    const desk = await renderDesk({ answerCommand: accepting })
    desk.tell('replica.changes', [change('company', '10231', held, 2)])
    await press('j')
    return desk
  }

  test('is approved by a second press, after the first has shown what it is', async () => {
    const { fake } = await open()
    await press('a')
    expect(decisions(fake)).toEqual([])
    expect(textOf(screen.getByRole('alert'))).toBe(
      'Kunden är stoppad: två förfallna fakturor. Tryck A igen för att godkänna ändå, Esc för att låta bli.',
    )
    expect(screen.getByRole('button', { name: 'Godkänn ändå' })).toBeTruthy()
    // Too soon, and kept down.
    await press('a')
    for (let time = 0; time < 30; time += 1) {
      await press('a', true)
      await pass(30)
    }
    expect(decisions(fake)).toEqual([])
    await pass(SECOND_PRESS_MILLISECONDS)
    await press('a')
    expect(decisions(fake)).toMatchObject([
      { type: 'requisition.approve', aggregateId: uuid(1), expectedVersion: 1 },
    ])
  })

  test('is asked about anew after Esc, and after going to another row', async () => {
    const { fake } = await open()
    for (const leave of [['Escape'], ['j', 'k']]) {
      await press('a')
      expect(screen.getByRole('alert')).toBeTruthy()
      await pass(SECOND_PRESS_MILLISECONDS + 50)
      for (const key of leave) await press(key)
      expect(screen.queryByRole('alert')).toBeNull()
      expect(selected()).toContain('45')
    }
    await press('a')
    expect(decisions(fake)).toEqual([])
  })

  test('is asked about when the order would go over its credit', async () => {
    const { fake, tell } = await renderDesk({ answerCommand: accepting })
    const poor = company({ id: '10231', name: 'Ahlbergs Rör AB', exposure: 29_000_000 })
    tell('replica.changes', [change('company', '10231', poor, 2)])
    await press('j')
    await press('a')
    expect(decisions(fake)).toEqual([])
    expect(textOf(screen.getByRole('alert'))).toContain(
      'Kreditgränsen 300 000 kr räcker inte: 290 000 är utnyttjat och det här är 56 84',
    )
  })

  test('says which button when single keys are off', async () => {
    const { user, tell } = await renderDesk({ settings: { singleKeys: false } })
    tell('replica.changes', [change('company', '10231', held, 2)])
    await user.click(row('45 476,20'))
    fireEvent.click(approve())
    expect(textOf(screen.getByRole('alert'))).toContain('Tryck på knappen igen')
  })
})
