import type { Locator } from 'playwright-core'
import { DeskPage } from './desk-page'

/** The quotes: the list, and the quote beside it in its fields. */
export class QuotesPage extends DeskPage {
  get detail(): Locator {
    return this.page.getByRole('region', { name: /^Offert Q-/ })
  }

  /** Until the open quote says a state. */
  async waitForState(state: 'draft' | 'ready' | 'sent' | 'ordered'): Promise<void> {
    await this.detail
      .getByText(this.words.t(`quote.state.${state}`), { exact: true })
      .first()
      .waitFor()
  }

  /** Set the price of the first line by hand. */
  async setFirstPrice(price: string): Promise<void> {
    const name = new RegExp(`^${this.words.t('lines.price')}, `)
    await this.detail.getByRole('textbox', { name }).first().fill(price)
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('action.quotes.submit') }).click()
  }

  async send(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('action.quotes.send') }).click()
  }
}
