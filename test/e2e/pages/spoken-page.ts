import { InboxPage } from './inbox-page'

interface Listening {
  readonly told: string[]
}

/** The inbox as a screen reader has it: what there is, where the focus is, and what is read out. */
export class SpokenPage extends InboxPage {
  /** The list and what is open, once the row that is open has been in sight for long enough to be read. */
  async tree(): Promise<string> {
    await this.page.locator('[data-decision="ready"]').waitFor()
    const unread = this.words.t('inbox.unread')
    await this.list
      .getByRole('option', { name: new RegExp(unread), selected: true })
      .waitFor({ state: 'detached' })
    await this.page.getByRole('heading', { name: this.words.t('history.title') }).waitFor()
    await this.page.getByText(this.words.t('history.requisition.received')).first().waitFor()
    return constant(await this.page.getByRole('main').ariaSnapshot())
  }

  /** The role and the name of what has the focus. */
  async focused(): Promise<string> {
    const [first = ''] = (await this.page.locator(':focus').ariaSnapshot()).split('\n')
    return constant(first.replace(/^- /, '').replace(/:$/, ''))
  }

  /** From now on, what is read out by itself is kept. */
  async listen(): Promise<void> {
    await this.page.evaluate(() => {
      const told: string[] = []
      const last = new WeakMap<Element, string>()
      Object.assign(window, { listening: { told } satisfies Listening })
      const heard = (region: Element | null | undefined) => {
        const text =
          region instanceof HTMLElement ? region.innerText.replaceAll(/\s+/g, ' ').trim() : ''
        if (!region || last.get(region) === text) return
        last.set(region, text)
        if (text !== '') told.push(text)
      }
      new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          const element = target instanceof Element ? target : target.parentElement
          heard(element?.closest('[role="status"], [role="alert"], [aria-live]'))
          // What is put there with its words is read out at once only where it is an alert.
          for (const node of addedNodes)
            if (node instanceof Element && node.matches('[role="alert"]')) heard(node)
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
  }

  /** What has been read out since it was listened to, each once. */
  async told(): Promise<readonly string[]> {
    const told = await this.page.evaluate(
      () => (window as unknown as { listening: Listening }).listening.told,
    )
    return [...new Set(told.map(constant))]
  }
}

/** Without what is another one each time: numbers of documents, counts of all, times and days. */
function constant(text: string): string {
  return text
    .replaceAll(/\s*[\u00A0\u202F]\s*/g, ' ')
    .replaceAll(/\b([KO])-\d+/g, '$1-nr')
    .replaceAll(/Att besluta \d+/g, 'Att besluta n')
    .replaceAll(/\b\d\d:\d\d\b/g, 'hh:mm')
    .replaceAll(/nyss|för \d+ (?:s|min) sedan/g, 'nyss')
    .replaceAll(
      /\b\d{1,2} (?:jan|feb|mars|apr|maj|juni|juli|aug|sep|okt|nov|dec)\b\.?(?: \d{4})?/g,
      'dag',
    )
}
