import type { Page } from 'playwright-core'

/** Waits until the page stands still: fonts there, nothing awaited, nothing moving, all of it drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      document.querySelector('[aria-busy="true"]') === null &&
      document.getAnimations().every(({ playState }) => playState !== 'running'),
  )
  // What the last change gave rise to is drawn in one frame and has been laid out by the next.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
}
