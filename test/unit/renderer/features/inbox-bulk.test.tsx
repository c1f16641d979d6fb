import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { SendResult } from '../../../../contract/console'
import type { CommandEnvelope } from '../../../../contract/commands'
import type { Requisition } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge } from '../../../fakes/bridge'
import { change, user as makeUser, uuid } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'
import { asksCustomer, erikIsThere, inSteps } from '../../../fakes/desk/steps'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

const karin = { kind: 'user', id: makeUser().id, name: 'Karin Åberg' } as const
const erik = { id: uuid(2, 9), name: 'Erik Dahl', at: '2026-11-23T13:00:00.000Z' }
const many = manyRequisitions(8)
const [first, second, third] = many

/** Nothing but these, so that a test counts what it has put there. */
function changesWith(requisitions: readonly Requisition[]) {
  return [
    ...workingSet().filter(({ kind }) => kind !== 'requisition'),
    erikIsThere,
    ...requisitions.map((value) => change('requisition', value.id, value)),
  ]
}

/** Orders and rejects as the gateway does, but for those that are refused. */
function gateway(refused: Readonly<Record<string, SendResult>> = {}) {
  let orders = 0
  return (command: CommandEnvelope, bridge: FakeBridge): SendResult => {
    const { aggregateId: id, type } = command
    if (type === 'requisition.mark_read') return { kind: 'accepted', result: {}, version: 1 }
    const no = refused[id]
    if (no) return no
    const current = many.find((one) => one.id === id) ?? many[0]
    if (!current) throw new Error('There is none.')
    const at = '2026-11-23T13:05:00.000Z'
    orders += 1
    const orderNumber = String(100_300 + orders)
    const outcome =
      type === 'requisition.approve'
        ? ({
            kind: 'ordered',
            orderId: uuid(orders, 5),
            orderNumber,
            by: karin,
            at,
            automatic: false,
          } as const)
        : ({ kind: 'rejected', reason: String(command.payload['reason']), by: karin, at } as const)
    const value = { ...current, state: outcome.kind, outcome } as Requisition
    bridge.tell('replica.changes', [change('requisition', id, value, 2)])
    return { kind: 'accepted', result: { orderId: uuid(orders, 5), orderNumber }, version: 2 }
  }
}

const decided = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => type !== 'requisition.mark_read')
const picked = () => screen.queryByRole('region', { name: 'Markerade' })
const results = () => document.querySelector('[data-results]')

describe('picking', () => {
  test('by the keyboard: one, a stretch, all, and none again', async () => {
    const { user, desk } = await renderDesk({ changes: changesWith(many) })
    await user.keyboard('jx')
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(desk.picked.store.getState().ids.size).toBe(3)
    expect(textOf(picked())).toContain('3 markerade')
    const marked = screen.getAllByRole('option', { checked: true })
    expect(marked).toHaveLength(3)
    // The one that is open stays one.
    expect(screen.getAllByRole('option', { selected: true })).toHaveLength(1)
    await user.keyboard('{Control>}a{/Control}')
    expect(desk.picked.store.getState().ids.size).toBe(8)
    await user.keyboard('{Escape}')
    expect(picked()).toBeNull()
    // Esc has not gone further than that.
    expect(screen.getAllByRole('option', { selected: true })).toHaveLength(1)
  })

  test('by the mouse: Ctrl picks one, Shift all up to it, and a plain press opens', async () => {
    const { user, desk } = await renderDesk({ changes: changesWith(many) })
    const rows = screen.getAllByRole('option')
    await user.keyboard('{Control>}')
    await user.click(rows[1] as HTMLElement)
    await user.keyboard('{/Control}{Shift>}')
    await user.click(rows[4] as HTMLElement)
    await user.keyboard('{/Shift}')
    expect(desk.picked.store.getState().ids.size).toBe(4)
    await user.click(rows[0] as HTMLElement)
    expect(desk.picked.store.getState().ids.size).toBe(4)
  })

  test('Ctrl A in the search picks out its text, and no rows', async () => {
    const { user, desk } = await renderDesk({ changes: changesWith(many) })
    await user.keyboard('/')
    await user.keyboard('{Control>}a{/Control}')
    expect(desk.picked.store.getState().ids.size).toBe(0)
  })

  test('the bar tells the sum, and of those that are not one’s own to decide why', async () => {
    if (!first || !second || !third) throw new Error('There are too few.')
    const decidedOne = {
      ...third,
      state: 'rejected',
      outcome: { kind: 'rejected', reason: 'Nej', by: karin, at: erik.at },
    } as const
    const { desk } = await renderDesk({
      changes: changesWith([
        { ...first, claimedBy: erik, state: 'in_review' },
        inSteps(second, ['erik', 'karin'], 0),
        decidedOne,
        ...many.slice(3),
      ]),
    })
    await act(async () => desk.picked.pick(many.map(({ id }) => id)))
    const bar = textOf(picked())
    expect(bar).toContain('8 markerade')
    expect(bar).toContain('5 är dina att avgöra')
    expect(bar).toContain('1 har Erik Dahl hand om')
    expect(bar).toContain('1 väntar på Erik Dahl')
    expect(bar).toContain('1 redan avgjorda')
  })
})

