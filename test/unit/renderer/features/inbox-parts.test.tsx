import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { SendResult } from '../../../../contract/console'
import type { CommandEnvelope, CommandPayload } from '../../../../contract/commands'
import type { Requisition } from '../../../../contract/entities'
import type { FakeBridge } from '../../../fakes/bridge'
import { user as makeUser, uuid } from '../../../fakes/desk/entities'
import { inTwo, splitTold } from '../../../fakes/desk/parts'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const [one, two, ...others] = first.lines.map(({ id }) => id) as [string, string, ...string[]]
const count = first.lines.length

/** Splits and approves as the gateway does. */
function answerCommand(command: CommandEnvelope, bridge: FakeBridge): SendResult {
  const lines = command.payload['lines'] as readonly string[] | undefined
  if (!lines) return { kind: 'accepted', result: {}, version: 1 }
  const parts = inTwo(first, lines)
  const [, { id, number }] = parts
  const rest = { id, number }
  if (command.type === 'requisition.split') {
    bridge.tell('replica.changes', [...splitTold(parts)])
    return { kind: 'accepted', result: { revision: 2, rest }, version: 3 }
  }
  const orderId = uuid(9, 5)
  const outcome = {
    kind: 'ordered',
    orderId,
    orderNumber: '100232',
    by: { kind: 'user', id: makeUser().id, name: 'Karin Åberg' },
    at: '2026-11-23T13:04:50.000Z',
    automatic: false,
  } as const
  bridge.tell('replica.changes', [...splitTold(parts, { state: 'ordered', outcome })])
  return { kind: 'accepted', result: { orderId, orderNumber: '100232', rest }, version: 3 }
}
const sent = (fake: FakeBridge, type: string) =>
  fake
    .commands()
    .filter((command) => command.type === type)
    .map(({ payload }) => payload)
const detail = () => screen.getByRole('region', { name: /^K-\d+$/ })
const foot = () => textOf(document.querySelector('footer[data-foot]'))
const focusedMark = () => (document.activeElement as HTMLElement | null)?.dataset['mark']

test('lines are marked by the keyboard alone, the bar says what becomes of them, and Escape lets go', async () => {
  const { user, reports } = await renderDesk({ answerCommand })
  await user.keyboard('j')
  const whole = foot()
  expect(whole).toContain('Godkänn till order')
  await user.keyboard('l')
  expect(focusedMark()).toBe(one)
  await user.keyboard('x')
  await user.keyboard('{ArrowDown}')
  expect(focusedMark()).toBe(two)
  await user.keyboard(' ')
  const marks = screen.getAllByRole('checkbox')
  expect(marks.map((mark) => mark.getAttribute('aria-checked'))).toEqual(
    first.lines.map(({ id }) => String(id === one || id === two)),
  )
  expect(foot()).toMatch(new RegExp(`Godkänn 2 av ${count} rader · [\\d ,]+ kr`))
  expect(foot()).toContain(`De andra ${others.length} raderna väntar för sig i inkorgen.`)
  // The list has nothing of it: the letters meant the lines.
  expect(screen.queryAllByRole('option', { checked: true })).toHaveLength(0)
  await user.keyboard('{Escape}')
  expect(foot()).toBe(whole)
  expect(detail()).toBeTruthy()
  expect(reports).toEqual([])
})

test('all of them marked is the whole', async () => {
  const { user, desk } = await renderDesk({ answerCommand })
  await user.keyboard('j')
  for (const { id } of first.lines) desk.markedLines.toggle(first, id)
  await waitFor(() =>
    expect(screen.getAllByRole('checkbox', { checked: true })).toHaveLength(count),
  )
  expect(foot()).toContain('Godkänn till order')
})

test('what is marked is approved on its own figures, and the rest opens from there and back', async () => {
  const { user, fake } = await renderDesk({ answerCommand })
  await user.keyboard('j')
  await user.keyboard('lx')
  await user.keyboard('a')
  const [stay, rest] = inTwo(first, [one])
  await waitFor(() => expect(sent(fake, 'requisition.approve')).toHaveLength(1))
  const [approval] = sent(fake, 'requisition.approve') as CommandPayload<'requisition.approve'>[]
  expect(approval).toMatchObject({ revision: 1, lines: [one], seen: { net: stay.totals.net } })
  expect(Object.keys(approval?.seen.lines ?? {})).toEqual([one])
  await screen.findByText(/Order 100232 till Ahlbergs Rör AB, resten väntar som K-20900/)
  expect(textOf(detail())).toContain('Resten är K-20900 · Att besluta')
  expect(textOf(row(`resten av ${first.number}`))).toContain('Ahlbergs Rör AB')
  await user.keyboard('p')
  await waitFor(() => expect(detail().getAttribute('aria-label')).toBe('K-20900'))
  expect(textOf(detail())).toContain(`Resten av ${first.number} · Order`)
  expect(textOf(detail())).toContain(
    'Gränser och regler ser till helheten: 45 476,20 kr utan moms.',
  )
  expect(rest.lines).toHaveLength(count - 1)
  await user.keyboard('p')
  await waitFor(() => expect(detail().getAttribute('aria-label')).toBe(first.number))
})

test('a split alone orders nothing, and nothing else is decided on while lines are marked', async () => {
  const { user, fake } = await renderDesk({ answerCommand })
  await user.keyboard('j')
  await user.keyboard('lx')
  await user.keyboard('r')
  expect(screen.queryByRole('textbox', { name: 'Skäl' })).toBeNull()
  await screen.findByText(/Bara vissa rader är markerade/)
  await user.keyboard('s')
  await waitFor(() =>
    expect(sent(fake, 'requisition.split')).toEqual([{ revision: 1, lines: [one] }]),
  )
  await screen.findByText(`${first.number} är delad: resten är K-20900`)
  expect(sent(fake, 'requisition.approve')).toEqual([])
  expect(textOf(detail())).toContain('Resten är K-20900')
  expect(screen.queryAllByRole('checkbox', { checked: true })).toHaveLength(0)
})

test('a limit that the whole goes beyond stands for each part', async () => {
  const user = makeUser({ approvalLimit: 4_000_000 })
  const { user: person } = await renderDesk({
    answerCommand,
    changes: workingSet().map((one) =>
      one.kind === 'user' && one.id === user.id ? { ...one, value: user } : one,
    ),
    session: {
      kind: 'signed_in',
      gateway: 'https://kontor.example.se',
      demo: false,
      user,
      remembered: true,
    },
  })
  await person.click(row('45 476,20'))
  await person.keyboard('lx')
  await screen.findByText(/Totalen 45 476,20 kr är över din gräns 40 000,00 kr/)
  expect(screen.getByRole('button', { name: /^Godkänn 1 av/ }).hasAttribute('disabled')).toBe(true)
  expect(screen.getByRole('button', { name: 'Dela av resten' }).hasAttribute('disabled')).toBe(
    false,
  )
})
