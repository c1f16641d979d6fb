import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { Order } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { change } from '../../../fakes/desk/entities'
import { firstOrder, officeAnswer, officeSet, people } from '../../../fakes/desk/office'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

async function renderDates(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: officeSet(),
    answerQuery: officeAnswer,
    answerCommand: () => ({ kind: 'accepted', result: { state: 'placed' }, version: 2 }),
    ...options,
  })
  await rendered.user.keyboard('{Control>}2{/Control}j')
  return rendered
}
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const lineField = (article: string) => field(`Bekräftad, ${article}`)
const valve = 'Kulventil DN15 mässing'
const all = () => field('Samma datum för alla')
const sent = (rendered: Awaited<ReturnType<typeof renderDates>>) =>
  rendered.fake.commands().filter(({ type }) => type === 'order.confirm_dates')
/** The order as somebody else has left it. */
const by = (name: string, dates: Readonly<Record<string, string | null>>): Order => ({
  ...firstOrder,
  confirmation: {
    by: { kind: 'user', id: people.sara.id, name },
    at: '2026-11-23T13:04:40.000Z',
  },
  lines: firstOrder.lines.map((line) => ({
    ...line,
    confirmedDate: dates[line.id] ?? line.confirmedDate,
  })),
})
const articles = () =>
  screen
    .getAllByRole('textbox')
    .map((one) => one.getAttribute('aria-label'))
    .filter((label) => label?.startsWith('Bekräftad, '))

describe('typing the dates', () => {
  test('D opens them beside what was wanted and expected; one date for all, and Enter sends them', async () => {
    const rendered = await renderDates()
    const { user } = rendered
    await user.keyboard('d')
    await waitFor(() => expect(document.activeElement).toBe(all()))
    expect(screen.getAllByRole('columnheader').map(textOf)).toEqual([
      'Artikel',
      'Antal',
      'Önskad',
      'Beräknad',
      'Bekräftad',
    ])
    expect(articles()).toHaveLength(5)
    await user.keyboard('2026-12-0')
    expect(screen.getByText('Det är inget datum.')).toBeTruthy()
    // What is half a date is nobody's.
    expect(lineField(valve).value).toBe('')
    await user.keyboard('4')
    expect(lineField(valve).value).toBe('2026-12-04')
    await user.keyboard('{ArrowDown}')
    await user.keyboard('2026-11-30')
    await user.keyboard('{Enter}')
    await screen.findByText('Leveransdatumen för 100231 är sparade')
    expect(sent(rendered)).toMatchObject([
      {
        aggregateId: firstOrder.id,
        expectedVersion: 1,
        payload: {
          // The first says so already.
          lines: ['2', '3', '4', '5'].map((id) => ({ id, confirmedDate: '2026-12-04' })),
        },
      },
    ])
    expect(screen.queryByRole('textbox', { name: 'Samma datum för alla' })).toBeNull()
  })

  test('what cannot be is said at its field, and not sent', async () => {
    const rendered = await renderDates()
    const { user } = rendered
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-11-22')
    expect(lineField(valve).getAttribute('aria-invalid')).toBe('true')
    const said = document.getElementById(lineField(valve).getAttribute('aria-describedby') ?? '')
    expect(textOf(said)).toBe('Den dagen har redan varit.')
    await user.keyboard('{Enter}')
    expect(sent(rendered)).toEqual([])
    await waitFor(() => expect(document.activeElement).toBe(lineField(valve)))
    await user.clear(lineField(valve))
    await user.type(lineField(valve), '2026-02-30')
    expect(screen.getByText('Det är inget datum.')).toBeTruthy()
    await user.clear(lineField(valve))
    expect(screen.getByText('Inget är ändrat än.')).toBeTruthy()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(sent(rendered)).toEqual([])
  })

  test('a date is taken back by emptying its field', async () => {
    const rendered = await renderDates()
    const { user } = rendered
    await user.keyboard('d')
    const confirmed = screen
      .getAllByRole<HTMLInputElement>('textbox')
      .find(({ value }) => value === '2026-11-30')
    if (!confirmed) expect.fail('No line is confirmed.')
    await user.clear(confirmed)
    expect(screen.getByText('var 30 nov')).toBeTruthy()
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(sent(rendered)[0]?.payload).toEqual({ lines: [{ id: '1', confirmedDate: null }] }),
    )
  })

  test('Esc leaves at once where nothing is typed, asks where something is, and keeps it meanwhile', async () => {
    const { user } = await renderDates()
    await user.keyboard('d')
    await waitFor(() => expect(document.activeElement).toBe(all()))
    await user.keyboard('{Escape}')
    expect(articlesOrNone()).toEqual([])
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-12-04')
    await user.keyboard('{Escape}')
    expect(screen.getByText('Kasta datumen du har skrivit?')).toBeTruthy()
    expect(textOf(document.activeElement)).toBe('Fortsätt ändra')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(all()))
    // Another order is looked at, and this one again.
    await user.click(row('100228'))
    expect(articlesOrNone()).toEqual([])
    await user.click(row('100231'))
    expect(lineField(valve).value).toBe('2026-12-04')
    lineField(valve).focus()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Kasta' }))
    expect(articlesOrNone()).toEqual([])
  })
})
const articlesOrNone = () =>
  screen.queryAllByRole('textbox', { name: /^Bekräftad, / }).map((one) => one.ariaLabel)

