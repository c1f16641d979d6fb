import { isOver, isProblem, type BulkRun } from '../../../services/bulk'

/**
 * How far it has come, in rows. While it goes on, of those that are sent; when it is over, of all that
 * were picked, so that what went through and what did not add up.
 */
export function progressOf(run: BulkRun): {
  readonly done: number
  readonly all: number
  readonly problems: number
} {
  const { rows } = run
  const problems = rows.filter(isProblem).length
  if (isOver(run)) return { done: rows.length - problems, all: rows.length, problems }
  const sent = rows.filter(({ result }) => result.kind !== 'left_out')
  const done = sent.filter(({ result }) => !['waiting', 'sending'].includes(result.kind)).length
  return { done, all: sent.length, problems }
}
