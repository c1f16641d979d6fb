import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

/** How the acts of one batch came to lie between one another. */
export interface Interleaving {
  /** Pairs of acts that both spoke to the database. */
  readonly pairs: number
  /** Those of them in which each began before the other had ended. */
  readonly overlapping: number
  /** Statements that had to wait for another act's lock. */
  readonly lockWaits: number
  /** Whose statement went to the database, turn by turn, by the acts' places. */
  readonly order: readonly number[]
}

/** Whether each of these server processes waits for a lock that another holds. */
export type AreBlocked = (pids: readonly number[]) => Promise<boolean>

/** Most statements are through by then, in ms; one that is not is asked about. */
const usualMs = 2

const speaking = new AsyncLocalStorage<Speaker>()

/**
 * Have every statement that an act of `inTurns` sends over this pool wait for its turn. What anybody
 * else sends passes, and so does `begin`, which neither sees nor holds anything yet.
 */
export function giveTurns(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...call: readonly unknown[]) => Promise<unknown>
    const { processID: pid } = client as pg.PoolClient & { readonly processID: number }
    let isInTransaction = false
    client.query = (async (...call: readonly unknown[]) => {
      const [text] = call
      const speaker = speaking.getStore()
      const isBegin = text === 'begin'
      if (isBegin || text === 'commit' || text === 'rollback') isInTransaction = isBegin
      const statement = { pid, letsGo: !isInTransaction, send: () => query(...call) }
      return isBegin || !speaker ? statement.send() : speaker.say(statement)
    }) as typeof client.query
  })
}

interface Statement {
  readonly pid: number
  /** Whether no lock is held any more when it has been carried out. */
  readonly letsGo: boolean
  readonly send: () => Promise<unknown>
}

/** One act: it thinks, waits for its turn to speak, or waits for the database's answer. */
class Speaker {
  readonly #said: (hasLetGo: boolean) => void
  readonly #waits: () => void
  readonly #waiting: { readonly statement: Statement; readonly go: () => void }[] = []
  /** What the database is at. */
  underWay: Statement | null = null
  /** Known to wait for a lock, until somebody lets go of one. */
  isBlocked = false
  isDone = false
  /** Turns in which it spoke first and last. */
  first = Infinity
  last = -Infinity

  /**
   * @param waits told that it waits for a turn
   * @param said told that a statement has ended, and whether its locks have with it
   */
  constructor(waits: () => void, said: (hasLetGo: boolean) => void) {
    this.#waits = waits
    this.#said = said
  }

  get isReady(): boolean {
    return this.underWay === null && this.#waiting.length > 0
  }

  get isThinking(): boolean {
    return !this.isDone && this.underWay === null && this.#waiting.length === 0
  }

  async say(statement: Statement): Promise<unknown> {
    await new Promise<void>((go) => {
      this.#waiting.push({ statement, go })
      this.#waits()
    })
    // What fails ends its transaction, locks and all.
    let hasLetGo = true
    try {
      const answer = await statement.send()
      hasLetGo = statement.letsGo
      return answer
    } finally {
      this.underWay = null
      this.isBlocked = false
      this.#said(hasLetGo)
    }
  }

  /** It is its turn. */
  go(turn: number): void {
    const next = this.#waiting.shift()
    if (!next) return
    this.underWay = next.statement
    this.first = Math.min(this.first, turn)
    this.last = turn
    next.go()
  }
}

/**
 * Run acts side by side, but let one statement at a time go to the database: whose is next is drawn
 * from those that wait. An act that waits for a lock gives its turn away, so nothing waits for ever.
 * The same draws give the same order of statements, whatever the machine is busy with, as long as
 * nobody else is at the rows; only where two wait for one lock does the database say who gets it.
 * @param draws which of those that wait speaks, counted from the first, round and round
 */
export async function inTurns<T>(
  acts: readonly (() => Promise<T>)[],
  draws: readonly number[],
  areBlocked: AreBlocked,
): Promise<{ readonly results: readonly T[]; readonly interleaving: Interleaving }> {
  let changes = 0
  let heard = () => {}
  const changed = () => {
    changes += 1
    heard()
  }
  const change = () => new Promise<void>((resolve) => (heard = resolve))
  const said = (hasLetGo: boolean) => {
    if (hasLetGo) for (const speaker of speakers) speaker.isBlocked = false
    changed()
  }
  const speakers = acts.map(() => new Speaker(changed, said))
  const results = Promise.all(
    acts.map((act, at) =>
      speaking.run(speakers[at] as Speaker, act).finally(() => {
        ;(speakers[at] as Speaker).isDone = true
        changed()
      }),
    ),
  )
  // Told at the end, where it is waited for.
  results.catch(() => undefined)

  const waited = new Set<Statement>()
  const order: number[] = []
  /** Resolves when everybody waits, for a turn or for a lock, or has ended. */
  async function silence(): Promise<void> {
    for (;;) {
      const seen = changes
      if (speakers.some(({ isThinking }) => isThinking)) {
        await change()
        continue
      }
      const moving = speakers.filter(({ underWay, isBlocked }) => underWay !== null && !isBlocked)
      if (moving.length === 0) return
      await Promise.race([change(), wait(usualMs)])
      if (changes !== seen) continue
      const pids = moving.flatMap(({ underWay }) => underWay?.pid ?? [])
      if (!(await areBlocked(pids)) || changes !== seen) continue
      for (const speaker of moving) {
        speaker.isBlocked = true
        if (speaker.underWay) waited.add(speaker.underWay)
      }
      return
    }
  }

  for (let turn = 0; ; turn += 1) {
    await silence()
    const ready = speakers.filter(({ isReady }) => isReady)
    const draw = draws[turn % draws.length] ?? 0
    const speaker = ready[draw % ready.length]
    if (speaker) {
      order.push(speakers.indexOf(speaker))
      speaker.go(turn)
    } else {
      if (speakers.every(({ isDone }) => isDone)) break
      // They wait for one another until the database ends it, which it does by itself.
      const seen = changes
      while (changes === seen) await change()
    }
  }
  return {
    results: await results,
    interleaving: { ...pairsOf(speakers), lockWaits: waited.size, order },
  }
}

function pairsOf(speakers: readonly Speaker[]): { pairs: number; overlapping: number } {
  const spoke = speakers.filter(({ first }) => first < Infinity)
  let pairs = 0
  let overlapping = 0
  for (const [at, one] of spoke.entries())
    for (const other of spoke.slice(at + 1)) {
      pairs += 1
      if (one.first < other.last && other.first < one.last) overlapping += 1
    }
  return { pairs, overlapping }
}
