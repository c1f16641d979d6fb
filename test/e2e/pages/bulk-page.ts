import { InboxPage } from './inbox-page'

/** Deciding on many together, in the inbox. */
export class BulkPage extends InboxPage {
  /** Search for a text and pick everything that is found, by the keyboard alone. */
  async pickAllFound(text: string, count: number): Promise<void> {
    const { keyboard } = this.page
    await keyboard.press('/')
    await keyboard.type(text)
    await this.page.getByText(this.words.t('inbox.hits', { count })).waitFor()
    await keyboard.press('Enter')
    await keyboard.press('Control+a')
    await this.page.getByText(this.words.t('bulk.count', { count })).waitFor()
  }

  /** What approving all that is picked would come to, as it is asked. */
  async askToApprove(): Promise<string> {
    await this.page.keyboard.press('a')
    const dialog = this.page.getByRole('dialog', { name: this.words.t('bulk.ask.approve') })
    await dialog.waitFor()
    await dialog.locator('[data-confirm] button:focus').waitFor()
    return dialog.innerText()
  }

  /** The answer has the focus. */
  async confirm(): Promise<void> {
    await this.page.keyboard.press('Enter')
    await this.page.locator('[data-results]').waitFor()
  }

  async waitUntilOver(): Promise<void> {
    await this.page.locator('[data-results="over"]').waitFor()
  }

  async showOnlyRefused(): Promise<void> {
    await this.page.getByRole('switch', { name: this.words.t('bulk.onlyRefused') }).press('Space')
  }

  /** Each row of the results as its cells. */
  async results(): Promise<readonly (readonly string[])[]> {
    const table = this.page.getByRole('table', { name: this.words.t('bulk.results') })
    const rows = table.getByRole('row').filter({ has: this.page.getByRole('cell') })
    await rows.first().waitFor()
    return Promise.all((await rows.all()).map((row) => row.getByRole('cell').allInnerTexts()))
  }
}
