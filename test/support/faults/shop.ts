import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { StorefrontChange, StorefrontEventInput } from '../../../contract/storefront'
import { createShopClient, type ShopClient } from '../../../demo/shop/client'
import { isPassing, type EventAnswer, type History } from '../history/history'
import { proposal } from '../small-seller'
import type { Asked, Buyers } from './buyers'

/** What a customer sends in. */
export interface ShopDocument {
  readonly contact?: string
  readonly lines: readonly {
    readonly id: string
    readonly article: string
    readonly quantity: string
  }[]
}

/** How an event is handed over; null where nobody says what became of it. */
type Hand = (event: StorefrontEventInput, webhookId: string) => Promise<EventAnswer | null>

interface ShopParts {
  readonly doors: readonly string[]
  readonly secret: string
  readonly history: History
  readonly random: () => number
  /** What is sent in; some pipe bends and insulation unless said. */
  readonly document?: (random: () => number) => ShopDocument
  /** How much of what it does is taking back, in [0, 0.3). */
  readonly withdraws?: number
  /** Takes in what came in less than ninety days ago, if there is to be such a thing. */
  readonly longAgo?: Hand
  /** Those of the customers' own who are asked to approve, if anybody is. */
  readonly buyers?: Buyers
}

/**
 * A webshop at work: sends in, answers what is returned or takes what is proposed, takes back, and reads
 * what became of it.
 */
export class Shop {
  readonly #doors: readonly ShopClient[]
  readonly #history: History
  readonly #random: () => number
  readonly #document: (random: () => number) => ShopDocument
  readonly #withdraws: number
  readonly #longAgo: Hand | undefined
  readonly #buyers: Buyers | undefined
  #cursor: string | null = null
  #reading: Promise<void> | null = null
  /** Documents that wait for someone, with the revision that does. */
  readonly #open = new Map<string, number>()
  readonly #returned = new Map<string, Returned>()
  /** Documents that wait for somebody of the customer's own, until it is told otherwise. */
  readonly #asked = new Map<string, Asked>()
  #sent = 0

  constructor(parts: ShopParts) {
    const { secret } = parts
    this.#doors = parts.doors.map((url) => createShopClient({ url, secret }))
    this.#history = parts.history
    this.#random = parts.random
    this.#document = parts.document ?? someBends
    this.#withdraws = parts.withdraws ?? 0.1
    this.#longAgo = parts.longAgo
    this.#buyers = parts.buyers
  }

  /** How many documents have been sent in. */
  get sent(): number {
    return this.#sent
  }

  /** Keep about so many documents open until told to stop. */
  async work(goesOn: () => boolean, open: number): Promise<void> {
    while (goesOn()) {
      await wait(5 + this.#random() * 30)
      const dice = this.#random()
      const [returned] = this.#returned
      if (dice < 0.3) await this.read()
      else if (dice < 0.3 + this.#withdraws && this.#open.size > 0) await this.#withdraw()
      else if (dice < 0.6 && returned) await this.#answer(...returned)
      else if (dice < 0.85 && this.#asked.size > 0) await this.#answerAsked()
      else if (this.#open.size < open) {
        const isLongAgo = this.#longAgo !== undefined && this.#random() < 0.15
        await this.#submit(`document-${(this.#sent += 1)}`, isLongAgo ? this.#longAgo : undefined)
      }
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
        if (isOfRequisition(change)) this.#hear(change)
      }
      if (!page.value.more) return
    }
  }

  #hear(change: RequisitionChange): void {
    const { id, revision, company, contact } = change.data
    this.#asked.delete(id)
    switch (change.type) {
      case 'requisition.awaits_buyer':
        this.#asked.set(id, { id, revision, company })
        return
      case 'requisition.awaits_no_buyer':
        return
      case 'requisition.split':
        this.#open.set(change.data.rest.id, change.data.rest.revision)
        return
      case 'requisition.received':
        this.#open.set(id, revision)
        return
      case 'requisition.returned': {
        const isProposal = change.data.proposal !== undefined
        this.#open.delete(id)
        this.#returned.set(id, { revision, contact, isProposal })
        return
      }
      default:
        this.#open.delete(id)
        this.#returned.delete(id)
    }
  }

  async #answerAsked(): Promise<void> {
    const all = [...this.#asked.values()]
    const asked = all[Math.floor(this.#random() * all.length)]
    if (asked) await this.#buyers?.answer(asked, (event) => this.#settle(event, randomUUID()))
  }

  async #submit(id: string, longAgo?: Hand): Promise<void> {
    const event = proposal(id, { ...this.#document(this.#random) }) as StorefrontEventInput
    // Nothing is sent after it has come in.
    const timestamp = new Date(Date.now() - 90 * 86_400_000).toISOString()
    await this.#opened(id, 1, longAgo ? { ...event, timestamp } : event, longAgo)
  }

  async #answer(id: string, { revision, contact, isProposal }: Returned): Promise<void> {
    this.#returned.delete(id)
    if (!isProposal || this.#random() < 0.3) {
      const next = { ...this.#document(this.#random), contact, revision: revision + 1 }
      return this.#opened(id, revision + 1, proposal(id, next) as StorefrontEventInput)
    }
    const timestamp = new Date().toISOString()
    const data = { id, revision, contact }
    return this.#opened(id, revision + 1, { type: 'requisition.accepted', timestamp, data })
  }

  /** Send what somebody may have to decide on, unless it is refused. */
  async #opened(
    id: string,
    revision: number,
    event: StorefrontEventInput,
    hand?: Hand,
  ): Promise<void> {
    this.#open.set(id, revision)
    const { ok } = await this.#settle(event, randomUUID(), hand)
    if (!ok) this.#open.delete(id)
  }

  async #withdraw(): Promise<void> {
    const ids = [...this.#open.keys()]
    const id = ids[Math.floor(this.#random() * ids.length)] ?? ''
    const timestamp = new Date().toISOString()
    const data = { id, contact: 'anna', reason: null }
    await this.#settle({ type: 'requisition.withdrawn', timestamp, data }, randomUUID())
  }

  /** Send an event until an answer says what became of it, and now and then once more. */
  async #settle(
    event: StorefrontEventInput,
    webhookId: string,
    hand: Hand = (...what) => this.#send(...what),
  ): Promise<EventAnswer> {
    const { answers } = this.#history.sendingEvent(webhookId, event)
    let left = this.#random() < 0.1 ? 2 : 1
    for (;;) {
      const answer = await hand(event, webhookId)
      if (answer) answers.push(answer)
      if (answer?.ok || (answer && !isPassing(answer.code))) left -= 1
      else await wait(100)
      if (answer && left === 0) return answer
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

/** What a shop is told of a document of its own. */
type RequisitionChange = Extract<StorefrontChange, { type: `requisition.${string}` }>

function isOfRequisition(change: StorefrontChange): change is RequisitionChange {
  return change.type.startsWith('requisition.')
}

/** What waits for the customer, with what they may say yes to. */
interface Returned {
  readonly revision: number
  readonly contact: string
  readonly isProposal: boolean
}

function someBends(random: () => number): ShopDocument {
  const quantity = String(1 + Math.floor(random() * 20))
  return {
    lines: [
      { id: '1', article: 'RB-2206', quantity },
      { id: '2', article: 'IS-0319', quantity: '2.5' },
    ],
  }
}
