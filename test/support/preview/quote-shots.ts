import type { Page } from 'playwright-core'

import type { Shot } from './shot'

const QUOTES = 'Control+4'

/** Opens the quotes and goes so many rows down. */
const open =
  (down: number, ...keys: readonly string[]) =>
  async (page: Page) => {
    await page.keyboard.press(QUOTES)
    for (let at = 0; at < down; at += 1) await page.keyboard.press('j')
    for (const key of keys) await page.keyboard.press(key)
  }

const written = async (page: Page) => {
  await open(1)(page)
  await page.getByRole('textbox', { name: /^(Antal|Quantity), RB-2206$/ }).fill('7,5')
  await page.getByRole('textbox', { name: /^(Pris|Price), IS-0319$/ }).fill('13')
}

/** Quotes, by their states and what is done with them. */
export const quoteShots: readonly Shot[] = [
  { name: 'quotes-draft', scene: 'quotes', act: open(1) },
  { name: 'quotes-written', scene: 'quotes', act: written },
  { name: 'quotes-review', scene: 'quotes', act: open(2) },
  { name: 'quotes-ready', scene: 'quotes', act: open(3) },
  { name: 'quotes-sent', scene: 'quotes', act: open(4) },
  { name: 'quotes-countered', scene: 'quotes', act: open(5) },
  { name: 'quotes-compare', scene: 'quotes', act: open(5, 'v') },
  { name: 'quotes-withdraw', scene: 'quotes', act: open(4, 't') },
  {
    name: 'quotes-menu',
    scene: 'quotes',
    act: async (page) => {
      await open(4)(page)
      await page.getByRole('button', { name: /^(Mer|More)$/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'quotes-palette',
    scene: 'quotes',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Q-3000')
    },
  },
  { name: 'quotes-offline', scene: 'quotes_offline', act: open(1) },
  { name: 'quotes-empty', scene: 'quotes_empty', act: open(0) },
  { name: 'quotes-none', scene: 'quotes', act: open(0) },
  {
    name: 'quotes-unsound',
    scene: 'quotes_unsound',
    act: async (page) => {
      await written(page)
      await page
        .getByRole('textbox', { name: /, RB-2206$/ })
        .first()
        .fill('8')
      await page.keyboard.press('Control+s')
    },
  },
]
