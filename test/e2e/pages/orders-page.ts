import { DeskPage } from './desk-page'

/** Orders: the list, the order beside it, and promising its dates. */
export class OrdersPage extends DeskPage {
  async select(number: string): Promise<void> {
    const list = this.page.getByRole('listbox', { name: this.words.t('orders.list') })
    await list.getByRole('option').filter({ hasText: number }).click()
    await this.page.getByRole('region', { name: this.words.t('order.named', { number }) }).waitFor()
  }

  /** By the key: the dates of the lines as fields, the first of them with the focus. */
  async openDates(): Promise<void> {
    await this.page.keyboard.press('d')
    await this.page.locator('[data-cell$=" date"]:focus').waitFor()
  }

  /** Types one day for all lines and saves it, by the keyboard alone. */
  async promise(day: string): Promise<void> {
    await this.openDates()
    await this.page.keyboard.type(day)
    await this.page.keyboard.press('Enter')
    await this.page.locator('[data-editing]').waitFor({ state: 'detached' })
  }

  /** Out of the dates, once it has been asked whether what was typed is to go. */
  async throwAway(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('edit.discard'), exact: true }).click()
    await this.page.locator('[data-editing]').waitFor({ state: 'detached' })
  }

  /** Until every line shows the day, and who promised it is told. */
  async waitForPromise(lines: number, by: string): Promise<void> {
    const told = this.words.t('order.datesConfirmedBy', {
      confirmed: lines,
      lines,
      name: by,
      when: '',
    })
    await this.page.getByText(told.trim()).first().waitFor()
  }
}
