import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { StorefrontEventInput } from '../../../contract/storefront'
import { createShopClient, type ShopClient } from '../../../demo/shop/client'
import { isPassing, type EventAnswer, type History } from '../history/history'
import { proposal } from '../small-seller'

/** A webshop at work: sends in, answers what is returned, takes back, and reads what became of it. */
export class Shop {
  readonly #doors: readonly ShopClient[]
  readonly #history: History
  readonly #random: () => number
  #cursor: string | null = null
  #reading: Promise<void> | null = null
  /** Documents that wait for someone, with the revision that does. */
  readonly #open = new Map<string, number>()
  readonly #returned = new Map<string, number>()
  #sent = 0

  constructor(parts: {
    readonly doors: readonly string[]
    readonly secret: string
    readonly history: History
    readonly random: () => number
  }) {
    const { secret } = parts
    this.#doors = parts.doors.map((url) => createShopClient({ url, secret }))
    this.#history = parts.history
    this.#random = parts.random
  }

  /** Keep about so many documents open until told to stop. */
  async work(goesOn: () => boolean, open: number): Promise<void> {
    while (goesOn()) {
      await wait(5 + this.#random() * 30)
      const dice = this.#random()
      const [returned] = this.#returned
      if (dice < 0.3) await this.read()
      else if (dice < 0.4 && this.#open.size > 0) await this.#withdraw()
      else if (dice < 0.6 && returned) await this.#answer(...returned)
      else if (this.#open.size < open) await this.#submit(`document-${(this.#sent += 1)}`, 1)
    }
  }

  /** Read the changes to their present end; one reader at a time, since there is one cursor. */
  async read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = null))
    await this.#reading
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const page = await this.#door().changes(this.#cursor)
      if (!page.ok) {
        await wait(100)
        continue
      }
      this.#cursor = page.value.cursor
      this.#history.told.push(...page.value.changes)
      for (const { change } of page.value.changes) {
        // It has nothing to do with quotes.
        if (!('revision' in change.data)) continue
        const { id, revision } = change.data
        if (change.type === 'requisition.received') continue
        this.#open.delete(id)
        this.#returned.delete(id)
        if (change.type === 'requisition.returned') this.#returned.set(id, revision)
      }
      if (!page.value.more) return
    }
  }

  async #submit(id: string, revision: number): Promise<void> {
    this.#open.set(id, revision)
    const quantity = String(1 + Math.floor(this.#random() * 20))
    const lines = [
      { id: '1', article: 'RB-2206', quantity },
      { id: '2', article: 'IS-0319', quantity: '2.5' },
    ]
    const event = proposal(id, { revision, lines }) as StorefrontEventInput
    await this.#settle(event, randomUUID())
  }

  async #answer(id: string, revision: number): Promise<void> {
    this.#returned.delete(id)
    await this.#submit(id, revision + 1)
  }

  async #withdraw(): Promise<void> {
    const ids = [...this.#open.keys()]
    const id = ids[Math.floor(this.#random() * ids.length)] ?? ''
    const timestamp = new Date().toISOString()
    const data = { id, contact: 'anna', reason: null }
    await this.#settle({ type: 'requisition.withdrawn', timestamp, data }, randomUUID())
  }

  /** Send an event until an answer says what became of it, and now and then once more. */
  async #settle(event: StorefrontEventInput, webhookId: string): Promise<void> {
    const { answers } = this.#history.sendingEvent(webhookId, event)
    for (let left = this.#random() < 0.1 ? 2 : 1; left > 0;) {
      const answer = await this.#send(event, webhookId)
      if (answer) answers.push(answer)
      if (answer?.ok || (answer && !isPassing(answer.code))) left -= 1
      else await wait(100)
    }
  }

  async #send(event: StorefrontEventInput, webhookId: string): Promise<EventAnswer | null> {
    const sent = await this.#door().send(event, webhookId)
    if (sent.ok) return { ok: true, receipt: sent.value.receipt }
    const { error } = sent
    return error.code === 'refused' ? { ok: false, code: error.problem?.code ?? 'internal' } : null
  }

  #door(): ShopClient {
    const door = this.#doors[Math.floor(this.#random() * this.#doors.length)]
    if (!door) throw new Error('The shop knows no gateway.')
    return door
  }
}
