import { randomUUID } from 'node:crypto'

import type { CommandAnswer, CommandEnvelope, CommandType } from '../../contract/commands'
import type { OutboxEntry, SendResult } from '../../contract/console'
import { refusal, type Outcome } from '../../contract/errors'
import type { Log } from '../log'
import { reasonOf, type Disk } from '../storage/disk'
import { createSerial } from '../storage/serial'
import { isPassing, isRetryable } from './after-refusal'
import { afterEvent, madeNeedlessBy, withEntry, type Entries, type OutboxEvent } from './entries'
import { Journal } from './journal'
import { nextToSend } from './lanes'

/** A command whose payload has been parsed. */
export type ParsedCommand = CommandEnvelope & { readonly type: CommandType }

export type SendOutcome =
  | { readonly kind: 'answered'; readonly answer: CommandAnswer }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unanswered' }

export interface OutboxOptions {
  readonly path: string
  readonly send: (command: CommandEnvelope) => Promise<SendOutcome>
  readonly changed: (entries: readonly OutboxEntry[]) => void
  readonly log: Log
  /** Told when it could not be written. */
  readonly disk?: Disk | undefined
  /** The gateway's time in ms; this computer's without it. */
  readonly clock?: () => number
  /** How long to let a lane rest after it failed so many times in a row, in ms. */
  readonly restAfter: (failures: number) => number
  /** How long a person who gives a command is kept waiting for the gateway's answer, in ms. */
  readonly answerWithin: number
}

/** Sends under way at the same time, over all lanes. */
const sendsAtOnce = 8

/** More than a person types; a program gone wild is told. */
const entriesAtMost = 5_000

/** Rewrite the journal when it is longer than this and holds mostly what is done, in bytes. */
const tidyAbove = 256 * 1024

type Waiter = (result: SendResult) => void

