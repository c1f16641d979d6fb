import type { Page } from 'playwright-core'

import { wordsIn } from '../../../language/words'
import type { Shot } from './shot'

const sv = wordsIn('sv')
const asking = [sv, wordsIn('en')].map(({ t }) => t('priceCheck.asking'))

const NARROW = [1024, 700] as const

/** Goes to a screen by its number in the rail, then presses the keys. */
const on =
  (screen: number, ...keys: readonly string[]) =>
  async (page: Page) => {
    await page.keyboard.press(`Control+${screen}`)
    for (const key of keys) await page.keyboard.press(key)
  }
const ORDERS = 2
const CUSTOMERS = 3
const STOCK = 5
const SETTINGS = 6
const USERS = 7
const GROUPS = 9

const openGroup = async (page: Page) => {
  await on(GROUPS)(page)
  await page.getByRole('option', { name: /Inköpschefer/ }).click()
}
const writeGroup = (text: string) => async (page: Page) => {
  await openGroup(page)
  await page.getByRole('textbox', { name: /per order|an order/ }).fill(text)
  await page.keyboard.press('Control+s')
}

const checkPrice = (article: string, quantity: string, ...down: readonly string[]) => {
  return async (page: Page) => {
    await on(CUSTOMERS, ...(down.length > 0 ? down : ['j']), 'p')(page)
    await page.keyboard.type(article)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: /Antal|Quantity/ }).fill(quantity)
    await page.getByText(new RegExp(asking.join('|'))).waitFor({ state: 'detached' })
  }
}

/** The form for a new user, ready to be typed in. */
const beginUser = async (page: Page) => {
  await on(USERS, 'n')(page)
  await page.locator('input:focus').waitFor()
}

const newUser = async (page: Page) => {
  await beginUser(page)
  await page.keyboard.type('anna.berg')
  await page.getByRole('textbox', { name: /^(Namn|Name)$/ }).fill('Anna Berg')
  await page.getByRole('button', { name: /Föreslå|Suggest/ }).click()
}

const standIn = async (page: Page) => {
  await on(SETTINGS)(page)
  await page.getByRole('button', { name: /^(Lämna över…|Hand over…)$/ }).click()
}

const deadlines = (isChanging: boolean) => async (page: Page) => {
  await on(SETTINGS)(page)
  const change = page.getByRole('button', { name: /^(Ändra tidsgränserna|Change the deadlines)$/ })
  await change.scrollIntoViewIfNeeded()
  if (isChanging) await change.click()
}

/** The dates of the first order, one for all and then one by itself. */
const dates =
  (valve: string, ...keys: readonly string[]) =>
  async (page: Page) => {
    await on(ORDERS, 'j', 'd')(page)
    await page
      .getByRole('textbox', { name: /^(Samma datum för alla|Same date for all)$/ })
      .fill('2026-12-04')
    const cell = page.getByRole('textbox', {
      name: /^(Bekräftad|Confirmed), (Kulventil|Ball valve)/,
    })
    await cell.fill(valve)
    for (const key of keys) await page.keyboard.press(key)
  }

/** The screens beside the inbox. */
/** Opens an article and asks how many can be had of it. */
const askStock = (article: string, quantity: string) => async (page: Page) => {
  await on(STOCK)(page)
  await page.getByRole('row', { name: new RegExp(article) }).click()
  await page.getByRole('region', { name: article }).getByRole('textbox').fill(quantity)
}

const searchStock = (words: string) => async (page: Page) => {
  await on(STOCK)(page)
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type(words)
}

