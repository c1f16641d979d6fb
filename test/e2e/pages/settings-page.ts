import { DeskPage } from './desk-page'

/** What a person decides for themselves; also who stands in for them. */
export class SettingsPage extends DeskPage {
  /** Hands one's steps over to a colleague from today on, by keyboard. */
  async handOver(colleague: string): Promise<void> {
    const { t } = this.words
    const part = this.page.getByRole('region', { name: t('standIn.title') })
    await part.getByRole('button', { name: t('standIn.begin') }).focus()
    await this.page.keyboard.press('Enter')
    await part.getByRole('combobox', { name: t('standIn.to') }).selectOption({ label: colleague })
    await part.getByRole('textbox', { name: t('standIn.reason') }).focus()
    await this.page.keyboard.type('Semester')
    await this.page.keyboard.press('Enter')
    await this.waitForStandIn(colleague)
  }

  /** Until it says who takes one's steps. */
  async waitForStandIn(colleague: string): Promise<void> {
    await this.page
      .getByRole('region', { name: this.words.t('standIn.title') })
      .getByText(this.words.t('standIn.takesYours', { name: colleague }))
      .waitFor()
  }

  /** Take the audit of this month out, and wait until it says in which file it is. */
  async exportAudit(file: string): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('auditExport.save') }).click()
    await this.page.getByText(this.words.t('auditExport.saved', { file })).waitFor()
  }
}
