/**
 * Pictures of the window over the fake bridge, in every state worth looking at:
 * `npx tsx test/support/preview/shoot.ts FOLDER [--all] [name…]`; with `--all` each of them in both
 * themes, both languages and two widths, whatever it is taken in otherwise.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { attachmentShots } from './attachment-shots'
import { bulkShots } from './bulk-shots'
import { officeShots } from './office-shots'
import { quoteShots } from './quote-shots'
import { rulesShots } from './rules-shots'
import type { Shot } from './shot'
import { openPreview } from './open'
import { servePreview } from './serve'
import { settle } from './settle'

const WIDE = [1600, 900] as const
const NARROW = [1024, 700] as const
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key)
  }
const first = press('j')
/** The first of all, whoever is to decide. */
const allFirst = async (page: Page) => {
  await page.getByRole('radio', { name: /^(Alla|All)$/ }).click()
  await page.keyboard.press('j')
}

/** What is left of a limit, and not the dots that stand there until it is known. */
const LEFT = /(kr kvar|\d left) i/
/** The first of all, once what was asked about the customer's people is answered. */
const askedBuyers = (answer: RegExp) => async (page: Page) => {
  await allFirst(page)
  await page.getByText(answer).first().waitFor()
}

/** An approval that nobody answers, a minute later. */
const unknown = async (page: Page) => {
  await press('j', 'a')(page)
  await page.evaluate(() => {
    const { fake } = window as unknown as { fake: { pass: (milliseconds: number) => void } }
    fake.pass(61_000)
  })
  await page.getByRole('button', { name: /Fråga igen|Ask again/ }).waitFor()
}

/** What has changed since it was proposed is there; then a key. */
const changed = (key: string) => async (page: Page) => {
  await first(page)
  await page.getByText(/^(2 priser|Changed since it was proposed: 2 prices)/).waitFor()
  await page.keyboard.press(key)
}

/** The customer that is on hold, asked to be approved. */
const confirm = press(...Array<string>(7).fill('j'), 'a')
const tooLong = async (page: Page) => {
  await press('j', 'r')(page)
  await page.locator('[data-writing] textarea').fill('Vi kan inte leverera. '.repeat(95))
}
const goneWhileWriting = async (page: Page) => {
  await press('j', 'c')(page)
  await page.keyboard.type('Vi behöver ert ordernummer.')
  await page.evaluate(() => {
    const { fake } = window as unknown as { fake: { withdraw: () => void } }
    fake.withdraw()
  })
}

/** Two cells changed and one that cannot be. */
const edit = async (page: Page) => {
  await press('j', 'e')(page)
  await page.locator('[data-cell="0 quantity"]').fill('30')
  await page.locator('[data-cell="0 price"]').fill('15')
  await page.locator('[data-cell="1 quantity"]').fill('0,25')
}
const propose = async (page: Page) => {
  await press('j', 'e')(page)
  await page.locator('[data-cell="0 price"]').fill('15')
  await page.locator('[data-cell="0 price"]').press('Control+Shift+Enter')
  await page.keyboard.type('Vi kan göra det här i stället.')
}
const leave = async (page: Page) => {
  await edit(page)
  await page.keyboard.press('Escape')
}