export const officeShots: readonly Shot[] = [
  { name: 'stock', act: on(STOCK) },
  { name: 'stock-open', act: askStock('RB-2206', '400') },
  { name: 'stock-wrong', act: askStock('KB-3325', '2,5555') },
  { name: 'stock-nothing', act: searchStock('qq') },
  { name: 'stock-offline', scene: 'offline', act: askStock('FL-0040', '3') },
  { name: 'orders', scene: 'office', act: on(ORDERS, 'j') },
  { name: 'orders-dark', scene: 'office', theme: 'dark', act: on(ORDERS, 'j') },
  { name: 'orders-en', scene: 'office', lang: 'en', act: on(ORDERS, 'j') },
  {
    name: 'orders-en-dark-narrow',
    scene: 'office',
    lang: 'en',
    theme: 'dark',
    size: NARROW,
    act: on(ORDERS, 'j'),
  },
  { name: 'orders-narrow', scene: 'office', size: NARROW, act: on(ORDERS, 'j') },
  { name: 'orders-1280', scene: 'office', size: [1280, 800], act: on(ORDERS, 'j') },
  { name: 'dates', scene: 'office', act: dates('2026-12-09') },
  { name: 'dates-wrong', scene: 'office', act: dates('2026-11-09', 'Enter') },
  { name: 'dates-leaving', scene: 'office', act: dates('2026-12-09', 'Escape') },
  { name: 'dates-saved', scene: 'office_dates', act: dates('2026-12-09', 'Enter') },
  { name: 'dates-overtaken', scene: 'office_dates_overtaken', act: dates('2026-12-04', 'Enter') },
  { name: 'dates-queued', scene: 'office_dates_queued', act: dates('2026-12-09', 'Enter') },
  { name: 'orders-none', scene: 'office', act: on(ORDERS) },
  {
    name: 'orders-older',
    scene: 'office',
    act: async (page) => {
      await on(ORDERS)(page)
      await page.getByRole('radio', { name: 'Alla' }).click()
      await page.getByRole('button', { name: 'Hämta äldre order' }).click()
      await page.getByText(sv.t('orders.olderLoading')).waitFor({ state: 'detached' })
      await page.getByRole('listbox').focus()
      await page.keyboard.press('k')
      await page.getByRole('option', { selected: true }).waitFor()
    },
  },
  {
    name: 'orders-nothing',
    scene: 'office',
    theme: 'dark',
    act: async (page) => {
      await on(ORDERS, '/')(page)
      await page.keyboard.type('zzz')
    },
  },
  { name: 'orders-offline', scene: 'office_offline', act: on(ORDERS, 'j') },
  { name: 'orders-empty', scene: 'office_empty', act: on(ORDERS) },
  { name: 'orders-agent', scene: 'office_agent', act: on(ORDERS) },
  { name: 'customers', scene: 'office', act: on(CUSTOMERS, 'j') },
  { name: 'customers-dark', scene: 'office', theme: 'dark', act: on(CUSTOMERS, 'j', 'j', 'j') },
  { name: 'customers-price', scene: 'office', act: checkPrice('kv', '40') },
  {
    name: 'customers-price-dark',
    scene: 'office',
    theme: 'dark',
    act: checkPrice('kb', '62,55'),
  },
  {
    name: 'customers-price-en',
    scene: 'office',
    lang: 'en',
    act: checkPrice('kv', '40'),
  },
  {
    name: 'customers-price-missing-narrow',
    scene: 'office',
    size: NARROW,
    act: checkPrice('fl', '25'),
  },
  {
    name: 'customers-picker',
    scene: 'office',
    act: async (page) => {
      await on(CUSTOMERS, 'j', 'p')(page)
      await page.keyboard.type('i')
    },
  },
  {
    name: 'customers-en-dark-narrow',
    scene: 'office',
    lang: 'en',
    theme: 'dark',
    size: NARROW,
    act: on(CUSTOMERS, 'j'),
  },
  {
    name: 'customers-stopped',
    scene: 'office',
    act: async (page) => {
      await on(CUSTOMERS)(page)
      await page.getByRole('radio', { name: /Stoppade/ }).click()
      await page.keyboard.press('j')
    },
  },
  { name: 'customers-offline', scene: 'office_offline', act: checkPrice('kv', '40') },
  {
    name: 'customers-orders',
    scene: 'office',
    act: on(CUSTOMERS, 'j', 'o', 'j'),
  },
  { name: 'settings', scene: 'office_outbox', act: on(SETTINGS) },
  { name: 'stand-in', scene: 'office', act: standIn },
  { name: 'deadlines', scene: 'office_admin', act: deadlines(false) },
  { name: 'deadlines-change', scene: 'office_admin', act: deadlines(true) },
  {
    name: 'audit-export',
    scene: 'office_admin',
    act: async (page) => {
      await on(SETTINGS)(page)
      await page.getByRole('button', { name: /^(Spara som|Save as)/ }).scrollIntoViewIfNeeded()
    },
  },
  { name: 'settings-dark', scene: 'office', theme: 'dark', act: on(SETTINGS) },
  {
    name: 'settings-en-narrow',
    scene: 'office_admin',
    lang: 'en',
    size: NARROW,
    act: on(SETTINGS),
  },
  { name: 'users', scene: 'office_admin', act: on(USERS, 'j') },
  { name: 'users-dark', scene: 'office_admin', theme: 'dark', act: on(USERS, 'j', 'j', 'j') },
  {
    name: 'users-en-narrow',
    scene: 'office_admin',
    lang: 'en',
    size: NARROW,
    act: on(USERS, 'j'),
  },
  { name: 'users-new', scene: 'office_admin', act: newUser },
  {
    name: 'users-new-wrong',
    scene: 'office_admin',
    act: async (page) => {
      await beginUser(page)
      await page.keyboard.type('å')
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'users-taken-dark',
    scene: 'office_admin_taken',
    theme: 'dark',
    act: async (page) => {
      await newUser(page)
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'users-added',
    scene: 'office_admin',
    act: async (page) => {
      await newUser(page)
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'users-conflict',
    scene: 'office_admin_conflict',
    act: async (page) => {
      await on(USERS, 'j')(page)
      await page.getByRole('textbox', { name: 'Team' }).fill('Syd')
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'users-last-admin',
    scene: 'office_admin_last',
    lang: 'en',
    act: async (page) => {
      await on(USERS)(page)
      await page.getByRole('option', { name: /Mona/ }).click()
      await page.locator('label', { hasText: /Attestant|Approver/ }).click()
      await page.locator('label', { hasText: /Administratör|Administrator/ }).click()
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'users-added-narrow',
    scene: 'office_admin',
    theme: 'dark',
    size: NARROW,
    act: async (page) => {
      await newUser(page)
      await page.keyboard.press('Control+s')
    },
  },
  {
    name: 'orders-copied-narrow',
    scene: 'office',
    size: NARROW,
    act: on(ORDERS, 'j', 'Control+Shift+c'),
  },
  { name: 'groups', scene: 'groups', act: openGroup },
  { name: 'groups-wrong', scene: 'groups', act: writeGroup('12,345') },
  { name: 'groups-conflict', scene: 'groups_conflict', act: writeGroup('60 000') },
  { name: 'groups-offline', scene: 'groups_offline', act: openGroup },
  { name: 'groups-empty', scene: 'groups_empty', act: on(GROUPS) },
  { name: 'groups-follows', scene: 'groups', act: on(GROUPS, 'j') },
  {
    name: 'users-hand-over',
    scene: 'office_admin',
    act: async (page) => {
      await on(USERS)(page)
      await page.getByRole('option', { name: /Erik/ }).click()
      await page.keyboard.press('h')
      await page.keyboard.press('Enter')
    },
  },
  { name: 'users-offline', scene: 'office_admin_offline', act: on(USERS, 'j') },
]
