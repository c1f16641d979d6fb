import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { CommandAnswer } from '../../../contract/commands'
import type { QueryResult } from '../../../contract/queries'
import type { ConsoleClient } from '../console-client'

type Look = QueryResult<'requisition.revalidate'>

/** What came of one document at the hands of one person. */
export interface Outcome {
  readonly requisitionId: string
  readonly by: string
  readonly end:
    | { readonly kind: 'ordered'; readonly orderNumber: string }
    /** Some line of it can be delivered by nobody. */
    | { readonly kind: 'given_up' }
  readonly refusals: number
  readonly splits: number
  /** They had claimed it, and everything was promised of what they then held. */
  readonly isHeld: boolean
}

export interface Paper {
  readonly requisitionId: string
  readonly console: ConsoleClient
  readonly by: string
  /** Whether they claim it before they look. */
  readonly claims: boolean
  /** Resolves once everybody has looked. */
  readonly ready: () => Promise<void>
  /** Draws how long they take to look again, in ms. */
  readonly thinks: () => number
}

/** Nobody can be refused more often than others order, and each of them may have split meanwhile. */
const patience = 60

/**
 * What a person does with one document until it is ordered or nothing can be delivered: look, take a
 * line from several warehouses where none fills it and they do between them, approve on what was shown,
 * and where that has changed look again.
 */
export async function approveUntilDone(paper: Paper): Promise<Outcome> {
  const { requisitionId, console, by, claims } = paper
  let [refusals, splits, isHeld] = [0, 0, false]
  const done = (end: Outcome['end']): Outcome => {
    return { requisitionId, by, end, refusals, splits, isHeld }
  }
  if (claims) {
    const claimed = await console.command('requisition.claim', requisitionId, null)
    if (!claimed.ok) throw new Error(JSON.stringify(claimed))
  }
  for (let turn = 0; turn < patience; turn += 1) {
    const seen = await look(paper)
    if (turn === 0) {
      isHeld = claims && seen.lines.every(({ delivery }) => isOfStock(delivery))
      await paper.ready()
    }
    if (await splitRows(paper, seen)) {
      splits += 1
      continue
    }
    if (seen.lines.some(({ delivery }) => (delivery?.kind ?? 'out_of_stock') === 'out_of_stock')) {
      return done({ kind: 'given_up' })
    }
    const answer = await console.command('requisition.approve', requisitionId, seen.version, {
      revision: seen.revision,
      seen: seen.seen,
    })
    if (answer.ok) {
      return done({ kind: 'ordered', orderNumber: String(answer.result['orderNumber']) })
    }
    insistOn(answer, 'figures_changed')
    refusals += 1
    await setTimeout(paper.thinks())
  }
  throw new Error(`${by} was refused ${refusals} times.`)
}

function isOfStock(delivery: Look['lines'][number]['delivery']): boolean {
  return delivery?.kind === 'deliverable' || delivery?.kind === 'promised'
}

async function look({ console, requisitionId }: Paper): Promise<Look> {
  const answer = await console.query('requisition.revalidate', { id: requisitionId })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.result as Look
}

function insistOn(answer: CommandAnswer, code: string): void {
  if (answer.ok || answer.error.code !== code) throw new Error(JSON.stringify(answer))
}

const wholeUnits = (quantity: number) => Math.floor(quantity / 1_000) * 1_000

/** Take what each warehouse has now, a row for each; false where that fills no line. */
async function splitRows({ console, requisitionId }: Paper, seen: Look): Promise<boolean> {
  const got = await console.query('requisition.get', { id: requisitionId })
  if (!got.ok) throw new Error(JSON.stringify(got.error))
  const { value } = got.result as QueryResult<'requisition.get'>
  for (const line of seen.lines) {
    const row = value.lines.find(({ id }) => id === line.id)
    if (!row || line.delivery?.kind === 'deliverable') continue
    let missing = row.quantity
    const parts: number[] = []
    for (const { deliverable } of line.warehouses) {
      const part = Math.min(missing, wholeUnits(deliverable))
      if (part > 0) parts.push(part)
      missing -= part
    }
    const [first, ...others] = parts
    if (first === undefined || others.length === 0 || missing > 0) continue
    const answer = await console.command('requisition.edit', requisitionId, seen.version, {
      revision: seen.revision,
      changes: {
        lines: [
          { kind: 'changed', id: row.id, quantity: first },
          ...others.map((quantity) => ({
            kind: 'added',
            id: randomUUID(),
            articleId: row.articleId,
            quantity,
            requestedDate: row.requestedDate,
          })),
        ],
      },
      internalComment: null,
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return true
  }
  return false
}