const shots: readonly Shot[] = [
  { name: 'edit', act: edit },
  { name: 'edit-propose', act: propose },
  { name: 'edit-leave', act: leave },

  { name: 'confirm', act: confirm },
  { name: 'confirm-en-dark-narrow', lang: 'en', theme: 'dark', size: NARROW, act: confirm },
  { name: 'too-long', act: tooLong },
  { name: 'too-long-en-dark-narrow', lang: 'en', theme: 'dark', size: NARROW, act: tooLong },
  { name: 'gone-while-writing', act: goneWhileWriting },
  {
    name: 'gone-while-writing-dark-narrow',
    theme: 'dark',
    size: NARROW,
    act: goneWhileWriting,
  },
  { name: 'minimum', size: [880, 560], act: press('j', 'j', 'j') },
  { name: 'minimum-en-dark', lang: 'en', theme: 'dark', size: [880, 560], act: confirm },
  { name: 'inbox-light', act: first },
  { name: 'inbox-dark', theme: 'dark', act: first },
  { name: 'inbox-en', lang: 'en', act: first },
  { name: 'inbox-en-dark-narrow', lang: 'en', theme: 'dark', size: NARROW, act: first },
  { name: 'inbox-narrow', size: NARROW, act: first },
  { name: 'inbox-dark-narrow', theme: 'dark', size: NARROW, act: first },
  { name: 'inbox-en-narrow', lang: 'en', size: NARROW, act: first },
  { name: 'inbox-en-dark', lang: 'en', theme: 'dark', act: first },
  { name: 'choice', act: press('j', 'w', 'w', 'ArrowUp') },
  { name: 'choice-dark-narrow', theme: 'dark', size: NARROW, act: press('j', 'w', 'ArrowDown') },
  { name: 'choice-en', lang: 'en', act: press('j', 'w', 'w', 'ArrowUp') },
  { name: 'changed', scene: 'changed', act: changed('d') },
  { name: 'changed-told', scene: 'changed_told', act: changed('a') },
  { name: 'marked', act: press('j', 'l', 'x', 'ArrowDown', 'x') },
  { name: 'marked-step', scene: 'steps_to_go', act: press('j', 'l', 'x', 'ArrowDown', 'x') },
  { name: 'parts', scene: 'parts', act: press('j', 'j') },
  { name: 'part-ordered', act: press('j', 'l', 'x', 'a') },
  { name: 'steps', scene: 'steps', act: first },
  { name: 'steps-to-go', scene: 'steps_to_go', act: first },
  { name: 'waiting', scene: 'waiting', act: allFirst },
  {
    name: 'skip-step',
    scene: 'steps_of_another',
    act: async (page) => {
      await allFirst(page)
      await page.getByRole('button', { name: /^(Mer|More)$/ }).click()
      await page.getByRole('menuitem', { name: /Hoppa över|Skip/ }).click()
      // The menu takes the focus along when it goes, and gives it back.
      await page.waitForTimeout(200)
      await page.locator('[data-writing] textarea:focus').waitFor()
    },
  },
  { name: 'buyer', scene: 'buyer', act: askedBuyers(LEFT) },
  { name: 'buyer-nobody', scene: 'buyer_nobody', act: allFirst },
  { name: 'buyer-asking', scene: 'buyer_asking', act: allFirst },
  {
    name: 'buyer-failed',
    scene: 'buyer_failed',
    act: askedBuyers(/^(Försök igen|Try again)$/),
  },
  {
    name: 'buyer-offline',
    scene: 'buyer',
    act: async (page) => {
      await askedBuyers(LEFT)(page)
      await page.evaluate(() => {
        const { fake } = window as unknown as { fake: { lose: () => void } }
        fake.lose()
      })
    },
  },
  { name: 'expired', scene: 'expired', act: allFirst },
  { name: 'reminded', scene: 'reminded', act: first },
  { name: 'steps-of-others', scene: 'steps_of_others', act: allFirst },
  { name: 'asking', scene: 'unanswered', act: press('j', 'a') },
  { name: 'unknown-dark-narrow', scene: 'unanswered', theme: 'dark', size: NARROW, act: unknown },
  { name: 'unknown', scene: 'unanswered', act: unknown },
  { name: 'unknown-en', scene: 'unanswered', lang: 'en', act: unknown },
  { name: 'approved-narrow', size: NARROW, act: press('j', 'a') },
  {
    name: 'approved-en-dark-narrow',
    lang: 'en',
    theme: 'dark',
    size: NARROW,
    act: press('j', 'a'),
  },
  { name: 'unreadable', scene: 'unreadable', act: first },
  { name: 'unreadable-dark', scene: 'unreadable', theme: 'dark', act: first },
  { name: 'unreadable-en', scene: 'unreadable', lang: 'en', act: first },
  { name: 'unreadable-narrow', scene: 'unreadable', size: NARROW, act: first },
  {
    name: 'unreadable-en-dark-narrow',
    scene: 'unreadable',
    lang: 'en',
    theme: 'dark',
    size: NARROW,
    act: first,
  },
  { name: 'inbox-1280', size: [1280, 800], act: first },
  { name: 'nothing-selected' },
  {
    name: 'reject',
    act: async (page) => {
      await first(page)
      await page.keyboard.press('r')
      await page.keyboard.type('Vi kan inte leverera pumpen före årsskiftet.')
    },
  },
  { name: 'approved', act: press('j', 'a') },
  { name: 'pending', scene: 'pending', act: press('j', 'a') },
  { name: 'conflict', scene: 'conflict', act: press('j', 'a') },
  { name: 'refused', scene: 'refused', theme: 'dark', act: press('j', 'a') },
  { name: 'offline', scene: 'offline', act: press('j', 'j', 'j', 'j') },
  { name: 'offline-dark-narrow', scene: 'offline', theme: 'dark', size: NARROW, act: first },
  { name: 'protocol', scene: 'protocol', act: first },
  {
    name: 'outbox',
    scene: 'outbox',
    act: (page) =>
      page
        .getByRole('button', { name: /väntar/ })
        .first()
        .click(),
  },
  {
    name: 'outcome',
    act: async (page) => {
      await page.getByRole('radio', { name: /^(Avslutade|Finished)$/ }).click()
      await page.keyboard.press('j')
    },
  },
  {
    name: 'search',
    act: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('ror')
    },
  },
  {
    name: 'search-nothing',
    act: async (page) => {
      await page.keyboard.press('/')
      await page.keyboard.type('zzz')
    },
  },
  { name: 'empty', scene: 'empty' },
  {
    name: 'palette',
    act: async (page) => {
      await first(page)
      await page.keyboard.press('Control+k')
    },
  },
  {
    name: 'palette-search',
    theme: 'dark',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('berg')
    },
  },
  { name: 'shortcuts', act: press('j', '?') },
  {
    name: 'price-why',
    act: async (page) => {
      await first(page)
      await page
        .getByRole('button', { name: /66,98|64,90/ })
        .first()
        .click()
    },
  },
  {
    name: 'stock-why',
    act: async (page) => {
      await first(page)
      await page.getByRole('button', { name: '96 nu' }).click()
    },
  },
  {
    name: 'user-menu',
    theme: 'dark',
    act: (page) => page.getByRole('button', { name: 'Konto och program' }).click(),
  },
  {
    name: 'new-rows',
    act: async (page) => {
      await first(page)
      await page.mouse.move(400, 400)
      await page.mouse.move(400, 420)
      await page.evaluate(() => {
        const { fake } = window as unknown as { fake: { arrive: (count: number) => void } }
        fake.arrive(3)
      })
    },
  },
  { name: 'large', scene: 'large', act: first },
  { name: 'many', scene: 'many', act: first },
  { name: 'first-run', scene: 'first_run' },
  { name: 'first-run-dark', scene: 'first_run', theme: 'dark' },
  { name: 'starting', scene: 'starting' },
  { name: 'demo-accounts', scene: 'demo_accounts' },
  {
    name: 'demo-accounts-en-dark-narrow',
    scene: 'demo_accounts',
    lang: 'en',
    theme: 'dark',
    size: NARROW,
  },
  { name: 'sign-in-waiting-narrow', scene: 'sign_in', size: NARROW },
  { name: 'sign-in-waiting-en-dark', scene: 'sign_in', lang: 'en', theme: 'dark' },
  {
    name: 'sign-out-question',
    scene: 'outbox',
    act: async (page) => {
      await page.getByRole('button', { name: 'Konto och program' }).click()
      await page.getByRole('menuitem', { name: 'Logga ut' }).click()
    },
  },
  {
    name: 'palette-disabled-narrow',
    size: NARROW,
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('avslå')
    },
  },
  {
    name: 'sign-in',
    scene: 'sign_in',
    act: (page) => page.getByRole('button', { name: /^(Logga in|Sign in)$/ }).click(),
  },
  {
    name: 'connect',
    scene: 'first_run',
    act: async (page) => {
      await page.getByRole('button', { name: /Logga in på er/ }).click()
      await page.keyboard.type('http://kontor.nordtek.se')
      await page.keyboard.press('Enter')
    },
  },
  { name: 'failed', scene: 'failed', theme: 'dark' },
  { name: 'recovered', scene: 'recovered', act: first },
  ...attachmentShots,
  ...bulkShots,
  ...officeShots,
  ...quoteShots,
  ...rulesShots,
]

