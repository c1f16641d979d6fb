import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { CommandPayload } from '../../../../contract/commands'
import type { EntityOf, Requisition } from '../../../../contract/entities'
import { SIGHT_MILLISECONDS } from '../../../../renderer/state/decision-guard'
import type { FakeBridge } from '../../../fakes/bridge'
import { change, uuid } from '../../../fakes/desk/entities'
import { answerRevalidation, figuresChanged, type Become } from '../../../fakes/desk/revalidation'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const [bend, valve] = first.lines as [Requisition['lines'][number], Requisition['lines'][number]]
const become: Readonly<Record<string, Become>> = {
  [bend.id]: { price: 19.9, margin: { proposed: 312_000, kept: 254_000 } },
  [valve.id]: { promised: { kind: 'promised', warehouseId: 'GBG', date: '2026-12-18' } },
}
/** The gateway answers every other question with nothing. */
const answerQuery = (query: Parameters<typeof answerRevalidation>[0]) =>
  answerRevalidation(query, become) ?? {
    ok: false as const,
    error: { code: 'unavailable' as const, message: 'No.', details: {} },
  }
const approvals = (fake: FakeBridge) =>
  fake
    .commands()
    .filter(({ type }) => type === 'requisition.approve')
    .map(({ payload }) => payload as CommandPayload<'requisition.approve'>)
const detail = () => screen.getByRole('region', { name: /^K-\d+$/ })
const summary = () => screen.findByText(/har ändrats sedan förslaget kom in/)

test('a line tells what has changed since it was proposed; one key goes from change to change', async () => {
  const { user, reports } = await renderDesk({ answerQuery })
  await user.keyboard('j')
  // What the customer saw of the second was another price already when it came in.
  expect(textOf(await summary())).toContain('2 priser, 1 leveransdatum och 1 marginal')
  const text = textOf(detail())
  expect(text).toContain('pris +8,2 % sedan kunden såg det, nu 19,90')
  expect(text).toContain('marginal 25,4 %, var 31,2 %')
  expect(text).toContain('leverans omgående, var 18 dec när förslaget kom in')
  await user.keyboard('d')
  await waitFor(() => expect(textOf(document.activeElement)).toBe('Ta dagens pris 19,90'))
  await user.keyboard('d')
  await waitFor(() =>
    expect(document.activeElement?.closest('[data-change]')).toHaveProperty(
      'dataset.change',
      valve.id,
    ),
  )
  await user.keyboard('d')
  await waitFor(() => expect(textOf(document.activeElement)).toBe('Ta dagens pris 19,90'))
  expect(reports).toEqual([])
})

test('a line says what is held for others, by whom and until when, and of what where that may be seen', async () => {
  const held = {
    warehouseId: 'STO',
    quantity: 4_000,
    by: 'Lars Ek',
    requisition: { id: uuid(2), number: 'K-1042' },
    until: '2026-11-23T13:07:30.000Z',
  }
  const others = { ...held, warehouseId: 'GBG', by: 'Eva Å', requisition: null }
  const { user } = await renderDesk({
    answerQuery: (query) =>
      answerRevalidation(query, { [bend.id]: { held: [held, others] } }) ?? answerQuery(query),
  })
  await user.keyboard('j')
  const row = () =>
    within(detail())
      .getAllByRole('row')
      .find((one) => textOf(one).includes('Rörböj'))
  await waitFor(() =>
    expect(textOf(row() ?? null)).toMatch(
      /4.st i Stockholm hålls för K-1042 av Lars Ek till 14:07/,
    ),
  )
  expect(textOf(row() ?? null)).toMatch(/4.st i Göteborg hålls av Eva Å till 14:07/)
})

test('a price of now is taken for a line, with sums to match, and kept again', async () => {
  const { user, fake, desk } = await renderDesk({ answerQuery })
  await user.keyboard('j')
  await summary()
  const total = () => textOf(detail().parentElement?.parentElement?.querySelector('footer') ?? null)
  const before = total()
  await user.click(await screen.findByRole('button', { name: 'Ta dagens pris 19,90' }))
  const dearer = Math.round((19.9 - 18.4) * 100) * (bend.quantity / 1_000)
  expect(total()).not.toBe(before)
  await user.click(screen.getByRole('button', { name: /^Behåll 18,40$/ }))
  expect(total()).toBe(before)
  await user.click(screen.getByRole('button', { name: 'Ta dagens pris 19,90' }))
  await user.keyboard('a')
  await waitFor(() => expect(approvals(fake)).toHaveLength(1))
  const [sent] = approvals(fake)
  expect(sent).toMatchObject({
    refresh: [bend.id],
    seen: { net: first.totals.net + dearer },
  })
  expect(sent?.seen.lines[bend.id]).toMatchObject({ price: { amount: 19_900_000 } })
  expect(desk.warehouseChoices.refreshed(first)).toEqual([bend.id])
})