describe('who and when', () => {
  test('is offered to who decides for the customer, while the order still goes on', async () => {
    const { user } = await renderDates({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: people.mona,
        remembered: true,
      },
    })
    expect(people.mona.roles).toEqual(['admin'])
    expect(screen.queryByRole('button', { name: /Bekräfta leveransdatum/ })).toBeNull()
    await user.keyboard('d')
    expect(articlesOrNone()).toEqual([])
  })

  test('is not offered for what is delivered', async () => {
    const { user } = await renderDates()
    expect(screen.getByRole('button', { name: /Bekräfta leveransdatum/ })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Avslutade' }))
    await user.keyboard('j')
    expect(screen.queryByRole('button', { name: /Bekräfta leveransdatum/ })).toBeNull()
  })

  test('that all are confirmed stands in the row, and by whom in the head', async () => {
    const { tell } = await renderDates()
    const value = by('Sara Ek', {
      2: '2026-12-04',
      3: '2026-12-07',
      4: '2026-12-14',
      5: '2026-12-14',
    })
    tell('replica.changes', [change('order', firstOrder.id, { ...value, state: 'confirmed' }, 2)])
    expect(textOf(row('100231'))).toContain('Bekräftad')
    const detail = screen.getByRole('region', { name: 'Order 100231' })
    expect(textOf(detail)).toContain('Bekräftade datum5 av 5 rader, Sara Ek')
  })
})

describe('when others or the line are in the way', () => {
  test('somebody else’s dates are shown, what was typed is kept, and goes out on theirs', async () => {
    const rendered = await renderDates()
    const { user, tell } = rendered
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-12-04')
    tell('replica.changes', [
      change('order', firstOrder.id, by('Sara Ek', { 2: '2026-12-02', 3: '2026-12-09' }), 2),
    ])
    const alert = await screen.findByRole('alert')
    expect(textOf(alert)).toContain('Sara Ek ändrade leveransdatum medan du skrev.')
    expect(lineField(valve).value).toBe('2026-12-04')
    expect(screen.getByText('Sara Ek: 2 dec')).toBeTruthy()
    expect(screen.getByText('Sara Ek: 9 dec')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(sent(rendered)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Fortsätt med mina' }))
    expect(screen.queryByRole('alert')).toBeNull()
    lineField(valve).focus()
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(sent(rendered)).toMatchObject([
        { expectedVersion: 2, payload: { lines: [{ id: '2', confirmedDate: '2026-12-04' }] } },
      ]),
    )
  })

  test('a refusal says who was first and keeps what was typed', async () => {
    const { user, tell } = await renderDates({
      answerCommand: () => ({
        kind: 'refused',
        error: refusal('stale_version', 'stale', {
          currentVersion: 2,
          madeBy: { kind: 'user', by: 'Sara Ek', at: '2026-11-23T13:04:40.000Z' },
        }),
      }),
    })
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-12-04{Enter}')
    expect(textOf(await screen.findByRole('alert'))).toContain('Sara Ek ändrade den')
    expect(lineField(valve).value).toBe('2026-12-04')
    tell('replica.changes', [change('order', firstOrder.id, by('Sara Ek', { 2: '2026-12-02' }), 2)])
    // Said once, with the way on.
    await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(1))
    expect(screen.getByRole('button', { name: 'Fortsätt med mina' })).toBeTruthy()
  })

  test('an order that ends meanwhile says so, and nothing more is sent of it', async () => {
    const rendered = await renderDates()
    const { user, tell } = rendered
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-12-04')
    tell('replica.changes', [
      change('order', firstOrder.id, { ...firstOrder, state: 'cancelled' }, 2),
    ])
    expect(textOf(await screen.findByRole('alert'))).toContain('Ordern är nu: Annullerad')
    lineField(valve).focus()
    await user.keyboard('{Enter}')
    expect(sent(rendered)).toEqual([])
  })

  test('offline they wait in the outbox, and a second time is not begun meanwhile', async () => {
    const { user } = await renderDates({ answerCommand: () => ({ kind: 'queued' }) })
    await user.keyboard('d')
    await user.type(lineField(valve), '2026-12-04{Enter}')
    expect(await screen.findByText(/väntar på kontakt och skickas av sig själva/)).toBeTruthy()
    expect(articlesOrNone()).toEqual([])
    await act(() => user.keyboard('d'))
    expect(articlesOrNone()).toEqual([])
    expect(screen.getByText('Dina förra datum är inte framme än.')).toBeTruthy()
  })
})
