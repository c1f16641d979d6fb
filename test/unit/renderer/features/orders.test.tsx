import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { refusal } from '../../../../contract/errors'
import type { FakeBridgeOptions } from '../../../fakes/bridge'
import { change, uuid } from '../../../fakes/desk/entities'
import {
  firstOrder,
  officeAnswer,
  officeSet,
  olderOrders,
  order,
  people,
} from '../../../fakes/desk/office'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const offline = {
  kind: 'offline',
  since: '2026-11-23T12:53:00.000Z',
  lastInStep: '2026-11-23T12:53:00.000Z',
  nextTryAt: null,
  reason: 'unreachable',
} as const

async function renderOrders(options: FakeBridgeOptions = {}) {
  const rendered = await renderDesk({
    changes: officeSet(),
    answerQuery: officeAnswer,
    ...options,
  })
  await rendered.user.keyboard('{Control>}2{/Control}')
  return rendered
}
const rows = () => screen.queryAllByRole('option').map(textOf)
const detail = () => screen.getByRole('region', { name: /^Order \d+$/ })

describe('the list', () => {
  test('says who, how much, where it stands, its number and who placed it, newest first', async () => {
    await renderOrders()
    expect(rows()[0]).toMatch(/^Ahlbergs Rör AB45 663,45 krLagd100231Erik Dahl14:01$/)
    expect(textOf(row('100228'))).toContain('automatisk')
    expect(rows()).toHaveLength(9)
    expect(screen.getByRole('radio', { name: /Öppna/ }).textContent).toContain('9')
  })

  test('filters by what is left to do, and searches over contact, mark and article', async () => {
    const { user } = await renderOrders()
    await user.click(screen.getByRole('radio', { name: 'Avslutade' }))
    expect(rows().every((text) => /Levererad|Annullerad/.test(text))).toBe(true)
    await user.click(screen.getByRole('radio', { name: 'Alla' }))
    expect(rows()).toHaveLength(13)
    await user.keyboard('/')
    await user.keyboard('varmepump')
    expect(rows()).toHaveLength(1)
    await user.keyboard('{Escape}{Escape}/')
    await user.keyboard('hus b')
    expect(rows()).toEqual([expect.stringContaining('100231')])
    await user.keyboard(' zzz')
    expect(screen.getByText('Ingen order stämmer med ”hus b zzz”')).toBeTruthy()
  })

  test('moves by keys and takes in an order that is placed meanwhile', async () => {
    const { user, tell } = await renderOrders()
    await user.keyboard('jj')
    expect(textOf(detail())).toContain('Bergvalla El & Data')
    tell('replica.changes', [
      change(
        'order',
        uuid(77, 5),
        order({
          id: uuid(77, 5),
          number: '100240',
          companyId: '10077',
          contactId: 'K3',
          placedAt: '2026-11-23T13:04:59.000Z',
        }),
      ),
    ])
    expect(rows()[0]).toContain('100240')
    expect(textOf(detail())).toContain('Bergvalla El & Data')
    await user.keyboard('k')
    expect(textOf(detail())).toContain('100231')
  })

  test('says what would be here when there is nothing', async () => {
    await renderOrders({ changes: officeSet().filter(({ kind }) => kind !== 'order') })
    expect(screen.getByText('Inga öppna order')).toBeTruthy()
    expect(screen.getByText(/kommer hit när ett inköpsförslag godkänns/)).toBeTruthy()
  })

  test('says who sees orders to someone who does not', async () => {
    const { desk } = await renderOrders({
      session: {
        kind: 'signed_in',
        gateway: 'https://kontor.example.se',
        demo: false,
        user: people.johan,
        remembered: true,
      },
    })
    // Not offered to them; whoever comes here all the same is told.
    act(() => desk.navigation.go('orders'))
    expect(await screen.findByText('Du ser inga order')).toBeTruthy()
    expect(screen.getByText(/säljare, attestanter och administratörer/)).toBeTruthy()
  })
})

