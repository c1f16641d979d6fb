import type { Page } from 'playwright-core'
import type { Shot } from './shot'

const pickAll = async (page: Page) => {
  await page.getByRole('radio', { name: /^(Alla|All)$/ }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('Control+a')
}
const ask = (key: 'a' | 'r') => async (page: Page) => {
  await pickAll(page)
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}
const confirm = async (page: Page) => {
  await ask('a')(page)
  await page.keyboard.press('Control+Enter')
  await page.locator('[data-results=over]').waitFor()
}

/** Deciding on many at once. */
export const bulkShots: readonly Shot[] = [
  { name: 'bulk-picked', act: pickAll },
  { name: 'bulk-approve', act: ask('a') },
  { name: 'bulk-many', scene: 'many', act: pickAll },
  {
    name: 'bulk-reject',
    act: async (page) => {
      await ask('r')(page)
      await page.keyboard.type('Sortimentet har utgått.')
    },
  },
  {
    name: 'bulk-reject-each',
    act: async (page) => {
      await ask('r')(page)
      await page.getByRole('radio', { name: /varje|each/ }).click()
    },
  },
  { name: 'bulk-results', act: confirm },
  {
    name: 'bulk-results-aside',
    act: async (page) => {
      await confirm(page)
      await page.keyboard.press('j')
    },
  },
]
