import { DeskPage } from './desk-page'

/** First run and signing in. */
export class SessionPage extends DeskPage {
  get tryDemo() {
    return this.page.getByRole('button', { name: this.words.t('session.tryDemo') })
  }

  get username() {
    return this.page.getByLabel(this.words.t('session.username'))
  }

  async waitForFirstRun(): Promise<void> {
    await this.tryDemo.waitFor()
  }

  /** From first run to the form. */
  async openSignIn(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('session.connect') }).click()
    await this.username.waitFor()
  }

  /** From any screen back to the form. */
  async signOut(): Promise<void> {
    await this.page.evaluate(() => window.kontor.request('session.signOut'))
    await this.username.waitFor()
  }

  /** From first run or from the form: name the gateway where it is asked for, and sign in. */
  async signIn(gateway: string, username: string, password: string): Promise<void> {
    const connect = this.page.getByRole('button', { name: this.words.t('session.connect') })
    const name = this.username
    await connect.or(name).first().waitFor()
    if (await connect.isVisible()) await connect.click()
    const address = this.page.getByLabel(this.words.t('session.address'))
    if (await address.isVisible()) await address.fill(gateway)
    await name.fill(username)
    await this.page.getByLabel(this.words.t('session.password')).fill(password)
    await this.page
      .getByRole('button', { name: this.words.t('session.signIn'), exact: true })
      .click()
  }

  /** The notice that a file could not be read and was set aside. */
  async waitForRecovery(file: string): Promise<void> {
    await this.page
      .getByText(new RegExp(file.replaceAll('.', '\\.')))
      .first()
      .waitFor()
  }

  alert() {
    return this.page.getByRole('alert')
  }
}