describe('older orders', () => {
  test('are fetched past the pages that hold nothing new, without doubles and in order', async () => {
    const { user, fake } = await renderOrders()
    await user.click(screen.getByRole('radio', { name: 'Alla' }))
    await user.click(screen.getByRole('button', { name: 'Hämta äldre order' }))
    // Pages of four: three hold only what is here, the fourth brings three more.
    await waitFor(() => expect(rows()).toHaveLength(16))
    const asked = fake.asked.filter(({ name }) => name === 'query.ask')
    expect(asked.map(({ argument }) => argument)).toMatchObject([
      { type: 'order.search', params: { text: '', after: null, states: [] } },
      { params: { after: '4' } },
      { params: { after: '8' } },
      { params: { after: '12' } },
    ])
    await user.click(screen.getByRole('button', { name: 'Hämta äldre order' }))
    await waitFor(() => expect(rows()).toHaveLength(20))
    await user.click(screen.getByRole('button', { name: 'Hämta äldre order' }))
    expect(await screen.findByText('Det finns inga äldre order.')).toBeTruthy()
    const numbers = rows().map((text) => Number(/(?:Lagd|ad)(\d{5,6})/.exec(text)?.[1]))
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    expect(new Set(numbers).size).toBe(22)
  })

  test('belong to what was searched for: another search begins anew', async () => {
    const { user, fake } = await renderOrders()
    await user.click(screen.getByRole('radio', { name: 'Alla' }))
    await user.keyboard('/')
    await user.keyboard('99880')
    expect(rows()).toHaveLength(0)
    await user.click(screen.getByRole('button', { name: 'Sök bland äldre order' }))
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(fake.asked.at(-1)?.argument).toMatchObject({ params: { text: '99880' } })
    await user.keyboard('/')
    await user.keyboard('zzz')
    expect(rows()).toHaveLength(0)
  })

  test('open whole from the gateway, and say that they do not follow', async () => {
    const { user } = await renderOrders()
    await user.click(screen.getByRole('radio', { name: 'Alla' }))
    await user.click(screen.getByRole('button', { name: 'Hämta äldre order' }))
    await waitFor(() => expect(rows()).toHaveLength(16))
    await user.click(row('99880'))
    expect(await screen.findByText(/Hämtad från gatewayen nyss/)).toBeTruthy()
    expect(textOf(detail())).toContain('SP-1100')
  })

  test('say so when the gateway cannot be reached, and come once it can', async () => {
    const { desk, tell } = await renderOrders({ connection: offline })
    expect(screen.getByText(/Äldre order finns hos gatewayen/)).toBeTruthy()
    const { id } = olderOrders[0] ?? firstOrder
    desk.navigation.open('order', id)
    expect(
      await screen.findByText('Ordern är för gammal för att sparas på den här datorn'),
    ).toBeTruthy()
    tell('connection.changed', { kind: 'live', since: '2026-11-23T13:05:00.000Z' })
    await waitFor(() => expect(textOf(detail())).toContain('SP-1100'))
  })

  test('tell what went wrong, and try again', async () => {
    let fails = true
    const { user } = await renderOrders({
      answerQuery: (query) =>
        fails && query.type === 'order.search'
          ? {
              ok: false,
              error: refusal('too_many_requests', 'Slow down', { retryAfterSeconds: 9 }),
            }
          : officeAnswer(query),
    })
    await user.click(screen.getByRole('button', { name: 'Hämta äldre order' }))
    const alert = await screen.findByRole('alert')
    expect(textOf(alert)).toContain('Vänta 9 s')
    // An ordinary situation needs no code for the support.
    expect(textOf(alert)).not.toContain('too_many_requests')
    fails = false
    await user.click(within(alert).getByRole('button', { name: 'Försök igen' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  test('that nobody may see, or that are gone, are not mistaken for a fault', async () => {
    const { desk } = await renderOrders()
    desk.navigation.open('order', uuid(999, 5))
    expect(await screen.findByText(/Ordern finns inte längre/)).toBeTruthy()
  })
})

describe('the detail', () => {
  test('has head, lines in their columns, sums by VAT rate and history', async () => {
    const { user } = await renderOrders()
    await user.keyboard('j')
    const text = textOf(detail())
    expect(text).toContain('Godkänd av Erik Dahl för 4 min sedan.')
    expect(text).toContain('FrånInköpsförslag K-20418')
    expect(text).toContain('Kundens ordernr88-1207')
    expect(text).toContain('MärkeEtapp 3, hus B')
    expect(text).toContain('Ahlbergs Rör, hus B\nHamngatan 14\n972 31 Luleå')
    const valve = screen.getAllByRole('row').find((one) => textOf(one).includes('KV-0150'))
    if (!valve) throw new Error('There is no row for the valve')
    expect(within(valve).getAllByRole('cell').map(textOf).slice(1, 10)).toEqual([
      '40 st',
      '64,90',
      '−5 %',
      '25 %',
      '2 466,20',
      'Stockholm',
      '30 nov',
      '2 dec2 dagar för sent',
      '',
    ])
    const bar = textOf(document.body)
    expect(bar).toContain('Netto45 663,45 kr')
    expect(bar).toContain('Moms 25 %11 251,36 kr')
    expect(bar).toContain('Moms 6 %39,48 kr')
    expect(bar).toContain('Att betala56 954,29 kr')
    expect(await screen.findByText('Lades')).toBeTruthy()
  })

  test('leads to the requisition it was made of and to the customer, by keys', async () => {
    const { user, desk } = await renderOrders()
    await user.keyboard('jo')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'inbox',
      selected: { inbox: uuid(1) },
    })
    await user.keyboard('{Control>}2{/Control}u')
    expect(desk.navigation.store.getState()).toMatchObject({
      screen: 'customers',
      selected: { customers: '10231' },
    })
  })

  test('says that an order needed no approval', async () => {
    const { user } = await renderOrders()
    await user.click(row('100228'))
    expect(textOf(detail())).toContain(
      'Beställd av Åsa Norberg i går kl. 13:05. Ingen attest krävdes.',
    )
  })
})

test('is worded in English', async () => {
  const { user } = await renderOrders({ settings: { language: 'en' } })
  await user.keyboard('j')
  expect(rows()[0]).toMatch(/SEK 45,663.45Placed100231/)
  expect(textOf(detail())).toContain('Approved by Erik Dahl 4 min ago.')
})
