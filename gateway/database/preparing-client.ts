import { createHash } from 'node:crypto'
import pg from 'pg'

/** Different statements kept prepared on a connection; whatever comes beyond is planned each time. */
const mostStatements = 400
/** SQLSTATE of a plan that no longer fits: another node has changed the schema meanwhile. */
export const planOutdated = '0A000'

const names = new Map<string, string>()

/**
 * A connection that has the server keep the plans of statements with parameters: ours are few and come
 * again and again, and planning takes longer than running most of them. Needs a server, or a pooler in
 * session mode, that keeps one session for a connection.
 */
export class PreparingClient extends pg.Client {
  /** Counts up when plans are outdated: under new names all statements are planned anew. */
  #generation = 0

  // As pg itself has it: one method for texts, configurations and submittable queries.
  override query(first: unknown, ...rest: unknown[]): never {
    const answer = this.#send(first, rest)
    if (answer instanceof Promise) answer.catch((error: unknown) => this.#noteFailure(error))
    return answer as never
  }

  #send(first: unknown, rest: readonly unknown[]): unknown {
    const [values, ...others] = rest
    const name =
      typeof first === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(first) : null
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

function nameOf(text: string): string | null {
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= mostStatements) return null
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}
