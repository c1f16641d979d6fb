import type { Page } from 'playwright-core'

import type { Shot } from './shot'

const keys =
  (...pressed: readonly string[]) =>
  async (page: Page) => {
    for (const key of pressed) await page.keyboard.press(key)
  }

/** To the section of the detail; where it lies below the lines, it comes into sight. */
const look =
  (...pressed: readonly string[]) =>
  async (page: Page) => {
    await keys('j', ...pressed)(page)
    await page
      .getByRole('region', { name: /^(Bilagor|Attachments)$/ })
      .evaluate((section) => section.scrollIntoView({ block: 'center' }))
  }

/** Files held over what is open. */
const held = async (page: Page) => {
  await keys('j')(page)
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'Ritning.pdf'))
    const over = new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true })
    document.querySelector('[data-scroller][role=region]')?.dispatchEvent(over)
  })
}

/** Files beside a requisition: attached, on their way, refused, out of reach. */
export const attachmentShots: readonly Shot[] = [
  { name: 'attachments', scene: 'attachments', act: look() },
  { name: 'attachments-focus', scene: 'attachments', act: look('i', 'i', 'Tab', 'Tab') },
  { name: 'attachments-none', scene: 'attachments_none', act: look() },
  { name: 'attachments-sending', scene: 'attachments_sending', act: look('f') },
  { name: 'attachments-refused', scene: 'attachments_refused', act: look('f') },
  {
    name: 'attachments-offline',
    scene: 'attachments',
    act: async (page) => {
      await look()(page)
      await page.evaluate(() => {
        const { fake } = window as unknown as { fake: { lose: () => void } }
        fake.lose()
      })
    },
  },
  {
    name: 'attachments-remove',
    scene: 'attachments',
    act: async (page) => {
      await look()(page)
      await page.getByRole('button', { name: /^(Ta bort|Remove) Kalkyl/ }).click()
    },
  },
  {
    name: 'attachments-show',
    scene: 'attachments',
    act: async (page) => {
      await look()(page)
      await page.getByRole('button', { name: /^(Visa|Show) Kalkyl/ }).click()
    },
  },
  { name: 'attachments-drop', scene: 'attachments', act: held },
]
