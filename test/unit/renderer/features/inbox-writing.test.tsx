import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DECISION_TEXT_LIMIT } from '../../../../contract/decision-text'
import type { Requisition } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge } from '../../../fakes/bridge'
import { change, uuid } from '../../../fakes/desk/entities'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const decisions = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => type !== 'requisition.mark_read')
const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const withdrawn = {
  ...first,
  state: 'withdrawn',
  outcome: {
    kind: 'withdrawn',
    reason: 'Beställde fel.',
    by: { kind: 'contact', id: 'K1', name: 'Anna Lind' },
    at: '2026-11-23T13:04:50.000Z',
  },
} as const satisfies Requisition
const SEND = '{Control>}{Enter}{/Control}'

describe.each([
  { key: 'r', label: 'Skäl', send: 'Avslå' },
  { key: 'c', label: 'Meddelande', send: 'Skicka tillbaka' },
])('what is written to the customer ($label)', ({ key, label, send }) => {
  const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: label })

  test('may not be longer than it can be sent: said at the field, and not sent', async () => {
    const { user, fake, desk } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard(key)
    await user.click(field())
    await user.paste('x'.repeat(DECISION_TEXT_LIMIT - 10))
    expect(screen.getByText('1 990 av 2 000 tecken')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
    await user.paste('y'.repeat(11))
    expect(textOf(screen.getByRole('alert'))).toContain('Högst 2 000 tecken')
    expect(screen.getByRole('button', { name: send }).hasAttribute('disabled')).toBe(true)
    await user.keyboard(SEND)
    await user.keyboard('aj')
    expect(decisions(fake)).toEqual([])
    expect(field().value.endsWith('aj')).toBe(true)
    expect(row('45 476,20').getAttribute('aria-selected')).toBe('true')
    expect(desk.toasts.store.getState().toasts).toEqual([])
  })

  test('says below the field that it is empty, once, and not in passing', async () => {
    const { user, fake, desk } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard(key)
    for (let time = 0; time < 3; time += 1) await user.keyboard(SEND)
    expect(textOf(screen.getByRole('alert'))).toBe('Skriv något först: kunden får läsa det.')
    expect(desk.toasts.store.getState().toasts).toEqual([])
    expect(decisions(fake)).toEqual([])
    expect(document.activeElement).toBe(field())
  })

  test('stays open with text and focus when it is refused, and can be sent again', async () => {
    const { user, fake } = await renderDesk({
      answerCommand: ({ type }) =>
        type === 'requisition.mark_read'
          ? { kind: 'accepted', result: {}, version: 1 }
          : { kind: 'refused', error: refusal('invalid', 'No', {}) },
    })
    await user.keyboard('j')
    await user.keyboard(key)
    await user.keyboard(`Nej${SEND}`)
    await screen.findByRole('alert')
    await user.keyboard(' tack')
    expect(field().value).toBe('Nej tack')
    await user.keyboard(SEND)
    expect(decisions(fake)).toHaveLength(2)
    expect(document.activeElement).toBe(field())
  })

  test('waits unchanged, with the focus, until it is answered', async () => {
    const { user, fake } = await renderDesk({ answerCommand: () => new Promise(() => undefined) })
    await user.keyboard('j')
    await user.keyboard(key)
    await user.keyboard(`Nej${SEND}`)
    expect(field().readOnly).toBe(true)
    expect(document.activeElement).toBe(field())
    await user.keyboard(`aj${SEND}`)
    expect(decisions(fake)).toHaveLength(1)
    expect(row('45 476,20').getAttribute('aria-selected')).toBe('true')
  })

  test.each([
    ['withdrawn', withdrawn],
    ['gone', null],
  ])('when its document is %s lets no key go to another', async (_, value) => {
    const { user, fake, tell } = await renderDesk()
    await user.keyboard('j')
    await user.keyboard(key)
    await user.keyboard('Nej')
    tell('replica.changes', [change('requisition', uuid(1), value, 2)])
    expect(textOf(screen.getByRole('alert'))).toContain('Det går inte längre att besluta')
    expect(document.activeElement).toBe(field())
    await user.keyboard(`ajae${SEND}`)
    expect(decisions(fake)).toEqual([])
    expect(field().value).toBe('Nej')
    await user.click(screen.getByRole('button', { name: 'Kopiera texten' }))
    expect(fake.asked.filter(({ name }) => name === 'clipboard.writeText')).toEqual([
      { name: 'clipboard.writeText', argument: { text: 'Nej' } },
    ])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('textbox', { name: label })).toBeNull())
  })
})

test('a key pressed outside the field decides nothing while a text is written', async () => {
  const { user, fake } = await renderDesk()
  await user.keyboard('j')
  await user.keyboard('r')
  screen.getByRole('region', { name: 'K-20418' }).focus()
  await user.keyboard('a')
  expect(decisions(fake)).toEqual([])
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Skäl' }))
})