test('an approval that came back says what has changed where it stands, and the next goes on the new figures', async () => {
  let isFirst = true
  const { user, fake, desk } = await renderDesk({
    answerQuery,
    answerCommand: (command) => {
      if (command.type !== 'requisition.approve' || !isFirst) return { kind: 'unanswered' }
      isFirst = false
      return figuresChanged(command, valve.id)
    },
  })
  await user.keyboard('j')
  await summary()
  const focused = document.activeElement
  await user.keyboard('a')
  const alert = await screen.findByRole('alert')
  expect(textOf(alert)).toContain('Inget godkändes: det du såg stämmer inte längre.')
  expect(textOf(alert)).toContain('Tryck A för att godkänna på de nya uppgifterna.')
  expect(document.activeElement).toBe(focused)
  const row = within(detail())
    .getAllByRole('row')
    .find((one) => textOf(one).includes('Kulventil'))
  expect(textOf(row ?? null)).toMatch(/dagens pris var 63,63 när du tryckte, nu 71,00/)
  expect(textOf(row ?? null)).toMatch(/när du tryckte, nu 18 dec\.? från Göteborg/)

  // The second of a double press does not count: nobody has read it yet.
  await user.keyboard('a')
  expect(approvals(fake)).toHaveLength(1)
  await waitFor(() => expect(desk.decisionGuard.store.getState().isHeld).toBe(false), {
    timeout: 10 * SIGHT_MILLISECONDS,
  })
  await user.keyboard('a')
  await waitFor(() => expect(approvals(fake)).toHaveLength(2))
  expect(approvals(fake)[1]?.seen.lines[valve.id]).toMatchObject({
    resolved: { amount: 71_000_000 },
    delivery: { kind: 'promised', date: '2026-12-18' },
  })
})

test('without contact the prices are said to be those of before, and what is as it was says nothing', async () => {
  const { user, tell } = await renderDesk({
    answerQuery: (query) => answerRevalidation(query) ?? answerQuery(query),
  })
  await user.keyboard('jj')
  await waitFor(() => expect(textOf(detail())).toContain('Bergvalla'))
  expect(screen.queryByText(/har ändrats sedan/)).toBeNull()
  tell('connection.changed', {
    kind: 'offline',
    since: '2026-11-23T13:05:00.000Z',
    lastInStep: '2026-11-23T13:05:00.000Z',
    nextTryAt: null,
    reason: 'unreachable',
  })
  await screen.findByText(
    /(Utan kontakt visas dagens priser som de var|Dagens priser kan inte hämtas utan kontakt)/,
  )
})

test('a figure that comes by itself counts as seen, and the gateway’s older one no longer', async () => {
  let commands = 0
  const { user, fake, desk, tell } = await renderDesk({
    answerQuery,
    answerCommand: (command) => {
      if (command.type !== 'requisition.approve') return { kind: 'unanswered' }
      commands += 1
      return {
        kind: 'refused',
        error: {
          code: 'figures_changed',
          message: '',
          details: { document: [{ what: 'status', seen: 'active', now: 'on_hold' }], lines: [] },
        },
      }
    },
  })
  await user.keyboard('j')
  await summary()
  await user.keyboard('a')
  await screen.findByRole('alert')
  await waitFor(() => expect(desk.decisionGuard.store.getState().isHeld).toBe(false), {
    timeout: 10 * SIGHT_MILLISECONDS,
  })
  const held = workingSet().find(({ id }) => id === first.companyId)?.value as EntityOf<'company'>
  tell('replica.changes', [change('company', first.companyId, { ...held, status: 'active' }, 9)])
  await user.keyboard('a')
  await waitFor(() => expect(commands).toBe(2))
  expect(approvals(fake).map(({ seen }) => seen.status)).toEqual(['active', 'on_hold'])
})
