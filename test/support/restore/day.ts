import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { StorefrontChange, StorefrontChangesPage } from '../../../contract/storefront'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { setShopPushUrl } from '../../../gateway/storefront/manage-shops'
import { ReceivingShop } from '../../gateway/storefront/receiving-shop'
import { ConsoleClient } from '../console-client'
import { addTestShop, addUser, signInAs } from '../gateway'
import { load, proposal, smallSeller } from '../small-seller'
import { seenIn } from '../seen'

/** A command that was acknowledged, and how far the day had come then. */
export interface Acknowledged {
  readonly id: string
  readonly type: string
  readonly aggregateId: string
  readonly expectedVersion: number
  readonly payload: object
  readonly at: number
}

/** A shop that reads its feed as shops do: by cursor, dropping what it knows by its id. */
export class ReadingShop {
  readonly ids: string[] = []
  readonly told: StorefrontChange[] = []
  /** Changes it was given more than once. */
  repeats = 0
  cursor = ''
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** Another that has read just as far. */
  copy(): ReadingShop {
    const other = new ReadingShop(this.#secret)
    other.ids.push(...this.ids)
    other.told.push(...this.told)
    other.cursor = this.cursor
    return other
  }

  async readOn({ url }: Pick<Gateway, 'url'>): Promise<void> {
    for (;;) {
      const page = await this.#page(url)
      for (const { id, change } of page.changes) {
        if (this.ids.includes(id)) this.repeats += 1
        else {
          this.ids.push(id)
          this.told.push(change)
        }
      }
      this.cursor = page.cursor
      if (!page.more) return
    }
  }

  async #page(url: string): Promise<StorefrontChangesPage> {
    const path = `/storefront/v1/changes?limit=40${this.cursor && `&since=${this.cursor}`}`
    const [id, at] = [randomUUID(), new Date()]
    const response = await fetch(url + path, {
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(this.#secret).sign(id, at, `GET ${path}`),
      },
    })
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as StorefrontChangesPage
  }
}

/** Start a node on a database, without a word in the log. */
export function nodeOn(databaseUrl: string): Promise<Gateway> {
  return createGateway({ databaseUrl, log: createLog({ level: 'silent' }) })
}

/**
 * A seller at work on two nodes: a shop sends proposals, reads its feed and is pushed to, two
 * approvers decide as fast as they can, all but documents whose id begins with `aside-`. It goes on
 * until it is stopped.
 */
export async function startDay(databaseUrl: string) {
  const nodes = [await nodeOn(databaseUrl), await nodeOn(databaseUrl)] as const
  const [first, second] = nodes
  await load(first, smallSeller)
  const shop = await addTestShop(first)
  const receiver = await ReceivingShop.open(() => shop.secret)
  await setShopPushUrl(first.context.db, 'shop', receiver.url)
  await addUser(first, { username: 'karin', roles: ['approver'] })
  await addUser(first, { username: 'lars', roles: ['approver'] })
  const tokens = { karin: await signInAs(first, 'karin'), lars: await signInAs(second, 'lars') }
  const consoles = {
    karin: await ConsoleClient.open(first.url, tokens.karin),
    lars: await ConsoleClient.open(second.url, tokens.lars),
  }
  const reader = new ReadingShop(shop.secret)
  const acknowledged: Acknowledged[] = []
  let stopping = false

  async function send(): Promise<void> {
    for (let n = 0; !stopping; n += 1) {
      const { status } = await shop.send(proposal(`D-${n}`), nodes[n % 2])
      if (status !== 202) throw new Error(`The shop was answered ${status}.`)
    }
  }

  async function decide(console: ConsoleClient, share: (number: number) => boolean): Promise<void> {
    for (let n = 0; !stopping; n += 1) {
      const next = console
        .all('requisition')
        .find(
          ({ value }) =>
            value.state === 'submitted' &&
            !value.shop.documentId.startsWith('aside-') &&
            share(Number(value.number.slice(-1))),
        )
      if (!next) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      const { id: aggregateId, version: expectedVersion } = next
      const [type, payload] =
        n % 4 === 3
          ? ['requisition.reject', { revision: 1, reason: 'Nej tack.' }]
          : ['requisition.approve', { revision: 1, seen: seenIn(next.value) }]
      const command = { id: randomUUID(), type, aggregateId, expectedVersion, payload }
      const answer = await console.send(command)
      if (!answer.ok) throw new Error(JSON.stringify(answer.error))
      acknowledged.push({ ...command, at: performance.now() })
      // The feed tells of it in a moment; until then it looks undecided.
      await console.until('its own change', () => {
        const held = console.get('requisition', aggregateId)
        return !held || held.version > expectedVersion
      })
    }
  }

  async function read(): Promise<void> {
    while (!stopping) await reader.readOn(nodes[reader.ids.length % 2]!)
  }

  const work = Promise.all([
    send(),
    decide(consoles.karin, (digit) => digit % 2 === 0),
    decide(consoles.lars, (digit) => digit % 2 === 1),
    read(),
  ])
  // Whoever stops the day is told; nobody else listens.
  work.catch(() => undefined)
  return {
    nodes,
    shop,
    tokens,
    consoles,
    reader,
    receiver,
    acknowledged,
    /** Resolves when so many commands have been acknowledged. */
    async until(count: number): Promise<void> {
      while (acknowledged.length < count) {
        await Promise.race([work, new Promise((resolve) => setTimeout(resolve, 10))])
      }
    },
    /** Ends the work, in order; the nodes stay. */
    async stop(): Promise<void> {
      stopping = true
      await work
    },
    async close(): Promise<void> {
      stopping = true
      await work.catch(() => undefined)
      consoles.karin.close()
      consoles.lars.close()
      for (const node of nodes) await node.close()
      await receiver.close()
    },
  }
}
export type Day = Awaited<ReturnType<typeof startDay>>
