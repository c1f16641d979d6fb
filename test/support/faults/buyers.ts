import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { StorefrontEventInput } from '../../../contract/storefront'
import type { Database } from '../../../gateway/database/schema'
import { makeLink } from '../../../gateway/pages/links'
import type { History } from '../history/history'

/** What waits for somebody of a customer's own, as the shop was told it. */
export interface Asked {
  readonly id: string
  readonly revision: number
  readonly company: string
}

interface BuyersParts {
  /** Past every cable. */
  readonly db: Kysely<Database>
  readonly doors: readonly string[]
  readonly history: History
  readonly random: () => number
  /** Who may be asked, and who is not but answers, of each company. */
  readonly contacts: Readonly<Record<string, readonly string[]>>
}

/**
 * The customers' own people: they answer what a colleague asks them to approve, in the shop or on a page
 * of their own, several of them at once and whether or not they may.
 */
export class Buyers {
  readonly #parts: BuyersParts

  constructor(parts: BuyersParts) {
    this.#parts = parts
  }

  /** @param send an event of the shop's, until an answer says what became of it */
  async answer(asked: Asked, send: (event: StorefrontEventInput) => Promise<unknown>) {
    const { contacts, random } = this.#parts
    const company = contacts[asked.company] ?? []
    const contact = company[Math.floor(random() * company.length)] ?? ''
    const isApproved = random() < 0.9
    if (random() < 0.4) return this.#onPage(asked, contact, isApproved)
    const { id, revision } = asked
    const timestamp = new Date().toISOString()
    const data = { id, revision, contact }
    await send(
      isApproved
        ? { type: 'requisition.buyer_approved', timestamp, data }
        : { type: 'requisition.buyer_rejected', timestamp, data: { ...data, reason: no } },
    )
  }

  /** By a link as a mail has it, now and then pressed twice. */
  async #onPage({ id, revision }: Asked, contactId: string, isApproved: boolean): Promise<void> {
    const { db, history, random } = this.#parts
    const requisition = await db
      .selectFrom('requisition')
      .select('id')
      .where('document_id', '=', id)
      .executeTakeFirstOrThrow()
    const target = { aggregateKind: 'requisition', aggregateId: requisition.id }
    const link = { purpose: 'buyer_step', ...target, revision, contactId } as const
    const made = await makeLink(db, link, 14)
    const answers: number[] = []
    history.pages.set(made.id, answers)
    const press = async () =>
      answers.push(await this.#post(made.token, isApproved ? approval : rejection))
    await Promise.all(random() < 0.3 ? [press(), press()] : [press()])
  }

  /** Until an answer says what became of it. */
  async #post(token: string, fields: Readonly<Record<string, string>>): Promise<number> {
    const { doors, random } = this.#parts
    for (;;) {
      const door = doors[Math.floor(random() * doors.length)] ?? ''
      const response = await fetch(`${door}/c/${token}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      }).catch(() => null)
      // It may be told off for its pace, or reach nobody: whoever presses presses again.
      if (response && response.status < 500 && response.status !== 429) return response.status
      await wait(100)
    }
  }
}

const no = 'Det har vi redan köpt in.'
const approval = { action: 'approve' }
const rejection = { action: 'reject', reason: no }
