import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { refusal } from '../../../../contract/errors'
import type { FakeBridge, FakeBridgeOptions } from '../../../fakes/bridge'
import { change, company, uuid } from '../../../fakes/desk/entities'
import { firstOrder, officeAnswer, officeSet, people } from '../../../fakes/desk/office'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const

async function renderCustomers(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: officeSet(),
    answerQuery: officeAnswer,
    ...options,
  })
  await rendered.user.keyboard('{Control>}3{/Control}')
  return rendered
}
type Rendered = Awaited<ReturnType<typeof renderCustomers>>

const rows = () => screen.queryAllByRole('option').map(textOf)
const names = () => rows().map((text) => text.replace(/(Tillfälligt|Spärrad|Avslutad|\d).*$/, ''))
const detail = (name: RegExp = /Ahlbergs/) => screen.getByRole('region', { name })
const section = (name: string) => screen.getByRole('region', { name })
const pricesAsked = (fake: FakeBridge) =>
  fake.asked
    .map(({ argument }) => argument as { type?: string; params?: unknown } | undefined)
    .filter((argument) => argument?.type === 'price.resolve')
    .map((argument) => argument?.params)

async function checkPrice({ user }: Rendered, article: string, quantity: string) {
  await user.keyboard('p')
  await user.keyboard(article)
  await user.keyboard('{ArrowDown}{Enter}')
  const field = screen.getByRole('textbox', { name: /^Antal/ })
  await user.clear(field)
  await user.type(field, quantity)
}

describe('the list', () => {
  test('is by name as Swedish sorts, with owner, status and what is used of the credit', async () => {
    await renderCustomers()
    const sorted = names()
    expect(sorted).toEqual([...sorted].sort(new Intl.Collator('sv').compare))
    expect(sorted.at(-1)).toBe('Västra Skolan')
    expect(textOf(row('Tre Broar'))).toBe(
      'Tre Broar HotellTillfälligt stoppad10620Karin Åbergtvå förfallna fakturorkredit 27 %',
    )
    expect(textOf(row('Fjällbyns'))).toContain('kredit 106 %')
    expect(textOf(row('Nordkust'))).not.toContain('kredit')
    expect(textOf(row('Kungshamns'))).toContain('ingen kontoansvarig')
  })

  test('filters to one’s own and to those who are stopped', async () => {
    const { user } = await renderCustomers()
    await user.click(screen.getByRole('radio', { name: /Stoppade/ }))
    expect(names()).toEqual(['Kungshamns Varv', 'Sundsvalls Plåt', 'Tre Broar Hotell'])
    await user.click(screen.getByRole('radio', { name: /Mina/ }))
    expect(rows().every((text) => text.includes('Karin Åberg'))).toBe(true)
  })

  test('finds by number, name and contact, also from different ones of them', async () => {
    const { user } = await renderCustomers()
    await user.keyboard('/')
    await user.keyboard('10408')
    expect(names()).toEqual(['Bergvalla El & Data'])
    await user.keyboard('{Escape}{Escape}/')
    await user.keyboard('ahlberg åsa')
    expect(names()).toEqual(['Ahlbergs Rör AB'])
    await user.keyboard(' per')
    expect(screen.getByText('Ingen kund stämmer med ”ahlberg åsa per”')).toBeTruthy()
  })

  test('says whose customers these are to someone who sees none', async () => {
    const { desk } = await renderCustomers({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: people.johan,
        remembered: true,
      },
    })
    // Not offered to them; whoever comes here all the same is told.
    expect(screen.queryByRole('button', { name: /Kunder/ })).toBeNull()
    act(() => desk.navigation.go('customers'))
    expect(await screen.findByText('Du ser inga kunder')).toBeTruthy()
  })

  test('says how customers get here when there are none', async () => {
    await renderCustomers({ changes: officeSet().filter(({ kind }) => kind !== 'company') })
    expect(screen.getByText('Inga kunder än')).toBeTruthy()
    expect(screen.getByText(/läses in från affärssystemet/)).toBeTruthy()
  })
})

