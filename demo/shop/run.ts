import { setTimeout as wait } from 'node:timers/promises'
import { todayIn } from '../../domain/calendar'
import { demoSeller } from '../seller/generate-demo'
import { parseShopArguments, usage, type ShopArguments } from './arguments'
import { createShopClient, type SentEvent, type ShopFailure, type ShopResult } from './client'
import { findConnection, type ShopConnection } from './connection'
import { describeConnectionProblem, describeFailure } from './describe'
import { readSentDocuments, rememberDocument, rememberWithdrawn } from './sent-documents'
import { openShopFloor, type ShopEvent } from './shop-floor'
import type { StorefrontEventInput } from '../../contract/storefront'

export interface ShopSurroundings {
  /** Where what was sent is remembered. */
  readonly folder: string
  /** Where a running demo may be found. */
  readonly demos: readonly string[]
  readonly now: () => Date
  /** Lines of JSON. */
  readonly print: (line: string) => void
  /** Sentences for people. */
  readonly complain: (line: string) => void
}

/** How the program ends; see `usage`. */
export const exitCodes = { ok: 0, refused: 1, misunderstood: 2, noGateway: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The shop's command line. */
export async function runShop(
  argv: readonly string[],
  surroundings: ShopSurroundings,
): Promise<ExitCode> {
  const parsed = parseShopArguments(argv)
  if (parsed.kind === 'help') {
    surroundings.complain(usage)
    return argv.length === 0 ? exitCodes.misunderstood : exitCodes.ok
  }
  if (parsed.kind === 'misunderstood') {
    surroundings.complain(`${parsed.message}\n\n${usage}`)
    return exitCodes.misunderstood
  }
  const connection = await findConnection(parsed.arguments, surroundings.demos)
  if (!connection.ok) {
    surroundings.complain(describeConnectionProblem(connection.error))
    const { code } = connection.error
    return code === 'malformed_url' || code === 'malformed_secret'
      ? exitCodes.misunderstood
      : exitCodes.noGateway
  }
  return new Shift(parsed.arguments, connection.value, surroundings).run()
}

/** One run of the shop against one gateway. */
class Shift {
  readonly #asked: ShopArguments
  readonly #connection: ShopConnection
  readonly #around: ShopSurroundings
  readonly #client
  readonly #floor

  constructor(asked: ShopArguments, connection: ShopConnection, around: ShopSurroundings) {
    this.#asked = asked
    this.#connection = connection
    this.#around = around
    this.#client = createShopClient({ ...connection, now: around.now })
    const now = around.now()
    const today = todayIn(demoSeller.timeZone, now.toISOString())
    const { seed, today: madeOn = today } = connection
    // Without a seed every run is another one.
    const draw = asked.seed ?? now.getTime() % 1_000_000_007
    this.#floor = openShopFloor({ seed, today: madeOn }, today, draw)
  }

  run(): Promise<ExitCode> {
    switch (this.#asked.command) {
      case 'submit':
        return this.#submit(true)
      case 'withdraw':
        return this.#withdraw()
      case 'stream':
        return this.#stream()
    }
  }

  async #submit(toBeDecided: boolean): Promise<ExitCode> {
    const { type, id } = this.#asked
    const document = this.#floor.nextDocument({ type, id, now: this.#now(), toBeDecided })
    const result = await this.#client.send(document.event)
    if (result.ok) {
      const { id: documentId, contact } = document.event.data
      await rememberDocument(this.#around.folder, {
        url: this.#connection.url,
        id: documentId,
        contact,
      })
    }
    return this.#tell(document, result, { lines: document.event.data.lines.length })
  }

  async #stream(): Promise<ExitCode> {
    let worst: ExitCode = exitCodes.ok
    for (let sent = 0; sent < this.#asked.count; sent++) {
      if (sent > 0) await wait(this.#asked.every * 1_000)
      const code = await this.#submit(false)
      if (code === exitCodes.noGateway) return code
      if (code !== exitCodes.ok) worst = code
    }
    return worst
  }

  async #withdraw(): Promise<ExitCode> {
    const sent = await readSentDocuments(this.#around.folder)
    const here = sent.filter(({ url }) => url === this.#connection.url)
    const id = this.#asked.id ?? here.filter(({ withdrawn }) => !withdrawn).at(-1)?.id
    if (id === undefined) {
      this.#around.complain(
        here.length === 0
          ? 'Nothing has been sent to this gateway yet. Name a document with --id.'
          : 'Everything that was sent to this gateway has been withdrawn. Send something new with submit, or name a document with --id.',
      )
      return exitCodes.misunderstood
    }
    if (here.some((document) => document.id === id && document.withdrawn)) {
      this.#around.complain(`"${id}" has been withdrawn already.`)
      return exitCodes.refused
    }
    const sender = here.filter((document) => document.id === id).at(-1)?.contact
    const withdrawal = this.#floor.withdrawal(
      id,
      this.#asked.contact ?? sender ?? null,
      this.#now(),
    )
    if (!withdrawal) {
      this.#around.complain(
        this.#asked.contact === undefined
          ? `This shop has not sent "${id}". Say who withdraws it with --contact.`
          : `There is no contact "${this.#asked.contact}" who may withdraw anything.`,
      )
      return exitCodes.misunderstood
    }
    const result = await this.#client.send(withdrawal.event)
    if (result.ok) await rememberWithdrawn(this.#around.folder, { url: this.#connection.url, id })
    return this.#tell(withdrawal, result, {})
  }

  #tell(
    { event, company, contact }: ShopEvent<StorefrontEventInput>,
    result: ShopResult<SentEvent>,
    more: Readonly<Record<string, unknown>>,
  ): ExitCode {
    if (!result.ok) {
      this.#around.complain(describeFailure(result.error))
      return exitCodeOf(result.error)
    }
    const { webhookId, status, receipt } = result.value
    const { type, data } = event
    const line = { type, id: data.id, company, contact, ...more, webhookId, status }
    this.#around.print(JSON.stringify({ ...line, requisition: receipt.requisition }))
    return exitCodes.ok
  }

  #now(): string {
    return this.#around.now().toISOString()
  }
}

function exitCodeOf(failure: ShopFailure): ExitCode {
  return failure.code === 'refused' ? exitCodes.refused : exitCodes.noGateway
}
