import type { Page } from 'playwright-core'

import { DeskPage } from '../../test/e2e/pages/desk-page'

const languages = ['sv', 'en'] as const
const themes = ['light', 'dark'] as const

/** Pictures of what the window shows, in both languages and themes; it is left as it was found. */
export async function takeShots(page: Page, path: string): Promise<void> {
  const desk = new DeskPage(page)
  for (const language of languages) {
    for (const theme of themes) {
      await desk.use({ language, theme })
      await page.evaluate(async () => document.fonts.ready)
      await page.screenshot({ path: `${path}-${language}-${theme}.png`, animations: 'disabled' })
    }
  }
  await desk.use({ language: 'sv', theme: 'light' })
}
