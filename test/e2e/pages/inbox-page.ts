import type { Locator } from 'playwright-core'
import { DeskPage } from './desk-page'

/** The inbox: the list, the requisition beside it, and deciding on it. */
export class InboxPage extends DeskPage {
  get list(): Locator {
    return this.page.getByRole('listbox', { name: this.words.t('inbox.list') })
  }

  get rows(): Locator {
    return this.list.getByRole('option')
  }

  /** The row of one requisition, by its id. */
  row(requisitionId: string): Locator {
    return this.page.locator(`#inbox-${requisitionId}`)
  }

  /**
   * Wait until a row can be seen. New rows are held back while the list is worked in; they are asked
   * for by their key, as a person would.
   */
  async reveal(requisitionId: string): Promise<void> {
    const held = this.page.getByRole('button', { name: /^\d+ nya?\b/ })
    const row = this.row(requisitionId)
    await row.or(held).first().waitFor()
    if (await row.isVisible()) return
    await this.page.keyboard.press('n')
    await row.waitFor()
  }

  async show(filter: 'to_decide' | 'mine' | 'all' | 'finished'): Promise<void> {
    const name = new RegExp(`^${this.words.t(`inbox.filter.${filter}`)}`)
    await this.page
      .getByRole('radio', { name })
      .or(this.page.getByRole('tab', { name }))
      .first()
      .click()
  }

  /** Until the filter of what is to be decided counts at least so many. */
  async waitUntilCounted(least: number): Promise<void> {
    const name = this.words.t('inbox.filter.to_decide')
    await this.page.waitForFunction(
      ([words, count]) =>
        [...document.querySelectorAll('[role="radio"], [role="tab"], button')].some(
          ({ textContent: text }) =>
            text !== null && text.startsWith(words) && Number(text.replace(/\D/g, '')) >= count,
        ),
      [name, least] as const,
    )
  }

