import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { EntityOf } from '../../../../contract/entities'
import { refusal } from '../../../../contract/errors'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { change } from '../../../fakes/desk/entities'
import { people } from '../../../fakes/desk/office'
import {
  counteredQuote,
  draftQuote,
  quoteAnswer,
  quoteSet,
  readyQuote,
  reviewedQuote,
} from '../../../fakes/desk/quotes'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const

async function renderQuotes(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: quoteSet(),
    answerQuery: quoteAnswer,
    ...options,
  })
  await rendered.user.keyboard('{Control>}4{/Control}')
  return rendered
}
const rows = () => screen.queryAllByRole('option').map(textOf)
const detail = () => screen.getByRole('region', { name: /^Offert Q-/ })
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const sent = ({ fake }: Awaited<ReturnType<typeof renderQuotes>>) =>
  fake.asked.flatMap(({ name, argument }) => (name === 'command.send' ? [argument] : []))

describe('the list', () => {
  test('says for whom, how much, where it stands and until when, newest first', async () => {
    const { user } = await renderQuotes()
    expect(rows()[0]).toMatch(/^Ahlbergs Rör AB8 848,00 krUtkastQ-30007t\.o\.m\. 23 dec$/)
    expect(rows()).toHaveLength(5)
    await user.click(screen.getByRole('radio', { name: 'Avslutade' }))
    expect(rows().map((text) => /Blev order|Utgången/.exec(text)?.[0])).toEqual([
      'Blev order',
      'Utgången',
    ])
    await user.click(screen.getByRole('radio', { name: 'Alla' }))
    await user.keyboard('/varmepump')
    expect(rows()).toEqual([expect.stringContaining('Q-30005')])
  })

  test('says what would be here when there is nothing, and who sees quotes', async () => {
    const { desk } = await renderQuotes({
      changes: quoteSet().filter(({ kind }) => kind !== 'quote'),
    })
    expect(screen.getByText('Inga öppna offerter')).toBeTruthy()
    act(() => desk.navigation.go('inbox'))
  })

  test('is not offered to who sees no customers', async () => {
    const { desk } = await renderQuotes({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: people.johan,
        remembered: true,
      },
    })
    act(() => desk.navigation.go('quotes'))
    expect(await screen.findByText('Du ser inga offerter')).toBeTruthy()
  })
})

test('one that the customer has can be taken back without looking behind the dots', async () => {
  const { user } = await renderQuotes()
  await user.keyboard('jjjj')
  expect(textOf(detail())).toContain('Giltig till och med')
  await user.click(screen.getByRole('button', { name: 'Mer' }))
  expect(screen.queryByRole('menuitem', { name: /^Dra tillbaka/ })).toBeNull()
  await user.keyboard('{Escape}')
  await user.click(screen.getByRole('button', { name: /^Dra tillbaka/ }))
  expect(document.activeElement).toBe(field('Varför den dras tillbaka (kunden ser det)'))
})

