import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import pg from 'pg'

/** Different statements kept prepared on a connection; whatever comes beyond is planned each time. */
const mostStatements = 400
/** SQLSTATE of a plan that no longer fits: another node has changed the schema meanwhile. */
export const planOutdated = '0A000'

const names = new Map<string, string>()

/** What has a plan although it has no parameters. */
const questions = /^\s*(select|with)\s/i

/**
 * A connection that has the server keep the plans of our statements: they are few and come again and
 * again, and planning takes longer than running most of them. Needs a server, or a pooler in session
 * mode, that keeps one session for a connection.
 *
 * Statements are sent when they are given and not when the one before has been answered, and those that
 * are given in one turn of the event loop leave as one message: they cost one round trip, and one call
 * of the system, which on a busy machine is dearer than what is in the message.
 */
export class PreparingClient extends pg.Client {
  /** Counts up when plans are outdated: under new names all statements are planned anew. */
  #generation = 0

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true })
  }

  /** Where statements wait for the turn to end; null when none do. */
  #gathered: Duplex | null = null

  /** Send what has been given so far, without waiting for the turn to end. */
  flush(): void {
    this.#gathered?.uncork()
    this.#gathered = null
  }

  #gather(): void {
    if (this.#gathered) return
    this.#gathered = (this as unknown as { connection: { stream: Duplex } }).connection.stream
    this.#gathered.cork()
    process.nextTick(() => this.flush())
  }

  // As pg itself has it: one method for texts, configurations and submittable queries.
  override query(first: unknown, ...rest: unknown[]): never {
    this.#gather()
    const answer = this.#send(first, rest)
    if (answer instanceof Promise) answer.catch((error: unknown) => this.#noteFailure(error))
    if (first === 'begin') return begun(answer as Promise<unknown>) as never
    return answer as never
  }

  #send(first: unknown, rest: readonly unknown[]): unknown {
    const [values, ...others] = rest
    const isPlanned = typeof first === 'string' && Array.isArray(values) && hasPlan(first, values)
    const name = isPlanned ? nameOf(first) : null
    if (name === null) return super.query(first as never, ...(rest as []))
    const prepared = { name: `${name}.${this.#generation}`, text: first as string, values }
    return super.query(prepared as never, ...(others as []))
  }

  #noteFailure(error: unknown): void {
    if ((error as { code?: unknown }).code === planOutdated) this.#generation += 1
    // pg goes on waiting for an answer that was given up, and all that is asked afterwards waits behind
    // it. Whether it comes nobody knows, so this connection is of no use any more.
    if (isGivenUp(error)) void this.end()
  }
}

/** Whether pg itself stopped waiting for an answer; it has no other mark than these words. */
function isGivenUp(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

/**
 * Nobody needs the answer to `begin`: it fails with the connection alone, and with it whatever is sent
 * after it.
 */
function begun(sent: Promise<unknown>): Promise<unknown> {
  sent.catch(() => undefined)
  return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] })
}

function hasPlan(text: string, values: readonly unknown[]): boolean {
  return values.length > 0 || questions.test(text)
}

function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostStatements) return null
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}
