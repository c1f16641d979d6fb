import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { stockBlockOf } from '../../../../domain/availability/stock-block'
import { change, position, seller, uuid } from '../../../fakes/desk/entities'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

async function openStock() {
  const rendered = await renderDesk()
  await rendered.user.keyboard('{Control>}5{/Control}')
  await screen.findByRole('grid')
  return rendered
}
const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) })
const cells = (name: string) =>
  within(row(name))
    .getAllByRole('gridcell')
    .map((cell) => textOf(cell))

describe('the stock', () => {
  test('says for each opened warehouse what can leave now, else when, else that it is out', async () => {
    await openStock()
    const headings = screen.getAllByRole('columnheader').map((one) => textOf(one))
    expect(headings).toEqual(['Artikel', 'Stockholm', 'Göteborg', 'Umeå'])
    expect(cells('RB-2206')).toEqual(['340', '85', '2 dec'])
    // Less ten that are promised, and ten working days where there is none.
    expect(cells('KV-0150')).toEqual(['12', '96', '10 dagar'])
    expect(cells('VP-9000')).toEqual(['1', 'slut', 'slut'])
    // No balance told is not the same as none there.
    expect(cells('SP-1100')).toEqual(['900', '–', '–'])
  })

  test('finds by a few letters and keeps to what is asked for', async () => {
    const { user } = await openStock()
    await user.keyboard('/')
    await user.keyboard('kulv')
    expect(screen.getAllByRole('rowheader').map((one) => textOf(one))).toEqual([
      'KV-0150Kulventil DN15 mässing',
    ])
    await user.clear(screen.getByRole('searchbox'))
    await user.click(screen.getByRole('radio', { name: 'Försenade' }))
    expect(screen.getAllByRole('rowheader').map((one) => textOf(one))).toEqual([
      expect.stringContaining('FL-0040'),
    ])
    await user.click(screen.getByRole('radio', { name: 'Slut' }))
    expect(screen.getAllByRole('rowheader').map((one) => textOf(one))).toEqual([
      expect.stringContaining('BK-0021'),
    ])
    await user.keyboard('/')
    await user.keyboard('finns inte')
    expect(textOf(document.body)).toContain('Ingen artikel matchar ”finns inte”')
    await user.click(screen.getByRole('button', { name: 'Visa alla artiklar' }))
    await user.click(screen.getAllByRole('button', { name: 'Rensa' }).at(-1)!)
    expect(screen.getAllByRole('rowheader').length).toBeGreaterThan(5)
  })

  test('counts a report and an order of our own as they come', async () => {
    const { tell } = await openStock()
    tell('replica.changes', [
      change('commitment', uuid(40), {
        orderId: uuid(40),
        exportedAt: null,
        lines: [
          { articleId: 'RB-2206', warehouseId: 'STO', quantity: 330_000, plannedDate: null },
          { articleId: 'RB-2206', warehouseId: 'GBG', quantity: 95_000, plannedDate: null },
        ],
      }),
    ])
    // In Göteborg ten are missing, until the planned inbound comes.
    expect(cells('RB-2206')).toEqual(['10', '4 dec', '2 dec'])
    tell('replica.changes', [
      change(
        'stock_block',
        '0',
        stockBlockOf({ 'RB-2206': { STO: position({ onHand: 331_000 }) } }),
        2,
      ),
    ])
    expect(cells('RB-2206')).toEqual(['1', '–', '–'])
  })

  test('tells of the open article from where so many can be had, at once or in parts', async () => {
    const { user } = await openStock()
    await user.click(row('RB-2206'))
    const detail = screen.getByRole('region', { name: 'RB-2206' })
    const field = within(detail).getByRole('textbox')
    await user.clear(field)
    await user.type(field, '400')
    expect(textOf(detail)).toContain('Inget lagerställe kan lova allt på en gång.')
    expect(textOf(detail)).toContain(
      'Delat kan allt levereras nu: 340 från Stockholm + 60 från Göteborg.',
    )
    await user.clear(field)
    await user.type(field, '40')
    expect(textOf(detail)).toContain('Allt kan levereras nu från Stockholm.')
    const weeks = within(detail).getByRole('region', { name: /Göteborg/ })
    expect(
      within(weeks)
        .getAllByRole('row')
        .map((one) => textOf(one)),
    ).toEqual(['DagIn och utSaldoKan lovas', 'I dag8585', '4 dec+200285285'])
    await user.clear(field)
    await user.type(field, 'många')
    expect(within(detail).getByRole('alert')).toBeTruthy()
  })

  test('says that its figures are old where the source has been silent for longer than is allowed', async () => {
    const { tell } = await openStock()
    expect(textOf(document.body)).toContain('Saldon lästa')
    const display = { rule: { kind: 'exact' }, groups: [], staleAfterHours: 2 } as const
    const silent = (observedAt: string, version: number) => [
      change('seller', 'seller', { ...seller, stockDisplay: { ...display, groups: [] } }, version),
      change(
        'stock_block',
        '0',
        stockBlockOf({ 'RB-2206': { STO: position({ onHand: 1_000, observedAt }) } }),
        version,
      ),
    ]
    tell('replica.changes', silent('2026-11-23T11:06:00.000Z', 5))
    expect(textOf(document.body)).not.toContain('Gamla saldon')
    tell('replica.changes', silent('2026-11-23T11:04:00.000Z', 6))
    expect(textOf(document.body)).toContain('Gamla saldon, lästa')
  })
})