describe('a draft', () => {
  test('is written by keyboard, counted at once, and saved as what was changed', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.keyboard('j')
    await user.click(field('Antal, RB-2206'))
    await user.keyboard('{Control>}a{/Control}100{Enter}')
    expect(document.activeElement).toBe(field('Antal, KV-0150'))
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(field('Antal, IS-0319'))
    await user.click(field('Pris, IS-0319'))
    await user.keyboard('13,50')
    expect(textOf(detail())).toContain('4 050,00')
    expect(screen.getByText(/^Ej sparat/)).toBeTruthy()
    expect(textOf(row('Q-30007'))).toContain('ej sparad')
    await user.click(screen.getByRole('button', { name: /^Ta bort raden med KV-0150/ }))
    await user.keyboard('{Control>}s{/Control}')
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.edit',
      aggregateId: draftQuote.id,
      expectedVersion: 1,
      payload: {
        revision: 1,
        head: {},
        removed: ['2'],
        lines: [
          { id: '1', quantity: 100_000, price: null },
          { id: '3', price: { amount: 13_500_000, basis: 'net', rebate: 0 } },
        ],
      },
    })
  })

  test('says at the field what is wrong, and sends none of it', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.keyboard('j')
    await user.click(field('Antal, RB-2206'))
    await user.keyboard('{Control>}a{/Control}mycket')
    expect(screen.getByText('Inget tal')).toBeTruthy()
    await user.keyboard('{Control>}s{/Control}')
    expect(sent(rendered)).toEqual([])
    await user.clear(field('Giltig till och med'))
    await user.type(field('Giltig till och med'), '2020-01-01')
    expect(screen.getByText('Dagen har varit')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Kasta ändringarna' }))
    expect(field('Antal, RB-2206').value).toBe('120')
  })

  test('says of a quantity that cannot be had why it cannot', async () => {
    const changes = quoteSet().map((one) =>
      one.kind === 'article' && one.id === 'RB-2206' && one.value
        ? change('article', one.id, {
            ...(one.value as EntityOf<'article'>),
            packMultiple: 10_000,
            minimumQuantity: 20_000,
          })
        : one,
    )
    const { user } = await renderQuotes({ changes })
    await user.keyboard('j')
    for (const [typed, why] of [
      ['7,5', 'För många decimaler'],
      ['0', 'Under minsta antal'],
      ['10', 'Under minsta antal'],
      ['25', 'Fyller inte hela förpackningar'],
    ] as const) {
      await user.clear(field('Antal, RB-2206'))
      await user.type(field('Antal, RB-2206'), typed)
      expect(screen.getByText(why)).toBeTruthy()
    }
    await user.clear(field('Antal, RB-2206'))
    await user.type(field('Antal, RB-2206'), '30')
    expect(screen.queryByText(/Under minsta|Fyller inte|decimaler/)).toBeNull()
  })

  test('what stands in fields is not said beside them as well', async () => {
    const { user } = await renderQuotes()
    await user.keyboard('j')
    expect(field('Märke').value).toBe('Etapp 3, hus B')
    expect(textOf(detail())).not.toContain('Etapp 3, hus B')
    expect(textOf(detail())).not.toContain('ons 23 dec')
    expect(textOf(detail())).toContain('Svar på')
  })

  test('written back to what it was is no change', async () => {
    const { user } = await renderQuotes()
    await user.keyboard('j')
    await user.type(field('Antal, RB-2206'), '0')
    expect(screen.getByText(/^Ej sparat/)).toBeTruthy()
    await user.type(field('Antal, RB-2206'), '{Backspace}')
    expect(screen.queryByText(/^Ej sparat/)).toBeNull()
  })

  test('tells what the gateway found wrong, line by line, and keeps what was written', async () => {
    const { user } = await renderQuotes({
      answerCommand: () => ({
        kind: 'refused',
        error: refusal('quote_unsound', 'no', {
          problems: [{ lineId: '1', field: 'quantity', code: 'quantity_below_minimum' }],
        }),
      }),
    })
    await user.keyboard('j')
    await user.type(field('Antal, RB-2206'), '0')
    await user.keyboard('{Control>}s{/Control}')
    const alert = await screen.findByRole('alert')
    expect(textOf(alert)).toContain('RB-2206: Antalet är under artikelns minsta.')
    expect(field('Antal, RB-2206').value).toBe('1200')
  })

  test('somebody else has changed it meanwhile: it says so and keeps what was written', async () => {
    const { user, tell } = await renderQuotes()
    await user.keyboard('j')
    await user.type(field('Märke'), ' norr')
    tell('replica.changes', [
      change('quote', draftQuote.id, { ...draftQuote, message: 'Från Erik' }, 2),
    ])
    expect(screen.getByText(/ändrats av någon annan/)).toBeTruthy()
    expect(field('Märke').value).toBe('Etapp 3, hus B norr')
    await user.click(screen.getByRole('button', { name: 'Kasta mina ändringar' }))
    expect(field('Meddelande till kunden').value).toBe('Från Erik')
  })

  test('what it answers has changed since: it says so, and is said to answer that', async () => {
    const rendered = await renderQuotes()
    const { user, tell } = rendered
    await user.keyboard('j')
    const name = 'Offerten svarar på den som den är nu'
    expect(screen.queryByRole('button', { name })).toBeNull()
    const answered = quoteSet().flatMap((one) =>
      one.kind === 'requisition' && one.id === draftQuote.requisition?.id && one.value
        ? [one.value as EntityOf<'requisition'>]
        : [],
    )
    tell(
      'replica.changes',
      answered.map((value) => change('requisition', value.id, { ...value, revision: 2 }, 2)),
    )
    expect(screen.getByText(/^K-20418 har ändrats sedan offerten skrevs/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name }))
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.edit',
      aggregateId: draftQuote.id,
      expectedVersion: 1,
      payload: { revision: 1, head: {}, lines: [], removed: [], answers: 2 },
    })
  })

  test('is read and written offline, and not moved on', async () => {
    const { user } = await renderQuotes({ connection: offline })
    await user.keyboard('j')
    expect(screen.getByText(/Utan kontakt med gatewayen/)).toBeTruthy()
    const submit = screen.getByRole('button', { name: /^Klart att granska/ })
    expect(submit.hasAttribute('disabled')).toBe(true)
    await user.type(field('Märke'), ' norr')
    const save = screen.getByRole('button', { name: /^Spara/ })
    expect(save.hasAttribute('disabled')).toBe(false)
  })
})

