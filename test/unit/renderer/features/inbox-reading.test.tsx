import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { change, uuid } from '../../../fakes/desk/entities'
import { order, orderLine } from '../../../fakes/desk/office'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk, row, textOf } from '../../../support/renderer/render-desk'

const first = workingSet().find(({ id }) => id === uuid(1))?.value as Requisition
const cells = (article: string) => {
  const line = screen.getAllByRole('row').find((one) => textOf(one).includes(article))
  if (!line) throw new Error(`There is no line of ${article}`)
  return within(line).getAllByRole('cell')
}

test('once it is an order each line says which warehouse the order took', async () => {
  const { user, tell } = await renderDesk()
  await user.keyboard('j')
  expect(textOf(cells('KV-0150')[7] ?? null)).toContain('12 nu')
  tell('replica.changes', [
    change(
      'order',
      uuid(9, 5),
      order({
        id: uuid(9, 5),
        number: '100232',
        companyId: '10231',
        contactId: 'K1',
        placedAt: '2026-11-23T13:04:50.000Z',
        lines: [
          orderLine('1', 'RB-2206', 120, 18.4, { warehouseId: 'STO', expectedDate: '2026-11-24' }),
          orderLine('2', 'KV-0150', 40, 64.9, {
            warehouseId: 'GBG',
            expectedDate: '2026-11-24',
            confirmedDate: '2026-12-02',
          }),
          orderLine('3', 'VP-9000', 1, 39_400, { warehouseId: null, expectedDate: null }),
        ],
      }),
    ),
    change(
      'requisition',
      uuid(1),
      {
        ...first,
        state: 'ordered',
        outcome: {
          kind: 'ordered',
          orderId: uuid(9, 5),
          orderNumber: '100232',
          by: { kind: 'user', id: uuid(1, 9), name: 'Karin Åberg' },
          at: '2026-11-23T13:04:50.000Z',
          automatic: false,
        },
      },
      2,
    ),
  ])
  expect(screen.getByRole('columnheader', { name: 'Levereras från' })).toBeTruthy()
  expect(textOf(cells('RB-2206')[7] ?? null)).toBe('Stockholm · 24 nov')
  expect(textOf(cells('KV-0150')[7] ?? null)).toBe('Göteborg · 2 dec')
  expect(textOf(cells('VP-9000')[7] ?? null)).toBe('inget lager')
})

test('a warehouse without a balance says why it cannot be chosen', async () => {
  const { user } = await renderDesk()
  await user.click(row('Västra Skolan'))
  const [unknown] = screen.getAllByText('inget saldo')
  expect(unknown?.title).toMatch(/kan inte väljas/)
})

test('the address of the contact may break after its @, and a copy of it is whole', async () => {
  const { user } = await renderDesk()
  await user.keyboard('j')
  const value = screen.getByText(/anna\.lind@/)
  expect(value.textContent).toContain('anna.lind@example.se')
  expect(value.innerHTML).toMatch(/@<wbr\s*\/?>/)
})

test('a row says its kind by name although a narrow list shows an icon, and keeps the contact', async () => {
  await renderDesk()
  const kind = within(row('45 476,20')).getByText('Inköpsförslag')
  expect(kind.parentElement?.title).toBe('Inköpsförslag')
  const facts = textOf(row('45 476,20'))
  expect(facts).toContain('Anna Lind')
  // The second warning is told by number there.
  expect(facts).toContain('+1')
  expect(within(row('45 476,20')).getByTitle(/^över gräns · pris ändrat på 1 rad$/)).toBeTruthy()
})

test('the list price stands in a piece of its own below the price', async () => {
  const { user } = await renderDesk()
  await user.keyboard('j')
  const price = cells('KV-0150')[2]
  if (!price) throw new Error('There is no price')
  expect(textOf(within(price).getByText(/^lista/))).toBe('lista 74,50')
  expect(textOf(within(price).getByText(/^−5/))).toBe('−5 %')
})