describe('the detail', () => {
  test('has the terms, the credit as a bar and in figures, and the right in words', async () => {
    const { user } = await renderCustomers()
    await user.keyboard('j')
    const text = textOf(detail())
    expect(text).toContain('Kundnr 10231')
    expect(text).toContain('KontoansvarigKarin Åberg')
    expect(text).toContain('PrislistaP-NYCKEL')
    const meter = screen.getByRole('meter', { name: 'Kredit' })
    expect(meter.getAttribute('aria-valuenow')).toBe('93')
    // 212 400 kr as the ERP told, and what our own orders come to that it has not been given.
    expect(textOf(section('Kredit'))).toContain(
      'Utnyttjat278 471,30 krGräns300 000 krKvar21 528,70 kr',
    )
    expect(textOf(section('Vad kundens personer får göra'))).toContain('föreslå köp')
    expect(textOf(section('Adresser'))).toContain('Hamngatan 14972 31 Luleå')
  })

  test('says over how much a limit is, and that there is none', async () => {
    const { user } = await renderCustomers()
    await user.click(row('Fjällbyns'))
    expect(textOf(section('Kredit'))).toContain('Över gränsen17 821,63 kr')
    await user.click(row('Nordkust'))
    expect(textOf(section('Kredit'))).toContain('626 575,76 kr utnyttjat. Ingen gräns är satt.')
    expect(screen.queryByRole('meter')).toBeNull()
  })

  test('says why a customer is stopped and what that means', async () => {
    const { user } = await renderCustomers()
    await user.click(row('Sundsvalls'))
    expect(textOf(detail(/Sundsvalls/))).toContain(
      'Spärrad. Inget kan bli order förrän spärren är hävd. Skäl: inkasso sedan 3 november',
    )
  })

  test('lists the people with what each may do, those who cannot sign in last', async () => {
    const { user } = await renderCustomers()
    await user.keyboard('j')
    const people = within(section('Kontaktpersoner')).getAllByRole('row').slice(1).map(textOf)
    expect(people).toEqual([
      expect.stringMatching(/^Anna Lind.*beställa · högst 25 000 kr per orderegen rätt$/),
      expect.stringMatching(/^Johan Ek.*föreslå köp$/),
      expect.stringMatching(
        /^Åsa Norberg.*högst 100 000 kr per order · högst 400 000 kr i månadenegen rätt$/,
      ),
      expect.stringMatching(/^Bertil Friskavstängd/),
    ])
  })

  test('leads to requisitions and orders, and to all the orders of the customer', async () => {
    const { user, desk } = await renderCustomers()
    await user.keyboard('j')
    await user.click(within(section('Öppna förslag')).getByRole('button', { name: /K-20418/ }))
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'inbox',
      selected: { inbox: uuid(1) },
    })
    await user.keyboard('{Control>}3{/Control}')
    await user.click(within(section('Senaste order')).getByRole('button', { name: /100231/ }))
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'orders',
      selected: { orders: firstOrder.id },
    })
    await user.keyboard('{Control>}3{/Control}o')
    expect(screen.getByText('Bara Ahlbergs Rör AB')).toBeTruthy()
    expect(rows()).toHaveLength(3)
    await user.click(screen.getByRole('button', { name: 'Visa alla kunders order' }))
    expect(rows()).toHaveLength(13)
  })

  test('follows what changes while it is open', async () => {
    const { user, tell } = await renderCustomers()
    await user.keyboard('j')
    tell('replica.changes', [
      change(
        'company',
        '10231',
        company({
          id: '10231',
          name: 'Ahlbergs Rör AB',
          status: 'on_hold',
          statusReason: 'byter ägare',
          exposure: 29_900_000,
        }),
        3,
      ),
    ])
    expect(textOf(detail())).toContain('Tillfälligt stoppad')
    expect(textOf(detail())).toContain('Skäl: byter ägare')
    expect(textOf(section('Kredit'))).toContain('122 % utnyttjat')
  })
})