  async select(requisitionId: string): Promise<void> {
    await this.reveal(requisitionId)
    // At its start, where nothing floats over the list.
    await this.row(requisitionId).click({ position: { x: 40, y: 10 } })
    await this.page.locator(`#inbox-${requisitionId}[aria-selected="true"]`).waitFor()
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: this.words.t('inbox.search') }).fill(text)
  }

  get approve(): Locator {
    return this.page.getByRole('button', { name: this.words.t('decide.approve') })
  }

  /** Until what came up by itself has been in sight for long enough to be decided. */
  private async waitUntilDecidable(): Promise<void> {
    await this.page.locator('[data-decision="ready"]').waitFor()
  }

  /** By the key, as people do; a second time where the window asks for it. */
  async pressApprove(): Promise<void> {
    await this.waitUntilDecidable()
    await this.page.keyboard.press('a')
    if (
      (await this.page.locator('[data-decision="asked"], [data-decision="confirm"]').count()) === 0
    ) {
      return
    }
    await this.page.locator('[data-decision="confirm"]').waitFor()
    await this.page.keyboard.press('a')
  }

  /** Until the row says that the gateway is being asked what became of an approval. */
  async waitForAsking(requisitionId: string): Promise<void> {
    await this.row(requisitionId).getByText(this.words.t('pending.askingShort')).waitFor()
  }

  /** Until it is told in passing that an order was made. */
  async waitForOrdered(orderNumber: string): Promise<void> {
    const told = this.words.t('outcome.toast.ordered', { order: orderNumber, company: '' }).trim()
    await this.page.getByRole('status').getByText(told).first().waitFor()
  }

  /** By the keys: the next line's next warehouse; its name. */
  async chooseNextWarehouse(): Promise<string> {
    await this.waitUntilDecidable()
    await this.page.locator('[data-choices]').first().waitFor()
    await this.page.keyboard.press('w')
    await this.page.keyboard.press('ArrowDown')
    const taken = this.page.locator('[data-choices] [role="radio"][aria-checked="true"]:focus')
    await taken.waitFor()
    return (await taken.textContent()) ?? ''
  }

  /** Down the list to one that has more lines than one. */
  async openOneOfManyLines(): Promise<void> {
    await this.list.focus()
    const rows = await this.rows.count()
    for (let at = 0; at < rows; at += 1) {
      await this.page.locator('[data-decision="ready"]').waitFor()
      if ((await this.page.locator('[data-mark]').count()) > 1) return
      await this.page.keyboard.press('j')
    }
    throw new Error('None has more lines than one.')
  }

  /** By the keys: the boxes of the first lines, one after the other. */
  async markFirstLines(count: number): Promise<void> {
    await this.waitUntilDecidable()
    await this.page.locator('[data-mark]').first().waitFor({ state: 'attached' })
    await this.page.keyboard.press('l')
    for (let at = 0; at < count; at += 1) {
      if (at > 0) await this.page.keyboard.press('ArrowDown')
      await this.page.keyboard.press(at % 2 === 0 ? 'x' : ' ')
      const marked = this.page.locator('[data-mark][aria-checked="true"]')
      await marked.nth(at).waitFor()
    }
  }

  /** By the key: to what was split off, or to what it was split off from. */
  async openOtherPart(number: string): Promise<void> {
    await this.page.keyboard.press('p')
    await this.page.getByRole('region', { name: number, exact: true }).waitFor()
  }

  async reject(reason: string): Promise<void> {
    await this.waitUntilDecidable()
    await this.page.keyboard.press('r')
    await this.page.getByLabel(this.words.t('decide.rejectLabel')).fill(reason)
    await this.page.keyboard.press('Control+Enter')
  }

  /** What stands in the field for a rejection's reason. */
  rejectText(): Promise<string> {
    return this.page.getByLabel(this.words.t('decide.rejectLabel')).inputValue()
  }

  /** Send once more what stands in that field. */
  async sendRejection(): Promise<void> {
    await this.page.getByLabel(this.words.t('decide.rejectLabel')).focus()
    await this.page.keyboard.press('Control+Enter')
  }

  async claim(): Promise<void> {
    await this.waitUntilDecidable()
    await this.page.keyboard.press('t')
  }

  /** Open the content as fields, by the key. */
  async edit(): Promise<void> {
    await this.waitUntilDecidable()
    await this.page.keyboard.press('e')
    await this.page.locator('[data-cell="0 quantity"]:focus').waitFor()
  }

  /** Type over the cell that has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.type(text)
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key)
  }

  /** Until the fields are gone, since what was typed is on its way. */
  async waitUntilEdited(): Promise<void> {
    await this.page.locator('[data-editing]').waitFor({ state: 'detached' })
  }

  /** Send back what has been typed as a proposal, with a message. */
  async propose(message: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+Enter')
    // By its role: what is told in passing has a label that begins alike.
    await this.page.getByRole('textbox', { name: this.words.t('decide.returnLabel') }).fill(message)
    await this.page.keyboard.press('Control+Enter')
  }

  /** What stands in the lines of the requisition that is open. */
  async linesText(): Promise<string> {
    const lines = this.page.getByRole('table', { name: this.words.t('lines.title') })
    return (await lines.innerText()).replaceAll('\u00a0', ' ')
  }

  /** The notice that someone else was first. */
  async waitForConflict(): Promise<void> {
    await this.page.getByText(this.words.t('conflict.title')).first().waitFor()
  }

  /** Text that must show somewhere in the window. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor()
  }

  /** Drops a file of this computer's onto what is open: one that the page got from outside. */
  async drop(path: string): Promise<void> {
    const picked = 'dropped-by-the-test'
    await this.page.evaluate((id) => {
      const input = document.createElement('input')
      Object.assign(input, { type: 'file', id, hidden: true })
      document.body.append(input)
    }, picked)
    await this.page.locator(`#${picked}`).setInputFiles(path)
    await this.page.evaluate((id) => {
      const input = document.getElementById(id) as HTMLInputElement
      const dataTransfer = new DataTransfer()
      for (const file of input.files ?? []) dataTransfer.items.add(file)
      input.remove()
      document
        .querySelector('[data-scroller][role=region]')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, picked)
  }
}
