import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/accessibility'
import { customerScenes, type CustomerScenes } from '../support/customer-scenes'
import { openPreview, type PreviewWindow } from '../support/preview/open'
import { settle } from '../support/preview/settle'

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

test('pages and mails are accessible, in the light and in the dark, on a phone and on a desk', async () => {
  const { page } = window
  const found: string[] = []
  const look = async (where: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [320, 1024]) {
        await page.setViewportSize({ width, height: 800 })
        const stage = `${where}, ${colorScheme}, ${width}`
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (beyond > 0) found.push(`${stage}: ${beyond} pixels wider than the window`)
        for (const one of await violations(page)) found.push(`${stage}: ${one}`)
      }
    }
  }
  for (const [name, url] of Object.entries(scenes.pages)) {
    await page.goto(url, { waitUntil: 'load' })
    await look(name)
  }
  await page.goto('about:blank')
  for (const [name, html] of Object.entries(scenes.mails)) {
    await page.setContent(html)
    await look(`mail ${name}`)
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
  expect(await violations(window.page)).toEqual([])
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
  expect(await violations(window.page)).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.type('Halva antalet, tack.')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skicka')
  await page.keyboard.press('Enter')
  await page.getByText('Vi har fått ert svar').waitFor()
  await page.getByText('Halva antalet, tack.').waitFor()
  expect(await page.locator('form').count()).toBe(0)
})
