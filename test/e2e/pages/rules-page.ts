import { DeskPage } from './desk-page'

/** The approval rules, where an admin writes, tries and puts them in force. */
export class RulesPage extends DeskPage {
  /** Begins a rule on the total, above an amount as it is typed, switched on. */
  async begin(amount: string): Promise<void> {
    const { t } = this.words
    await this.page
      .getByRole('button', { name: t('rules.add') })
      .first()
      .click()
    await this.page.getByRole('menuitem', { name: t('rules.start.total') }).click()
    await this.page
      .getByRole('textbox', { name: t('rules.amountIn', { currency: 'SEK' }) })
      .fill(amount)
    // The switch itself is covered by what is drawn in its place: people press the label.
    await this.page.getByRole('switch').locator('xpath=ancestor::label').click()
  }

  /** Tries what is written on the last days, and waits for what came of it. */
  async try(): Promise<void> {
    const { t } = this.words
    await this.page
      .getByRole('button', { name: t('rules.try') })
      .first()
      .click()
    await this.page.getByRole('button', { name: new RegExp(`^${t('rules.tryNow')}( T)?$`) }).click()
    await this.page.getByText(t('rules.atOnce')).waitFor()
  }

  async throwAway(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('rules.discard') }).click()
    await this.page.locator('footer[data-foot]').waitFor({ state: 'detached' })
  }

  /** Opens the rule of that name. */
  async select(name: string): Promise<void> {
    const list = this.page.getByRole('listbox', { name: this.words.t('rules.list') })
    const row = list.getByRole('option').filter({ hasText: name })
    await row.click()
    await row.and(this.page.locator('[aria-selected="true"]')).waitFor()
  }

  async putInForce(): Promise<void> {
    const { t } = this.words
    await this.page.getByRole('button', { name: t('rules.putInForce') }).click()
    await this.page.getByText(t('rules.inForce', { count: 1 })).waitFor()
  }
}
