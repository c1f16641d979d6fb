import type { Locator } from 'playwright-core'
import { roles, type Role } from '../../../domain/access/roles'
import { DeskPage } from './desk-page'

/** Users, where an admin adds and changes them. */
export class UsersPage extends DeskPage {
  async add(user: {
    username: string
    displayName: string
    password: string
    roles: readonly Role[]
  }): Promise<void> {
    const { t } = this.words
    await this.page
      .getByRole('button', { name: t('users.add') })
      .first()
      .click()
    await this.page.getByLabel(t('user.username'), { exact: true }).fill(user.username)
    await this.page.getByLabel(t('user.displayName'), { exact: true }).fill(user.displayName)
    for (const role of roles) {
      const box = this.page.getByRole('checkbox', {
        name: new RegExp(`^${t(`user.role.${role}`)}`),
      })
      // The box itself is covered by what is drawn in its place: people press the label.
      const isWanted = user.roles.includes(role)
      if ((await box.isChecked()) !== isWanted) await box.locator('xpath=ancestor::label').click()
    }
    await this.page.getByLabel(t('user.password'), { exact: true }).fill(user.password)
    await this.page.getByRole('button', { name: t('user.create'), exact: true }).click()
  }

  /** By the keys: where the steps of whoever is open are handed to a colleague, as a form. */
  async beginHandOver(username: string): Promise<void> {
    const { t } = this.words
    await this.rowOf(username).click()
    await this.page.keyboard.press('h')
    await this.page
      .getByRole('button', { name: t('standIn.begin') })
      .and(this.page.locator(':focus'))
      .waitFor()
    await this.page.keyboard.press('Enter')
    await this.page.getByRole('combobox', { name: t('standIn.to') }).waitFor()
  }

  /** Hands over from today on, and waits until it says who takes the steps. */
  async handOver(username: string, colleague: string): Promise<void> {
    const { t } = this.words
    await this.beginHandOver(username)
    await this.page.getByRole('combobox', { name: t('standIn.to') }).selectOption({
      label: colleague,
    })
    await this.page.getByRole('textbox', { name: t('standIn.reason') }).focus()
    await this.page.keyboard.type('Sjuk')
    await this.page.keyboard.press('Enter')
    await this.page.getByText(t('standIn.takesFrom', { name: colleague })).waitFor()
  }

  /** Until somebody is open beside the list, and nothing sent about them is pending. */
  async waitForOpen(username: string, displayName: string): Promise<void> {
    await this.page.getByRole('heading', { name: displayName, exact: true }).waitFor()
    const row = this.page.getByRole('option', { selected: true }).filter({ hasText: username })
    await row.waitFor()
    await this.page.getByText(this.words.t('user.creating')).waitFor({ state: 'detached' })
  }

  async waitForUser(username: string): Promise<void> {
    await this.rowOf(username).waitFor()
  }

  private rowOf(username: string): Locator {
    return this.page
      .getByRole('listbox', { name: this.words.t('users.list') })
      .getByRole('option')
      .filter({ hasText: username })
  }
}
