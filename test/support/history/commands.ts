import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { CommandAnswer, CommandType } from '../../../contract/commands'
import { readMarkSchema } from '../../../contract/entities'
import type { Database } from '../../../gateway/database/schema'
import { isPassing, type History, type SentCommand } from './history'

/** What the audit says of a command that was carried out; a read mark is nobody's business. */
const entryOf: Readonly<Record<CommandType, string | readonly string[] | null>> = {
  'requisition.claim': 'requisition.claimed',
  'requisition.release': 'requisition.released',
  'requisition.approve': ['requisition.approved', 'requisition.step_approved'],
  'requisition.reject': 'requisition.rejected',
  'requisition.return': 'requisition.returned',
  'requisition.remind': 'requisition.reminded',
  'requisition.skip_step': 'requisition.step_skipped',
  'requisition.edit': 'requisition.edited',
  'requisition.revive': 'requisition.revived',
  'requisition.split': 'requisition.split',
  'requisition.attach': ['requisition.attached', 'requisition.attachment_changed'],
  'requisition.detach': 'requisition.detached',
  'requisition.mark_read': null,
  'quote.create': 'quote.created',
  'quote.edit': 'quote.edited',
  'quote.submit_for_review': 'quote.submitted_for_review',
  'quote.approve': 'quote.approved',
  'quote.refuse': 'quote.refused',
  'quote.send': 'quote.sent',
  'quote.withdraw': 'quote.withdrawn',
  'quote.new_version': 'quote.version_begun',
  'order.confirm_dates': 'order.dates_confirmed',
  'policy.set': 'policy.set',
  'deadlines.set': 'deadlines.set',
  'customer_group.set': 'customer_group.set',
  'customer_group.follow_source': 'customer_group.source_followed',
  'warehouse.set_open': 'warehouse.openness_set',
  'warehouse.follow_source': 'warehouse.source_followed',
  'stock_display.set': 'stock_display.set',
  'delegation.create': 'delegation.created',
  'delegation.end': 'delegation.ended',
  'user.create': 'user.created',
  'user.update': 'user.updated',
  'user.disable': 'user.disabled',
  'user.enable': 'user.enabled',
  'user.set_password': 'user.password_set',
}

/** Every acknowledged command is there with its answer and its effect, once; none else is. */
export async function checkCommands(db: Kysely<Database>, history: History): Promise<string[]> {
  const wrong: string[] = []
  const rows = await db.selectFrom('command').selectAll().execute()
  const kept = new Map(rows.map((row) => [row.id, row]))
  const entries = await db
    .selectFrom('audit')
    .select(['type', 'actor', 'aggregate_id', 'version', 'origin'])
    .execute()
  const effects = new Map<string, number>()
  for (const { type, actor, aggregate_id, version, origin } of entries) {
    if (origin['via'] !== 'console' || type === 'order.placed' || actor.kind !== 'user') continue
    const key = [actor.id, type, aggregate_id, version].join(' ')
    effects.set(key, (effects.get(key) ?? 0) + 1)
  }

  for (const [id, sent] of history.commands) {
    const row = kept.get(id)
    wrong.push(...judgeAnswers(id, sent, row?.answer ?? null))
    if (row && row.user_id !== sent.userId) wrong.push(`command ${id} is kept as another user’s`)
    if (row && row.type !== sent.envelope.type)
      wrong.push(`command ${id} is kept as a ${row.type}, not a ${sent.envelope.type}`)
  }
  for (const row of rows) {
    if (!history.commands.has(row.id)) wrong.push(`command ${row.id} was sent by nobody`)
    const entry = entryOf[row.type as CommandType]
    if (entry === null || !row.answer.ok) continue
    let times = 0
    for (const what of [entry].flat()) {
      const key = [row.user_id, what, row.aggregate_id, row.answer.version].join(' ')
      times += effects.get(key) ?? 0
      effects.delete(key)
    }
    for (const [id, version] of splitBy(row.aggregate_id, row.type, row.answer)) {
      const key = [row.user_id, 'requisition.split', id, version].join(' ')
      if (effects.get(key) !== 1) times += 1
      effects.delete(key)
    }
    if (times !== 1) wrong.push(`command ${row.id} (${row.type}) is in the audit ${times} times`)
  }
  for (const key of effects.keys()) wrong.push(`the audit has what no command did: ${key}`)
  wrong.push(...(await checkReadMarks(db, history)))
  return wrong
}

/** What a split writes beside its own entry: the rest, and before an approval of some lines what stays. */
function splitBy(
  aggregateId: string,
  type: string,
  answer: Extract<CommandAnswer, { ok: true }>,
): readonly (readonly [id: string, version: number])[] {
  const { rest } = answer.result as { readonly rest?: { readonly id: string } }
  if (!rest) return []
  const isApproval = type === 'requisition.approve'
  return [[rest.id, 1], ...(isApproval ? [[aggregateId, answer.version - 1] as const] : [])]
}

/**
 * A command names the version it was decided on, and versions never come back: what was refused once
 * stays refused, as what was done stays done.
 */
function judgeAnswers(id: string, sent: SentCommand, kept: CommandAnswer | null): string[] {
  const wrong: string[] = []
  const what = `command ${id} (${sent.envelope.type})`
  const final = sent.answers.filter((answer) => answer.ok || !isPassing(answer.error.code))
  const done = final.filter(({ ok }) => ok)
  for (const answer of done) {
    if (!kept) wrong.push(`${what} was acknowledged and is not there`)
    else if (!isDeepStrictEqual(kept, answer))
      wrong.push(`${what} was answered unlike what is kept: ${JSON.stringify([answer, kept])}`)
  }
  if (done.length > 0 && done.length < final.length)
    wrong.push(`${what} was both done and refused: ${JSON.stringify(final)}`)
  if (done.length === 0 && final.length > 0 && kept) wrong.push(`${what} was refused and is there`)
  return wrong
}

/** How far a user has read a requisition, 0 for not at all. */
export async function readMarksOf(
  db: Kysely<Database>,
): Promise<(userId: string, requisitionId: string) => number> {
  const rows = await db
    .selectFrom('feed')
    .select(['id', 'value'])
    .where('kind', '=', 'read_mark')
    .execute()
  const marks = new Map(rows.map(({ id, value }) => [id, readMarkSchema.safeParse(value).data]))
  return (userId, requisitionId) => marks.get(`${userId}:${requisitionId}`)?.revision ?? 0
}

async function checkReadMarks(db: Kysely<Database>, history: History): Promise<string[]> {
  const revisionRead = await readMarksOf(db)
  return [...history.commands.values()].flatMap(({ userId, envelope, answers }) => {
    if (envelope.type !== 'requisition.mark_read' || !answers.some(({ ok }) => ok)) return []
    const read = revisionRead(userId, envelope.aggregateId)
    return read >= Number(envelope.payload['revision'])
      ? []
      : [`read mark of ${envelope.aggregateId} is at ${read}, less than was acknowledged`]
  })
}