describe('approving together', () => {
  test('asks first, with what each becomes, and what cannot be decided named and why', async () => {
    if (!first) throw new Error('There is none.')
    const { user, fake } = await renderDesk({
      changes: changesWith([{ ...first, claimedBy: erik, state: 'in_review' }, ...many.slice(1)]),
      answerCommand: gateway(),
    })
    await user.keyboard('j{Control>}a{/Control}a')
    const dialog = await screen.findByRole('dialog', { name: 'Godkänn de markerade?' })
    await within(dialog).findByText('Erik Dahl har den. Ta över den först.')
    expect(textOf(dialog)).toContain('7 blir order')
    expect(textOf(dialog)).toContain('1 kan inte avgöras')
    expect(decided(fake)).toHaveLength(0)
    // By the keyboard alone: the answer is where the focus is.
    const answer = within(dialog).getByRole('button', { name: /^Godkänn 7/ })
    await waitFor(() => expect(document.activeElement).toBe(answer))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(decided(fake)).toHaveLength(7))
    expect(new Set(decided(fake).map(({ id }) => id)).size).toBe(7)
    expect(decided(fake).map(({ aggregateId }) => aggregateId)).not.toContain(first.id)
    expect(decided(fake).every(({ expectedVersion }) => expectedVersion === 1)).toBe(true)
    await waitFor(() => expect(results()?.getAttribute('data-results')).toBe('over'))
    expect(textOf(results())).toContain('7 av 8 klara')
    expect(textOf(results())).toContain('1 gick inte igenom')
    expect(textOf(results())).toContain(first.number)
  })

  test('leaves out what the customer approves: asked still, or at prices that were chosen otherwise', async () => {
    if (!first || !second || !third) throw new Error('There are too few.')
    const [asked, answered, waiting] = [first, second, third].map(asksCustomer)
    const said = (one: Requisition | undefined) =>
      ({
        ...one,
        state: 'in_review',
        steps: [
          {
            ...one?.steps?.[0],
            approvals: [{ by: { id: 'K9', name: 'Olle' }, at: erik.at, withinLimit: true }],
          },
          { tier: 2, by: { kind: 'approvers' }, because: [], approvals: [] },
        ],
      }) as Requisition
    const refresh = second.lines.slice(0, 1).map(({ id }) => id)
    const { user, fake, desk } = await renderDesk({
      changes: changesWith([
        asked as Requisition,
        { ...said(answered), choices: { warehouses: {}, refresh } },
        said(waiting),
        ...many.slice(3),
      ]),
      answerCommand: gateway(),
    })
    await act(async () => desk.picked.pick(many.map(({ id }) => id)))
    await user.keyboard('a')
    const dialog = await screen.findByRole('dialog', { name: 'Godkänn de markerade?' })
    await within(dialog).findByText(/någon hos kunden som får beställa/)
    await within(dialog).findByText(/Kunden godkänner de här priserna/)
    expect(textOf(dialog)).toContain('2 kan inte avgöras')
    await user.click(within(dialog).getByRole('button', { name: /^Godkänn 6/ }))
    await waitFor(() => expect(decided(fake)).toHaveLength(6))
    const sent = decided(fake).map(({ aggregateId }) => aggregateId)
    expect(sent).not.toContain(first.id)
    expect(sent).not.toContain(second.id)
    expect(sent).toContain(third.id)
  })

  test('tells of each what became of it, only the refused where that is wanted, and as text', async () => {
    if (!second || !third) throw new Error('There are too few.')
    const outcome = { kind: 'rejected', reason: 'Nej', by: { ...erik, kind: 'user' }, at: erik.at }
    const { user, fake } = await renderDesk({
      changes: changesWith(many),
      answerCommand: gateway({
        [second.id]: {
          kind: 'refused',
          error: refusal('already_decided', 'Too late', { outcome }),
        },
        [third.id]: { kind: 'refused', error: refusal('company_blocked', 'Blocked') },
      }),
    })
    await user.keyboard('j{Control>}a{/Control}a')
    await screen.findByRole('dialog', { name: 'Godkänn de markerade?' })
    await screen.findByRole('button', { name: /^Godkänn 8/ })
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(results()?.getAttribute('data-results')).toBe('over'))
    await user.click(screen.getByRole('switch', { name: 'Visa bara de som inte gick igenom' }))
    expect(textOf(results())).toContain(second.number)
    expect(textOf(results())).toContain('Erik Dahl')
    expect(textOf(results())).not.toContain('Order 1003')
    await user.click(screen.getByRole('button', { name: 'Kopiera som text' }))
    const copied = fake.asked.find(({ name }) => name === 'clipboard.writeText')?.argument
    const lines = (copied as { readonly text: string }).text.split('\n')
    expect(lines.map((line) => line.split('\t')[0])).toEqual([second.number, third.number])

    // They stay until they are closed, wherever one goes meanwhile.
    await user.click(screen.getAllByRole('option')[0] as HTMLElement)
    expect(results()).toBeNull()
    await user.keyboard('b')
    await waitFor(() => expect(textOf(results())).toContain(third.number))
    await user.click(screen.getByRole('button', { name: 'Stäng' }))
    expect(results()).toBeNull()
    expect(screen.queryByRole('region', { name: 'Så gick det' })).toBeNull()
  })

  test('without a line nothing is sent, nor kept to be sent later', async () => {
    const { user, fake, tell } = await renderDesk({ changes: changesWith(many) })
    await user.keyboard('j{Control>}a{/Control}')
    tell('connection.changed', {
      kind: 'offline',
      since: erik.at,
      lastInStep: null,
      nextTryAt: null,
      reason: 'unreachable',
    })
    await user.keyboard('a')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(decided(fake)).toHaveLength(0)
  })

  test('one that nobody answers is asked about under its own id, and is told as not known meanwhile', async () => {
    if (!second) throw new Error('There is none.')
    let isAnswered = false
    const answers = gateway()
    const { user, fake } = await renderDesk({
      changes: changesWith(many.slice(0, 2)),
      answerCommand: (command, bridge) =>
        command.aggregateId === second.id && !isAnswered && command.type === 'requisition.approve'
          ? { kind: 'unanswered' }
          : answers(command, bridge),
    })
    await user.keyboard('j{Control>}a{/Control}a')
    await screen.findByRole('button', { name: /^Godkänn 2/ })
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(textOf(results())).toContain('inget svar'))
    isAnswered = true
    await waitFor(() => expect(textOf(results())).not.toContain('inget svar'), { timeout: 8_000 })
    const sent = decided(fake).filter(({ aggregateId }) => aggregateId === second.id)
    expect(sent.length).toBeGreaterThan(1)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  })
})