describe('a price', () => {
  test('is the customer’s own for the quantity, with why, and from where it can be delivered', async () => {
    const rendered = await renderCustomers()
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'kv', '40')
    const check = section('Kolla ett pris')
    await waitFor(() => expect(textOf(check)).toContain('63,631 kr'))
    expect(pricesAsked(rendered.fake).at(-1)).toEqual({
      companyId: '10231',
      articleId: 'KV-0150',
      quantity: 40_000,
    })
    const text = textOf(check)
    expect(text).toContain('40 st kostar2 545,24 kr')
    expect(text).toContain('3 181,55 kr med moms 25 %')
    expect(text).toContain('Kundens prislista P-NYCKEL: 66,98 kr.')
    expect(text).toContain('Kampanjen Vintervärme hade 69,00 kr, som inte gäller.')
    expect(text).toContain('Rabatt 5 %.')
    expect(text).toContain('Stockholm12 nu · 28 den 2 dec')
    expect(text).toContain('Göteborg96 nu')
    expect(text).not.toContain('Returer')
  })

  test('is asked for anew for another customer, with what was written', async () => {
    const rendered = await renderCustomers()
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'kv', '40')
    await waitFor(() => expect(pricesAsked(rendered.fake)).not.toEqual([]))
    await rendered.user.click(row('Bergvalla'))
    await waitFor(() =>
      expect(pricesAsked(rendered.fake).at(-1)).toEqual({
        companyId: '10408',
        articleId: 'KV-0150',
        quantity: 40_000,
      }),
    )
  })

  test('that is missing is said to be, never guessed', async () => {
    const rendered = await renderCustomers()
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'fl', '25')
    const check = section('Kolla ett pris')
    await waitFor(() => expect(textOf(check)).toContain('Pris saknas'))
    expect(textOf(check)).toContain('Det finns inget pris för den här kunden och inget listpris.')
  })

  test('is not asked for what is no quantity, and what the article is sold in is said', async () => {
    const rendered = await renderCustomers()
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'kb', '2,55')
    expect(screen.getByText('Artikeln säljs med högst 1 decimal.')).toBeTruthy()
    const field = screen.getByRole('textbox', { name: 'Antal (m)' })
    await rendered.user.clear(field)
    expect(screen.getByText('Skriv ett antal.')).toBeTruthy()
    await rendered.user.type(field, 'tio')
    expect(screen.getByText(/Skriv ett tal/)).toBeTruthy()
    await rendered.user.clear(field)
    await rendered.user.type(field, '0')
    expect(screen.getByText('Antalet ska vara större än noll.')).toBeTruthy()
    for (const params of pricesAsked(rendered.fake)) {
      expect((params as { quantity: number }).quantity).toBeGreaterThan(0)
    }
  })

  test('waits for the connection, while the balance is shown; then it comes', async () => {
    const rendered = await renderCustomers({ connection: offline })
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'kv', '40')
    const check = section('Kolla ett pris')
    expect(textOf(check)).toContain('visas när kontakten är tillbaka')
    expect(textOf(check)).toContain('Göteborg96 nu')
    expect(pricesAsked(rendered.fake)).toEqual([])
    rendered.tell('connection.changed', { kind: 'live', since: '2026-11-23T13:05:00.000Z' })
    await waitFor(() => expect(textOf(check)).toContain('63,631 kr'))
  })

  test('that is refused says why, and is asked for again', async () => {
    let fails = true
    const rendered = await renderCustomers({
      answerQuery: (query) =>
        fails && query.type === 'price.resolve'
          ? { ok: false, error: refusal('forbidden', 'no') }
          : officeAnswer(query),
    })
    await rendered.user.keyboard('j')
    await checkPrice(rendered, 'kv', '40')
    const alert = await screen.findByRole('alert')
    expect(textOf(alert)).toContain('Du har inte rätt att göra det här.')
    fails = false
    await rendered.user.click(within(alert).getByRole('button', { name: 'Försök igen' }))
    await waitFor(() => expect(textOf(section('Kolla ett pris'))).toContain('63,631 kr'))
  })
})
