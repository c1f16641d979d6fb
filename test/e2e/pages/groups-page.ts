import type { Locator } from 'playwright-core'
import { DeskPage } from './desk-page'

/** Customer groups, where an admin sets what their people may and up to which amounts. */
export class GroupsPage extends DeskPage {
  /** By the keys: to the screen, and to the first group. */
  async openFirst(): Promise<void> {
    await this.page.keyboard.press('Control+9')
    await this.rows.first().waitFor()
    await this.page.keyboard.press('j')
    await this.selected.waitFor()
  }

  get rows(): Locator {
    return this.page.getByRole('listbox', { name: this.words.t('groups.list') }).getByRole('option')
  }

  get selected(): Locator {
    return this.rows.and(this.page.locator('[aria-selected="true"]'))
  }

  /** Lets the people of the open group order, up to amounts as they are typed, and saves by the key. */
  async letOrder(perOrder: string, perMonth: string): Promise<void> {
    const { t } = this.words
    await this.page.getByRole('radio', { name: t('group.right.order'), exact: true }).click()
    const currency = 'SEK'
    await this.page.getByRole('textbox', { name: t('group.perOrder', { currency }) }).fill(perOrder)
    await this.page.getByRole('textbox', { name: t('group.perMonth', { currency }) }).fill(perMonth)
    await this.page.keyboard.press('Control+s')
    await this.selected.getByText(t('groups.isSet')).waitFor()
  }

  /** By the key: as the source says again. */
  async followSource(): Promise<void> {
    // In a field the letter would be typed.
    await this.page.getByRole('listbox', { name: this.words.t('groups.list') }).focus()
    await this.page.keyboard.press('f')
    await this.selected.getByText(this.words.t('groups.isSet')).waitFor({ state: 'detached' })
  }

  /** What the row of the open group says. */
  async rowText(): Promise<string> {
    return (await this.selected.innerText()).replaceAll('\u00a0', ' ')
  }
}
