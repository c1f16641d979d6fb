import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** All of WCAG 2.2 A and AA that can be found without a person. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds wrong with the page as it stands, as rule, element and why. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Its source is half a megabyte, which a page that has it already need not be given again.
  const isThere = await page.evaluate(() => 'axe' in window)
  const found = await new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    // Of what passes an example is enough: to name every element takes longer than to judge it.
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS)
    // The other way opens a second page, which an Electron window cannot.
    .setLegacyMode(true)
    .analyze()
  // An audit of an empty page, or without the colours, would find nothing either.
  expect(found.passes.map(({ id }) => id)).toContain('color-contrast')
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  )
}
