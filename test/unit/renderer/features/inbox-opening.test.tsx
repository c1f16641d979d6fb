import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { selectedId } from '../../../../renderer/features/inbox/selection'
import { change, uuid } from '../../../fakes/desk/entities'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk } from '../../../support/renderer/render-desk'

const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const detail = () => screen.queryByRole('region', { name: first.number })
const approve = () => screen.queryByRole('button', { name: /^Godkänn/ })

test('a requisition told in brief is fetched when it is opened, and those beside it', async () => {
  const { user, fake } = await renderDesk({ inBrief: true })
  await user.keyboard('j')
  await waitFor(() => expect(detail()).not.toBeNull())
  const asked = fake.asked.filter(({ name }) => name === 'replica.requisition')
  expect(asked[0]?.argument).toEqual({ id: uuid(1) })
  expect(asked.length).toBe(2)
})

test('until it has come Enter stays on it and nothing can be decided', async () => {
  const { desk, user, fake } = await renderDesk({
    inBrief: true,
    answers: { 'replica.requisition': () => new Promise(() => undefined) },
  })
  await user.keyboard('j')
  await user.keyboard('{Enter}')
  expect(selectedId(desk)).toBe(uuid(1))
  await user.keyboard('a')
  expect(fake.commands()).toEqual([])
  expect(detail()).toBeNull()
})

test('one that cannot be read says so, and is asked for again when it is opened again', async () => {
  const { user, fake } = await renderDesk({
    inBrief: true,
    answers: { 'replica.requisition': () => null },
  })
  await user.keyboard('j')
  expect(await screen.findByText('Allt om den här är inte att läsa just nu')).toBeTruthy()
  const asked = () =>
    fake.asked.filter(
      ({ name, argument }) =>
        name === 'replica.requisition' && (argument as { id: string }).id === uuid(1),
    ).length
  const before = asked()
  await user.keyboard('jk')
  expect(asked()).toBeGreaterThan(before)
})

test('while a newer version is on its way the one before it stays, and no press counts for both', async () => {
  let isHeldBack = false
  const { user, tell, fake } = await renderDesk({
    inBrief: true,
    answers: {
      'replica.requisition': (argument) => {
        const { id } = argument as { readonly id: string }
        const value = id === uuid(1) ? first : workingSet().find((one) => one.id === id)?.value
        if (isHeldBack) return new Promise(() => undefined)
        return { version: 1, text: JSON.stringify(value) }
      },
    },
  })
  await user.keyboard('j')
  await waitFor(() => expect(detail()).not.toBeNull())
  isHeldBack = true
  tell('replica.changes', [change('requisition', uuid(1), { ...first, revision: 2 }, 2)])
  expect(detail()).not.toBeNull()
  expect((approve() as HTMLButtonElement | null)?.disabled).toBe(true)
  await user.keyboard('a')
  expect(fake.commands().filter(({ type }) => type === 'requisition.approve')).toEqual([])
})