/**
 * Commands given here and not settled yet. Each is on disk before anybody is told that it is kept,
 * and leaves it when the gateway has answered; it is sent under the same id until then, so it counts
 * once however often it is sent.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #journal: Journal
  readonly #writes = createSerial()
  readonly #waiters = new Map<string, Waiter>()
  readonly #rests = new Map<string, { failures: number; timer: NodeJS.Timeout | null }>()
  /** A copy of a file that could not be read in full; null when all was well. */
  readonly keptAs: string | null
  #entries: Entries
  #isOnline = false
  #isClosed = false
  #isAnnounced = false
  /** Something counts here that could not be written down. */
  #isBehind = false

  private constructor(
    options: OutboxOptions,
    journal: Journal,
    entries: Entries,
    keptAs: string | null,
  ) {
    this.#options = options
    this.#journal = journal
    this.#entries = entries
    this.keptAs = keptAs
  }

  static async open(options: OutboxOptions): Promise<Outbox> {
    const { journal, entries, keptAs } = await Journal.open(options.path, options.log)
    return new Outbox(options, journal, entries, keptAs)
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries
  }

  /**
   * Keep a command and send it when that can be. Answers with the gateway's answer when one comes
   * within a moment, else that it is queued; refused with the reason when it could not be kept: then
   * nothing has happened and nothing will.
   */
  async give(command: ParsedCommand): Promise<SendResult> {
    const known = this.#entries.find(({ id }) => id === command.id)
    if (known !== undefined) return isSame(known, command) ? { kind: 'queued' } : idReused()
    if (this.#entries.length >= entriesAtMost) {
      return { kind: 'refused', error: refusal('too_many_requests', 'The outbox is full.') }
    }
    const answer = this.#isOnline ? this.#answerTo(command.id) : null
    const noted = await this.#note(() => ({
      kind: 'added',
      entry: entryOf(command, this.#options.clock?.() ?? Date.now()),
      replaces: [...madeNeedlessBy(this.#entries, command)],
    }))
    if (!noted.ok) {
      const notKept: SendResult = { kind: 'refused', error: noted.error }
      this.#answer(command.id, notKept)
      return notKept
    }
    this.#dispatch()
    return answer ?? { kind: 'queued' }
  }

  /** Send a refused command once more, under a new id. */
  async retry(id: string): Promise<Outcome<null>> {
    const entry = this.#refused(id)
    if (!entry.ok) return entry
    if (entry.value.refusal !== null && !isRetryable(entry.value.refusal)) {
      return {
        ok: false,
        error: refusal('wrong_state', 'The same command would be refused again.'),
      }
    }
    const noted = await this.#note(() => ({ kind: 'given_again', id, newId: randomUUID() }))
    this.#dispatch()
    return noted
  }

  /** Forget a command that the gateway refused. */
  async discard(id: string): Promise<Outcome<null>> {
    const entry = this.#refused(id)
    if (!entry.ok) return entry
    return this.#note(() => ({ kind: 'discarded', id }))
  }

  /** Whether the gateway can be reached, as this very user on this very gateway. */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    if (!isOnline) return
    for (const [lane, { timer }] of this.#rests) {
      if (timer !== null) clearTimeout(timer)
      this.#rests.delete(lane)
    }
    this.#dispatch()
  }

  /** Stop sending and let go of the file. What is under way is sent again by the next to open it. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.setOnline(false)
    for (const { timer } of this.#rests.values()) if (timer !== null) clearTimeout(timer)
    for (const id of this.#waiters.keys()) this.#answer(id, { kind: 'queued' })
    await this.#writes.run(() => this.#journal.close())
  }

  #dispatch(): void {
    if (!this.#isOnline || this.#isClosed) return
    const underWay = this.#entries.filter(({ state }) => state === 'sending').length
    const isPaused = (lane: string) => (this.#rests.get(lane)?.timer ?? null) !== null
    for (const entry of nextToSend(this.#entries, sendsAtOnce - underWay, { isPaused })) {
      const attempts = entry.attempts + 1
      this.#become(withEntry(this.#entries, entry.id, { state: 'sending', attempts }))
      void this.#send({ ...entry, attempts })
    }
  }

  async #send(entry: OutboxEntry): Promise<void> {
    const { id, type, aggregateId, expectedVersion, payload } = entry
    const outcome = await this.#options.send({ id, type, aggregateId, expectedVersion, payload })
    if (this.#isClosed) return
    if (outcome.kind !== 'answered') {
      this.#answer(id, { kind: 'queued' })
      this.#rest(entry, outcome.kind === 'unanswered')
      return
    }
    const { answer } = outcome
    if (!answer.ok && isPassing(answer.error, entry.attempts)) {
      this.#answer(id, { kind: 'queued' })
      this.#rest(entry, true)
      return
    }
    this.#rests.delete(entry.aggregateId)
    // Whoever still waits gets the answer in hand, at once: were they told while it is written down
    // that it is queued, a refusal would have left unseen. Nobody left to hear it, it stays to be
    // looked at.
    const isHeard = this.#waiters.has(id)
    const event: OutboxEvent =
      answer.ok || isHeard
        ? { kind: 'settled', id }
        : { kind: 'refused', id, refusal: answer.error }
    if (isHeard) {
      this.#become(afterEvent(this.#entries, event))
      this.#answer(
        id,
        answer.ok
          ? { kind: 'accepted', ...accepted(answer) }
          : { kind: 'refused', error: answer.error },
      )
    }
    // Lost in a crash, it is only sent again and answered the same, so it need not be fsynced. What
    // cannot be written holds nobody up either.
    await this.#note(() => event, 'written')
    this.#dispatch()
  }

  /** Back to waiting; after a failure the lane rests, so that a gateway in trouble is not stormed. */
  #rest(entry: OutboxEntry, hasFailed: boolean): void {
    this.#become(withEntry(this.#entries, entry.id, { state: 'waiting' }))
    if (!hasFailed) return
    const lane = entry.aggregateId
    const failures = (this.#rests.get(lane)?.failures ?? 0) + 1
    const timer = setTimeout(() => {
      this.#rests.set(lane, { failures, timer: null })
      this.#dispatch()
    }, this.#options.restAfter(failures))
    this.#rests.set(lane, { failures, timer })
  }

  /**
   * Write an event down, then let it count. Built when its turn comes; one that is to be durable and
   * could not be written does not count and is said to be refused.
   */
  #note(
    build: () => OutboxEvent,
    durability: 'durable' | 'written' = 'durable',
  ): Promise<Outcome<null>> {
    return this.#writes.run(async () => {
      if (this.#isClosed) return notWritten()
      const event = build()
      try {
        await this.#journal.append(event, durability)
      } catch (error) {
        this.#options.log.error('The outbox could not be written', error)
        this.#options.disk?.refused('outbox', error, () => this.#catchUp())
        if (durability === 'durable') return notWritten(error)
        this.#isBehind = true
      }
      this.#become(afterEvent(this.#entries, event))
      await this.#tidy()
      return { ok: true, value: null }
    })
  }

  /** The disk writes again: what counts here already is to stand there too. */
  #catchUp(): Promise<void> {
    return this.#writes.run(async () => {
      if (this.#isClosed || (!this.#isBehind && !this.#journal.isBroken)) return
      await this.#journal.rewrite(this.#entries)
      this.#isBehind = false
    })
  }

  async #tidy(): Promise<void> {
    if (this.#journal.size < tidyAbove) return
    const live = JSON.stringify(this.#entries).length
    if (this.#journal.size < 4 * live) return
    try {
      await this.#journal.rewrite(this.#entries)
    } catch (error) {
      this.#options.log.warn('The outbox was not tidied', error)
    }
  }

  #answerTo(id: string): Promise<SendResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#answer(id, { kind: 'queued' }),
        this.#options.answerWithin,
      )
      const earlier = this.#waiters.get(id)
      this.#waiters.set(id, (result) => {
        clearTimeout(timer)
        earlier?.(result)
        resolve(result)
      })
    })
  }

  #answer(id: string, result: SendResult): void {
    this.#waiters.get(id)?.(result)
    this.#waiters.delete(id)
  }

  #refused(id: string): Outcome<OutboxEntry> {
    const entry = this.#entries.find((each) => each.id === id)
    if (entry === undefined) {
      return { ok: false, error: refusal('not_found', 'There is no such command in the outbox.') }
    }
    if (entry.state !== 'refused') {
      return { ok: false, error: refusal('wrong_state', 'Only a refused command can be touched.') }
    }
    return { ok: true, value: entry }
  }

  /** Several changes in one turn are told once. */
  #become(entries: Entries): void {
    this.#entries = entries
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    queueMicrotask(() => {
      this.#isAnnounced = false
      if (!this.#isClosed) this.#options.changed(this.#entries)
    })
  }
}

function entryOf(command: ParsedCommand, now: number): OutboxEntry {
  return {
    ...command,
    createdAt: new Date(now).toISOString(),
    attempts: 0,
    state: 'waiting',
    refusal: null,
  }
}

function isSame(entry: OutboxEntry, command: ParsedCommand): boolean {
  return (
    entry.type === command.type &&
    entry.aggregateId === command.aggregateId &&
    entry.expectedVersion === command.expectedVersion &&
    JSON.stringify(entry.payload) === JSON.stringify(command.payload)
  )
}

function accepted(answer: Extract<CommandAnswer, { ok: true }>) {
  return { result: answer.result, version: answer.version }
}

function idReused(): SendResult {
  return {
    kind: 'refused',
    error: refusal('command_id_reused', 'Another command has been given under this id.'),
  }
}

/** Nothing was kept, so nothing was sent. @param error what the disk said, if it said anything */
export function notWritten(error: unknown = null): Extract<Outcome<never>, { ok: false }> {
  const reason = reasonOf(error) === 'full' ? 'disk_full' : 'disk_refused'
  return {
    ok: false,
    error: refusal(
      'unavailable',
      'The command could not be written to the outbox, and was not sent.',
      { reason },
    ),
  }
}
