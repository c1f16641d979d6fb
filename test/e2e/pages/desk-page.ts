import type { Locator, Page } from 'playwright-core'
import { formatsIn } from '../../../language/formats'
import { wordsIn } from '../../../language/words'
import type { KontorBridge } from '../../../contract/bridge'
import type { LocalSettings } from '../../../contract/console'

declare global {
  interface Window {
    readonly kontor: KontorBridge
  }
}

/** What all screens have in common: the window's frame, the connection, the settings. */
export class DeskPage {
  readonly page: Page
  protected readonly words = wordsIn('sv')
  protected readonly formats = formatsIn(wordsIn('sv'), 'Europe/Stockholm')

  constructor(page: Page) {
    this.page = page
  }

  /** Change settings as the settings screen does, and wait until the window shows them. */
  async use(settings: Partial<LocalSettings>): Promise<void> {
    await this.page.evaluate(
      (changed) => window.kontor.request('settings.update', changed),
      settings,
    )
    const { language, theme } = settings
    if (language) await this.page.locator(`html[lang^="${language}"]`).waitFor()
    if (theme) await this.page.locator(`html[data-theme="${theme}"]`).waitFor()
  }

  async waitUntilLive(): Promise<void> {
    await this.page.getByText(this.words.t('connection.live'), { exact: true }).first().waitFor()
  }

  async waitUntilOffline(): Promise<void> {
    await this.page.getByText(this.words.t('connection.unreachable')).first().waitFor()
  }

  /** Until the sentence about the line to the gateway stands there. */
  async waitForConnection(reason: 'protocol_older' | 'protocol_newer'): Promise<void> {
    await this.page
      .getByText(this.words.t(`connection.${reason}`))
      .first()
      .waitFor()
  }

  /** Told both of the disk and of what could not be kept on it. */
  async waitForDiskFull(): Promise<void> {
    await this.page.getByText(this.words.t('storage.full')).first().waitFor()
    await this.page.getByText(this.words.t('error.unavailable.disk_full')).first().waitFor()
  }

  async waitForDiskWritable(): Promise<void> {
    await this.page.getByText(this.words.t('storage.full')).first().waitFor({ state: 'detached' })
  }

  async open(
    screen: 'inbox' | 'orders' | 'customers' | 'quotes' | 'settings' | 'users' | 'rules' | 'groups',
  ): Promise<void> {
    await this.rail.getByRole('button', { name: this.words.t(`${screen}.title`) }).click()
  }

  /** Open the first row of a screen's list in the detail beside it. */
  async openFirstRow(screen: 'orders' | 'customers' | 'users' | 'groups'): Promise<void> {
    const rows = this.page
      .getByRole('listbox', { name: this.words.t(`${screen}.list`) })
      .getByRole('option')
    await rows.first().click()
    await rows.and(this.page.locator('[aria-selected="true"]')).waitFor()
  }

  /** The names of the screens that are offered. */
  async screens(): Promise<readonly string[]> {
    const names = await this.rail.getByRole('button').allInnerTexts()
    return names.map((name) => name.split('\n')[0]?.trim() ?? '')
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: this.words.t('shell.rail') })
  }
}
