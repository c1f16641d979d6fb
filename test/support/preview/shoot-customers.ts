/**
 * Pictures of the mails and pages that customers get, from a real gateway, in both languages, themes and
 * two widths: `npx tsx test/support/preview/shoot-customers.ts FOLDER [name…]`.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { languages } from '../../../language/catalogue'
import { customerScenes } from '../customer-scenes'
import { openPreview } from './open'

const [folder, ...names] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say which folder the pictures go into.')
await mkdir(folder, { recursive: true })
const window = await openPreview()
const { page } = window
try {
  for (const language of languages) {
    const scenes = await customerScenes(language)
    // Where nobody is known by the link, the page is in the language that is asked for.
    await page.setExtraHTTPHeaders({ 'accept-language': language })
    const shown = [
      ...Object.entries(scenes.pages).map(([name, url]) => ({
        name: `page-${name}`,
        open: () => page.goto(url, { waitUntil: 'load' }),
      })),
      {
        name: 'page-withdraw',
        open: async () => {
          await page.goto(scenes.pages.returned, { waitUntil: 'load' })
          await page.locator('summary').click()
        },
      },
      {
        name: 'page-counter',
        open: async () => {
          await page.goto(scenes.pages.offered, { waitUntil: 'load' })
          for (const summary of await page.locator('summary').all()) await summary.click()
        },
      },
      {
        name: 'page-say-no',
        open: async () => {
          await page.goto(scenes.pages.asked, { waitUntil: 'load' })
          await page.locator('summary').click()
        },
      },
      {
        name: 'page-over-limit',
        open: async () => {
          await page.goto(scenes.pages.asked, { waitUntil: 'load' })
          await page.locator('button[value=approve]').click()
          await page.getByRole('alert').waitFor()
        },
      },
      ...Object.entries(scenes.mails).map(([name, html]) => ({
        name: `mail-${name}`,
        open: async () => {
          await page.goto('about:blank')
          await page.setContent(html)
        },
      })),
    ].filter(({ name }) => names.length === 0 || names.includes(name))
    for (const width of [390, 1024]) {
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme })
        for (const { name, open } of shown) {
          await page.setViewportSize({ width, height: 800 })
          await open()
          // As high as it is: beside a scroll bar the picture would be cut.
          const height = await page.evaluate(() => document.documentElement.scrollHeight)
          await page.setViewportSize({ width, height })
          const path = join(folder, `${name}-${language}-${theme}-${width}.png`)
          await page.screenshot({ path })
        }
      }
    }
    await scenes.close()
  }
  for (const fault of window.faults) process.stdout.write(`${fault}\n`)
} finally {
  await window.close()
}