describe('rejecting together', () => {
  test('wants a reason, which all are rejected with', async () => {
    const { user, fake } = await renderDesk({
      changes: changesWith(many),
      answerCommand: gateway(),
    })
    await user.keyboard('j{Control>}a{/Control}r')
    await screen.findByRole('dialog', { name: 'Avslå de markerade?' })
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText(/Skriv något först/)).toBeTruthy()
    expect(decided(fake)).toHaveLength(0)
    await user.type(screen.getByLabelText('Skäl', { selector: 'textarea' }), 'Utgått.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(decided(fake)).toHaveLength(8))
    expect(decided(fake).every(({ payload }) => payload['reason'] === 'Utgått.')).toBe(true)
  })

  test('or each with its own', async () => {
    const { user, fake } = await renderDesk({
      changes: changesWith(many.slice(0, 2)),
      answerCommand: gateway(),
    })
    await user.keyboard('j{Control>}a{/Control}r')
    await screen.findByRole('dialog', { name: 'Avslå de markerade?' })
    await user.click(screen.getByRole('radio', { name: 'Ett skäl för varje' }))
    const [one, other] = screen.getAllByRole('textbox', { name: /^M-/ })
    await user.type(one as HTMLElement, 'Det ena')
    await user.type(other as HTMLElement, 'Det andra')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(decided(fake)).toHaveLength(2))
    expect(decided(fake).map(({ payload }) => payload['reason'])).toEqual(['Det ena', 'Det andra'])
  })
})