describe('a quote on its way', () => {
  test('its step is approved by whom it is, with one key', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.click(row('Q-30005'))
    expect(textOf(detail())).toContain('Pris satt för hand')
    await user.keyboard('a')
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.approve',
      aggregateId: reviewedQuote.id,
      payload: { revision: 1 },
    })
  })

  test('who wrote it beyond what they may alone does not approve it, and reads why', async () => {
    const rendered = await renderQuotes()
    const { user, tell } = rendered
    const { karin } = people
    const editedBy = [{ id: karin.id, name: karin.displayName }]
    tell('replica.changes', [
      change('user', karin.id, { ...karin, discountLimit: 0 }, 3),
      change(
        'quote',
        reviewedQuote.id,
        {
          ...reviewedQuote,
          editedBy,
          steps: [{ tier: 1, by: { kind: 'deciders' }, because: [], approvals: [] }],
        },
        2,
      ),
    ])
    await user.click(row('Q-30005'))
    await screen.findByText(/Du har ändrat den, och rabatten .* är över din gräns/)
    await user.keyboard('a')
    expect(sent(rendered)).toEqual([])
  })

  test('it is found from anywhere by its number', async () => {
    const { user } = await renderQuotes()
    await user.keyboard('{Control>}1{/Control}{Control>}k{/Control}')
    await user.keyboard('30005')
    const found = await screen.findByRole('menuitem', { name: /Q-30005/ })
    await user.click(found)
    await screen.findByRole('region', { name: /^Offert Q-30005/ })
  })

  test('it is kept as a PDF where the user says', async () => {
    const asked: unknown[] = []
    const rendered = await renderQuotes({
      answers: {
        'quote.savePdf': (wanted) => {
          asked.push(wanted)
          return { kind: 'saved', file: 'Offert till Ahlbergs.pdf' }
        },
      },
    })
    const { user } = rendered
    await user.click(row('Q-30005'))
    await user.keyboard('p')
    await screen.findByText('Offerten är sparad som Offert till Ahlbergs.pdf.')
    expect(asked).toEqual([{ id: reviewedQuote.id, name: 'Q-30005-v1' }])
  })

  test('what passed without a review says so, and is sent', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.click(row('Q-30004'))
    expect(textOf(detail())).toContain('ingen granskning krävdes')
    await user.keyboard('g')
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({ type: 'quote.send', aggregateId: readyQuote.id })
  })

  test('it is handed back with a reason and not without one', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.click(row('Q-30005'))
    await user.keyboard('r')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(sent(rendered)).toEqual([])
    await user.keyboard('För billigt')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.refuse',
      payload: { revision: 1, reason: 'För billigt' },
    })
  })

  test('versions stand side by side with what differs, and the counter-offer beside them', async () => {
    const rendered = await renderQuotes()
    const { user } = rendered
    await user.click(row('Q-30006'))
    expect(textOf(detail())).toContain('16 kronor för böjarna')
    await user.keyboard('v')
    const table = await screen.findByRole('table', { name: 'Versioner sida vid sida' })
    const lines = within(table).getAllByRole('row').slice(1).map(textOf)
    expect(lines[0]).toMatch(/RB-2206ändrad12010018,4017,50/)
    expect(lines[2]).toMatch(/SP-1100ny12/)
    expect(lines[3]).toMatch(/IS-0319borttagen300/)
    await user.keyboard('v')
    await user.keyboard('a')
    await waitFor(() => expect(sent(rendered)).toHaveLength(1))
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.new_version',
      aggregateId: counteredQuote.id,
      payload: { revision: 2, withCounter: true },
    })
  })
})

describe('a quote begins', () => {
  test('in the inbox, or is gone on with where one was begun', async () => {
    const rendered = await renderDesk({ changes: quoteSet(), answerQuery: quoteAnswer })
    const { user, desk } = rendered
    // The first of all is answered by a draft already.
    act(() => desk.navigation.open('requisition', draftQuote.requisition?.id ?? ''))
    await user.keyboard('o')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'quotes',
      selected: { quotes: draftQuote.id },
    })
  })

  test('at a customer, for one of its people', async () => {
    const rendered = await renderDesk({ changes: quoteSet(), answerQuery: quoteAnswer })
    const { user, fake } = rendered
    await user.keyboard('{Control>}3{/Control}j')
    await user.click((await screen.findAllByRole('button', { name: 'Ny offert' }))[0] as Element)
    await waitFor(() =>
      expect(fake.asked.filter(({ name }) => name === 'command.send')).toHaveLength(1),
    )
    expect(sent(rendered)[0]).toMatchObject({
      type: 'quote.create',
      expectedVersion: null,
      payload: { from: { kind: 'contact', contactId: expect.any(String) } },
    })
  })
})
