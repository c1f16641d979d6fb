import type { Page } from 'playwright-core'

import type { Shot } from './shot'

/** Goes to the rules, waits until they are there, then presses the keys. */
const on =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    await page.keyboard.press('Control+8')
    await page.locator('#rules-list').waitFor()
    for (const key of keys) await page.keyboard.press(key)
  }

const begin = async (page: Page) => {
  await on('n')(page)
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-value] input').waitFor()
}

/** Something is written in the first rule. */
const written = async (page: Page) => {
  await on('j')(page)
  await page.getByRole('textbox', { name: /^(Namn|Name)$/ }).fill('Riktigt stora belopp')
}

const tried = async (page: Page) => {
  await on('t', 't')(page)
  await page.locator('[aria-busy]').waitFor({ state: 'detached' })
}

/** The approval rules. */
export const rulesShots: readonly Shot[] = [
  { name: 'rules', scene: 'rules', act: on('j') },
  { name: 'rules-bands', scene: 'rules', act: on('j', 'j') },
  { name: 'rules-group', scene: 'rules', act: on('j', 'j', 'j') },
  { name: 'rules-currency', scene: 'rules_currency', act: on('j') },
  { name: 'rules-deep', scene: 'rules', act: on('k') },
  { name: 'rules-none', scene: 'rules', act: on() },
  {
    name: 'rules-menu',
    scene: 'rules',
    act: async (page) => {
      await on('n')(page)
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'rules-new',
    scene: 'rules',
    act: async (page) => {
      await begin(page)
      await page.keyboard.type('75 000')
    },
  },
  {
    name: 'rules-new-wrong',
    scene: 'rules',
    act: async (page) => {
      await begin(page)
      await page.keyboard.press('Control+s')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'rules-choice',
    scene: 'rules',
    act: async (page) => {
      await on('j', 'j', 'j')(page)
      await page.locator('[data-choice]').first().click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'rules-in-force',
    scene: 'rules',
    act: async (page) => {
      await written(page)
      await page.keyboard.press('Control+s')
      await page.locator('footer[data-foot]').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'rules-unsound',
    scene: 'rules_unsound',
    act: async (page) => {
      await written(page)
      await page.keyboard.press('Control+s')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'rules-conflict',
    scene: 'rules_conflict',
    act: async (page) => {
      await written(page)
      await page.keyboard.press('Control+s')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'rules-removed',
    scene: 'rules',
    act: on('j', 'j', 'Delete'),
  },
  { name: 'rules-approver', scene: 'rules_approver', act: on('j', 'j', 'o') },
  {
    name: 'rules-offline',
    scene: 'rules',
    act: async (page) => {
      await written(page)
      await page.evaluate(() => {
        const { fake } = window as unknown as { fake: { lose: () => void } }
        fake.lose()
      })
    },
  },
  {
    name: 'rules-not-here',
    scene: 'rules_not_here',
    act: (page) => page.keyboard.press('Control+8'),
  },
  {
    name: 'rules-empty',
    scene: 'rules_empty',
    act: (page) => page.keyboard.press('Control+8'),
  },
  { name: 'rules-try', scene: 'rules', act: tried },
  { name: 'rules-try-first', scene: 'rules', act: on('t') },
  { name: 'rules-try-nothing', scene: 'rules_nothing', act: tried },
  { name: 'rules-try-failed', scene: 'rules_failed', act: tried },
  {
    name: 'rules-try-days',
    scene: 'rules',
    act: async (page) => {
      await tried(page)
      await page.getByRole('radio').last().click()
      await page.getByRole('textbox').last().fill('2026-02-30')
    },
  },
]
