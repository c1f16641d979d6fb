import { createHash } from 'node:crypto'
import pg from 'pg'

/** Different statements kept prepared on a connection; whatever comes beyond is planned each time. */
const mostStatements = 400
/** SQLSTATE of a plan that no longer fits: another node has changed the schema meanwhile. */
export const planOutdated = '0A000'

const names = new Map<string, string>()

/** What pg says, in words alone, when an answer was waited for too long. */
const unanswered = 'Query read timeout'

/**
 * A connection that has the server keep the plans of statements with parameters: ours are few and come
 * again and again, and planning takes longer than running most of them. Needs a server, or a pooler in
 * session mode, that keeps one session for a connection.
 *
 * One that did not answer in time is ended: the line may be gone without a word, and the pool, which is
 * told nothing of it by Kysely, would lend it out again before all others.
 */
export class PreparingClient extends pg.Client {
  /** Counts up when plans are outdated: under new names all statements are planned anew. */
  #generation = 0

  // As pg itself has it: one method for texts, configurations and submittable queries.
  override query(first: unknown, ...rest: unknown[]): never {
    const answer = this.#send(first, rest)
    if (answer instanceof Promise) answer.catch((error: unknown) => this.#judge(error))
    return answer as never
  }

  #send(first: unknown, rest: readonly unknown[]): unknown {
    const [values, ...others] = rest
    if (typeof first !== 'string' || !Array.isArray(values) || values.length === 0)
      return super.query(first as never, ...(rest as []))
    const name = nameOf(first)
    if (name === null) return super.query(first, values, ...(others as []))
    const prepared = { name: `${name}.${this.#generation}`, text: first, values }
    return super.query(prepared, ...(others as []))
  }

  #judge(error: unknown): void {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
    if (code === planOutdated) this.#generation += 1
    if (message === unanswered) void this.end()
  }
}

function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostStatements) return null
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}