/** The same in every theme, language and width. */
function everywhere(shot: Shot): readonly Shot[] {
  const all: Shot[] = []
  for (const lang of ['sv', 'en'] as const)
    for (const theme of ['light', 'dark'] as const)
      for (const size of [WIDE, NARROW])
        all.push({ ...shot, lang, theme, size, name: `${shot.name}.${lang}.${theme}.${size[0]}` })
  return all
}

const [folder = '/tmp/kontor-shots', ...rest] = process.argv.slice(2)
const names = rest.filter((word) => word !== '--all')
const isWanted = ({ name }: Shot) => names.length === 0 || names.includes(name)
const wanted = shots
  .filter(isWanted)
  .flatMap((shot) => (rest.includes('--all') ? everywhere(shot) : shot))
await mkdir(folder, { recursive: true })
const server = await servePreview()
const preview = await openPreview()
try {
  for (const shot of wanted) {
    const { scene = 'inbox', lang = 'sv', theme = 'light', size = WIDE } = shot
    preview.faults.length = 0
    await preview.resize(...size)
    const query = new URLSearchParams({ scene, lang, theme })
    await preview.page.goto(`${server.url}/?${query.toString()}`)
    await preview.page.waitForSelector('html[data-ready]')
    await preview.page.mouse.move(0, 0)
    await settle(preview.page)
    try {
      await shot.act?.(preview.page)
    } catch (error) {
      preview.faults.push(String(error))
    }
    await settle(preview.page)
    await preview.page.screenshot({ path: join(folder, `${shot.name}.png`) })
    console.log(shot.name, preview.faults.length === 0 ? 'ok' : preview.faults.join('\n  '))
  }
} finally {
  await preview.close()
  server.close()
}
