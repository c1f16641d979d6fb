import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerScenes, type CustomerScenes } from '../support/customer-scenes'
import { openPreview, type PreviewWindow } from '../support/preview/open'
import { settle } from '../support/preview/settle'

/** All of WCAG 2.2 A and AA that can be found without a person. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let scenes: CustomerScenes
let window: PreviewWindow

beforeAll(async () => {
  scenes = await customerScenes('sv')
  window = await openPreview()
}, 120_000)

afterAll(async () => {
  await window?.close()
  await scenes?.close()
})

/** What axe finds wrong with the page as it stands, as rule, element and why. */
async function violations(): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page: window.page })
    .setLegacyMode(true)
    .withTags(TAGS)
    .analyze()
  // An audit of an empty page, or without the colours, would find nothing either.
  expect(found.passes.map(({ id }) => id)).toContain('color-contrast')
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  )
}

test('pages and mails are accessible, in the light and in the dark, on a phone and on a desk', async () => {
  const { page } = window
  const found: string[] = []
  const look = async (where: string) => {
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (width > 0) found.push(`${where}: ${width} pixels wider than the window`)
    for (const one of await violations()) found.push(`${where}: ${one}`)
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [320, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      for (const [name, url] of Object.entries(scenes.pages)) {
        await page.goto(url, { waitUntil: 'load' })
        await look(`${name}, ${colorScheme}, ${width}`)
      }
      await page.goto('about:blank')
      for (const [name, html] of Object.entries(scenes.mails)) {
        await page.setContent(html)
        await look(`mail ${name}, ${colorScheme}, ${width}`)
      }
    }
  }
  expect(found).toEqual([])
}, 120_000)

test('a requisition is withdrawn by keyboard alone, without script, and a reload sends nothing again', async () => {
  const { page } = window
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(scenes.pages.returned, { waitUntil: 'load' })
  // Keys that are pressed before it has been drawn are lost.
  await settle(page)
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  // A window that has just been opened may not have the keyboard yet.
  await expect
    .poll(async () => {
      const isNowhere = await page.evaluate(() => document.activeElement === document.body)
      if (isNowhere) await page.keyboard.press('Tab')
      return focused()
    })
    .toBe('Dra tillbaka')
  await page.keyboard.press('Enter')
  expect(await violations()).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.type('Vi behöver dem inte längre.')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Ja, dra tillbaka')
  await page.keyboard.press('Enter')
  await page.getByText('Anna Lind drog tillbaka det').waitFor()
  expect(page.url()).toBe(scenes.pages.returned)
  await page.reload({ waitUntil: 'load' })
  await page.getByText('Anna Lind drog tillbaka det').waitFor()
  expect(await page.getByText('redan kommit fram').count()).toBe(0)
  expect(await page.locator('script').count()).toBe(0)
  // The sheet is the page's own, and nothing was kept from it by the policy.
  expect(window.faults.filter((fault) => /Content.Security.Policy/i.test(fault))).toEqual([])
})

test('a quote is answered by keyboard alone: a change is asked for', async () => {
  const { page } = window
  await page.goto(scenes.pages.offered, { waitUntil: 'load' })
  await settle(page)
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Acceptera offerten')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Be om en ändring')
  await page.keyboard.press('Enter')
  expect(await violations()).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.type('Halva antalet, tack.')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skicka')
  await page.keyboard.press('Enter')
  await page.getByText('Vi har fått ert svar').waitFor()
  await page.getByText('Halva antalet, tack.').waitFor()
  expect(await page.locator('form').count()).toBe(0)
})
