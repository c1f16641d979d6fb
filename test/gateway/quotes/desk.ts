import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CommandAnswer } from '../../../contract/commands'
import type { Quote, QuoteLineInput } from '../../../contract/quotes'
import type { Role } from '../../../domain/access/roles'
import type { Gateway, GatewayOptions } from '../../../gateway/create-gateway'
import type { ConsoleClient } from '../../support/console-client'
import { openConsoles } from '../../support/consoles'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

export interface QuoteDesk {
  readonly gateway: TestGateway
  readonly shop: Awaited<ReturnType<typeof addTestShop>>
  as(name: string): ConsoleClient
  idOf(name: string): string
  /** A quote request of Anna's, as everybody's console has it. */
  requested(overrides?: Record<string, unknown>): Promise<{ id: string; version: number }>
  /** The customer sends what a quote answers once more, otherwise. */
  resubmitted(quote: Quote): Promise<{ id: string; version: number }>
  /** A draft that answers a request of Anna's. */
  drafted(by?: string, overrides?: Record<string, unknown>): Promise<Held>
  /** One that has gone out. */
  sent(): Promise<Held>
  /** A command about a quote as its sender holds it now. */
  on(name: string, id: string, type: string, payload?: object): Promise<CommandAnswer>
  /** The quote as a console has it, from a version on. */
  held(name: string, id: string, version?: number): Promise<Held>
  /** An answer of the customer's through the shop. */
  answer(
    type: 'accepted' | 'countered' | 'declined',
    quote: Quote,
    more?: Record<string, unknown>,
    node?: Pick<Gateway, 'url'>,
  ): ReturnType<QuoteDesk['shop']['send']>
  close(): Promise<void>
}

export interface Held {
  readonly id: string
  readonly version: number
  readonly value: Quote
}

const people: readonly {
  username: string
  roles: readonly Role[]
  approvalLimit?: number
  discountLimit?: number
  marginFloor?: number
}[] = [
  { username: 'karin', roles: ['approver'] },
  { username: 'erik', roles: ['rep'] },
  { username: 'lars', roles: ['approver'], approvalLimit: 10_000 },
  { username: 'sara', roles: ['rep'] },
  { username: 'nils', roles: ['approver'], discountLimit: 50_000, marginFloor: 300_000 },
  { username: 'gun', roles: ['agent'] },
  { username: 'adam', roles: ['admin'] },
]

/** A gateway with a shop and people of every role at their consoles. */
export async function openQuoteDesk(options: Partial<GatewayOptions> = {}): Promise<QuoteDesk> {
  const gateway = await startTestGateway(options)
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  const consoles = await openConsoles(gateway, people)
  const { as, idOf } = consoles

  const held: QuoteDesk['held'] = (name, id, version = 1) =>
    as(name).until(`quote ${id} from version ${version}`, () => {
      const found = as(name).get('quote', id)
      return found && found.version >= version ? { id, ...found } : null
    })
  const requested: QuoteDesk['requested'] = async (overrides = {}) => {
    const documentId = randomUUID()
    const event = { ...proposal(documentId, overrides), type: 'quote.requested' }
    const { status, body } = await shop.send(event)
    expect(status, JSON.stringify(body)).toBe(202)
    return as('karin').until('the request', () =>
      as('karin')
        .all('requisition')
        .find(({ value }) => value.shop.documentId === documentId),
    )
  }
  const resubmitted: QuoteDesk['resubmitted'] = async ({ requisition }) => {
    const { id, documentId } = requisition ?? expect.fail('It answers nothing.')
    const revision = (as('karin').get('requisition', id)?.value.revision ?? 0) + 1
    const { status, body } = await shop.send({
      type: 'requisition.submitted',
      timestamp: new Date().toISOString(),
      data: {
        id: documentId,
        revision,
        contact: 'anna',
        currency: 'SEK',
        lines: [{ id: '1', article: 'RB-2206', quantity: '1' }],
      },
    })
    expect(status, JSON.stringify(body)).toBe(202)
    return as('karin').until('the next revision', () => {
      const found = as('karin').get('requisition', id)
      return found?.value.revision === revision ? { id, version: found.version } : null
    })
  }
  const on: QuoteDesk['on'] = async (name, id, type, payload = {}) => {
    const { version, value } = await held(name, id)
    return as(name).command(type, id, version, { revision: value.revision, ...payload })
  }
  const drafted: QuoteDesk['drafted'] = async (by = 'erik', overrides = {}) => {
    const { id: requisitionId } = await requested(overrides)
    const id = randomUUID()
    const from = { kind: 'requisition', requisitionId, revision: 1 }
    done(await as(by).command('quote.create', id, null, { from }))
    return held('karin', id)
  }
  return {
    gateway,
    shop,
    as,
    idOf,
    held,
    requested,
    resubmitted,
    on,
    drafted,
    async sent() {
      const { id } = await drafted()
      done(await on('karin', id, 'quote.submit_for_review'))
      await held('erik', id, 2)
      done(await on('erik', id, 'quote.send'))
      return held('karin', id, 3)
    },
    answer(type, { number, revision }, more = {}, node = gateway) {
      const data = { quote: number, version: revision, contact: 'anna', ...more }
      const timestamp = new Date().toISOString()
      return shop.send({ type: `quote.${type}`, timestamp, data }, node)
    },
    async close() {
      consoles.close()
      await gateway.close()
    },
  }
}

/** Insists that a command was carried out. */
export function done(answer: CommandAnswer): Extract<CommandAnswer, { ok: true }> {
  if (!answer.ok) expect.fail(JSON.stringify(answer.error))
  return answer
}

/** A line as it is written, by hand at a price in kronor where one is given. */
export function line(
  id: string,
  articleId: string,
  quantity: number,
  kronor?: number,
): QuoteLineInput {
  return {
    id,
    articleId,
    quantity: quantity * 1_000,
    price: kronor === undefined ? null : { amount: kronor * 1_000_000, basis: 'net', rebate: 0 },
    warehouseId: null,
    requestedDate: null,
    comment: null,
  }
}
