import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { FakeBridge } from '../../../fakes/bridge'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

const decisions = (fake: FakeBridge) =>
  fake.commands().filter(({ type }) => type !== 'requisition.mark_read')
const cell = (at: number, field: string) => {
  const found = document.querySelector<HTMLInputElement>(`[data-cell="${at} ${field}"]`)
  if (!found) throw new Error(`no cell ${at} ${field}`)
  return found
}

async function editing() {
  const desk = await renderDesk()
  await desk.user.keyboard('j')
  await desk.user.keyboard('e')
  await waitFor(() => expect(document.activeElement).toBe(cell(0, 'quantity')))
  return desk
}

test('cells are typed over from key to key, and only what was changed is sent', async () => {
  const { user, fake } = await editing()
  await user.keyboard('30{Tab}15{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(cell(1, 'price')))
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(decisions(fake)).toHaveLength(1))
  expect(decisions(fake)[0]).toMatchObject({
    type: 'requisition.edit',
    payload: {
      revision: 1,
      changes: {
        head: {},
        lines: [
          {
            kind: 'changed',
            quantity: 30_000,
            set: { amount: 15_000_000, basis: 'net', rebate: 0 },
          },
        ],
      },
    },
  })
})

test('what cannot be taken is said at its line, and not sent', async () => {
  const { user, fake } = await editing()
  await user.keyboard('tre{Control>}{Enter}{/Control}')
  expect(decisions(fake)).toEqual([])
  expect(cell(0, 'quantity').getAttribute('aria-invalid')).toBe('true')
  const problem = cell(0, 'quantity').getAttribute('aria-describedby') ?? ''
  expect(textOf(document.getElementById(problem)!)).not.toBe('')
})

test('leaving asks where something would be lost, and nothing decides meanwhile', async () => {
  const { user, fake, desk } = await editing()
  await user.keyboard('30{Escape}')
  expect(screen.getByRole('alert').textContent).toContain('Kasta ändringarna?')
  expect(document.activeElement?.textContent).toBe('Fortsätt ändra')
  ;(document.activeElement as HTMLElement).blur()
  await user.keyboard('a')
  expect(decisions(fake)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Kasta' }))
  expect(desk.edits.store.getState().drafts.size).toBe(0)
  await user.keyboard('e')
  await waitFor(() => expect(cell(0, 'quantity').value).toBe('120'))
  await user.keyboard('{Escape}')
  expect(desk.edits.store.getState().drafts.size).toBe(0)
})

test('the message that sends it back takes the changes along, unless that is switched off', async () => {
  const { user, fake } = await editing()
  await user.keyboard('30{Control>}{Shift>}{Enter}{/Shift}{/Control}')
  await user.keyboard('Så här i stället')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(decisions(fake)).toHaveLength(1))
  expect(decisions(fake)[0]).toMatchObject({
    type: 'requisition.return',
    payload: { message: 'Så här i stället', proposal: { lines: [{ quantity: 30_000 }] } },
  })
})
