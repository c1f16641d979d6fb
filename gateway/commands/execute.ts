import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from '../../contract/zod'
import {
  commandEnvelopeSchema,
  commandSchemas,
  type CommandAnswer,
  type CommandEnvelope,
  type CommandType,
} from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import { mayDo, rolesFor, type Deed } from '../../domain/access/rights'
import { hashPassword, judgePassword } from '../access/passwords'
import { liveSession, sessionBy, signedInOf, type SignedIn } from '../access/signed-in'
import type { Origin } from '../audit/record'
import { canonicalJson } from '../canonical-json'
import { ask } from '../database/together'
import {
  inTransaction,
  Rollback,
  sqlState,
  writeAtEnd,
  type Transaction,
  type WriteGroup,
} from '../database/transaction'
import { uuidOrNil } from '../database/uuid'
import { jsonPointer } from '../http/json-pointer'
import type { GatewayContext } from '../gateway-context'
import { requisitionLockedFor } from '../requisitions/aggregate'
import { PasswordWanted, type Handled, type Handler, type Handling } from './context'
import { customerGroupHandlers } from './customer-group'
import { deadlinesHandlers } from './deadlines'
import { delegationHandlers } from './delegation'
import { orderHandlers } from './order'
import { policyHandlers } from './policy'
import { quoteHandlers } from './quote'
import { decisions, requisitionHandlers } from './requisition'
import { stockDisplayHandlers } from './stock-display'
import { userHandlers } from './user'
import { warehouseHandlers } from './warehouse'

const handlers: { readonly [T in CommandType]: Handler<T> } = {
  ...requisitionHandlers,
  ...quoteHandlers,
  ...orderHandlers,
  ...policyHandlers,
  ...deadlinesHandlers,
  ...customerGroupHandlers,
  ...delegationHandlers,
  ...userHandlers,
  ...warehouseHandlers,
  ...stockDisplayHandlers,
}

/** What a user's roles must allow before a handler is even asked. */
const deeds: { readonly [T in CommandType]: Deed } = {
  'requisition.claim': 'decide_requisition',
  'requisition.release': 'decide_requisition',
  'requisition.approve': 'decide_requisition',
  'requisition.reject': 'decide_requisition',
  'requisition.return': 'decide_requisition',
  'requisition.remind': 'decide_requisition',
  'requisition.skip_step': 'decide_requisition',
  'requisition.revive': 'decide_requisition',
  'requisition.edit': 'decide_requisition',
  'requisition.split': 'decide_requisition',
  'requisition.attach': 'decide_requisition',
  'requisition.detach': 'decide_requisition',
  'requisition.mark_read': 'read_requisition',
  'quote.create': 'draft_quote',
  'quote.edit': 'draft_quote',
  'quote.submit_for_review': 'draft_quote',
  'quote.approve': 'send_quote',
  'quote.refuse': 'send_quote',
  'quote.send': 'send_quote',
  'quote.withdraw': 'send_quote',
  'quote.new_version': 'draft_quote',
  'order.confirm_dates': 'decide_requisition',
  'policy.set': 'set_policy',
  'deadlines.set': 'set_policy',
  'customer_group.set': 'set_customer_groups',
  'customer_group.follow_source': 'set_customer_groups',
  'warehouse.set_open': 'set_shop_stock',
  'warehouse.follow_source': 'set_shop_stock',
  'stock_display.set': 'set_shop_stock',
  'delegation.create': 'delegate',
  'delegation.end': 'delegate',
  'user.create': 'manage_users',
  'user.update': 'manage_users',
  'user.disable': 'manage_users',
  'user.enable': 'manage_users',
  'user.set_password': 'manage_users',
}

/**
 * Carry out one command. Rows, audit entry, the command's id with its answer, and the changes are
 * written in one transaction, and the answer comes after its commit. The same id again gives the
 * first answer and does nothing; a refusal writes nothing at all, so that its id may be tried again.
 *
 * @param input the envelope as it came over the wire
 */
export async function executeCommand(
  context: GatewayContext,
  tokenHash: Buffer,
  input: unknown,
  origin: Origin,
): Promise<CommandAnswer> {
  const envelope = commandEnvelopeSchema.safeParse(input)
  if (!envelope.success)
    return refuse(invalid('malformed', 'The command is not well-formed.', envelope.error))
  const { type } = envelope.data
  if (!isCommandType(type)) {
    return refuse(refusal('unknown_command', `There is no command “${type}”.`, { type }))
  }
  const payload = commandSchemas[type].safeParse(envelope.data.payload)
  if (!payload.success) {
    return refuse(
      invalid(
        'invalid',
        `The command “${type}” cannot be carried out as it was sent.`,
        payload.error,
        '/payload',
      ),
    )
  }
  const bodyHash = hashCommand(envelope.data)
  const parsed = {
    tokenHash,
    envelope: envelope.data,
    type,
    payload: payload.data,
    bodyHash,
    origin,
  }
  const first = await attempt(context, { ...parsed, passwordHash: null })
  if (!('passwordWanted' in first)) return first
  const { password } = payload.data as { readonly password: string }
  const weak = judgePassword(password, first.passwordWanted)
  if (weak) return refuse(weak)
  const second = await attempt(context, { ...parsed, passwordHash: await hashPassword(password) })
  if ('passwordWanted' in second) throw new Error(`“${type}” wants a password that it has.`)
  return second
}

const sessionEnded = refusal('session_expired', 'The session has ended. Sign in again.')

/** Run a command in a transaction of its own, and say what came of it. */
async function attempt(
  context: GatewayContext,
  parsed: Parsed,
): Promise<CommandAnswer | { readonly passwordWanted: readonly string[] }> {
  try {
    const answer = await inTransaction(context.db, (tx) => run(tx, context, parsed))
    context.wake()
    return answer
  } catch (error) {
    if (error instanceof PasswordWanted) return { passwordWanted: error.about }
    // A command that comes again is seldom; so nobody asks before there is something in its way.
    if (error instanceof Rollback)
      return (await answerBefore(context, parsed)) ?? (error.value as CommandAnswer)
    if (isKnownCommand(error)) {
      const answer = await answerBefore(context, parsed)
      if (answer) return answer
    }
    throw error
  }
}

/**
 * What this command id was answered before, or null. The first to write the id has it: another node
 * that carries out the same command at the same time is refused by what that has changed, or fails on
 * the id itself, and in both cases the first one's answer stands here by then.
 */
async function answerBefore(
  { db, now }: GatewayContext,
  { tokenHash, envelope, bodyHash }: Parsed,
): Promise<CommandAnswer | null> {
  const row = await db
    .selectFrom('command')
    .leftJoin('session', (join) =>
      join
        .on('session.token_hash', '=', tokenHash)
        .on('session.revoked_at', 'is', null)
        .on('session.expires_at', '>', now()),
    )
    .select(['command.user_id', 'command.body_hash', 'command.answer'])
    .select('session.user_id as asking')
    .where('command.id', '=', envelope.id)
    .executeTakeFirst()
  if (!row) return null
  // Signed out while the command was under way, maybe by the very command that has this id.
  if (row.asking === null) return refuse(sessionEnded)
  if (row.user_id === row.asking && row.body_hash.equals(bodyHash)) return row.answer
  return refuse(
    refusal(
      'command_id_reused',
      'This command id has been used for another command. Use a new id.',
      { id: envelope.id },
    ),
  )
}

function isKnownCommand(error: unknown): boolean {
  return (
    sqlState(error) === '23505' &&
    (error as { readonly constraint?: unknown }).constraint === 'command_pkey'
  )
}

interface Parsed {
  readonly tokenHash: Buffer
  readonly envelope: CommandEnvelope
  readonly type: CommandType
  readonly payload: unknown
  readonly bodyHash: Buffer
  readonly origin: Origin
  readonly passwordHash: string | null
}

async function run(
  tx: Transaction,
  context: GatewayContext,
  parsed: Parsed,
): Promise<CommandAnswer> {
  const { envelope, type, bodyHash } = parsed
  const now = context.now()
  const opening = await ask(tx, openingOf(tx, parsed, now))
  const who = await signedInOf(tx, opening.session)
  if (!who) throw rollback(sessionEnded)
  if (!mayDo(who.viewer, deeds[type])) {
    throw rollback(
      refusal('forbidden', `Your roles do not allow “${type}”.`, { type, roles: who.user.roles }),
    )
  }
  const handled = await handle(type, {
    tx,
    who,
    actor: actorOf(who),
    origin: parsed.origin,
    now,
    aggregateId: envelope.aggregateId,
    expectedVersion: envelope.expectedVersion,
    payload: parsed.payload,
    requisition: opening.requisition,
    passwordHash: parsed.passwordHash,
  })
  if (!handled.ok) throw rollback(handled.error)
  const answer: CommandAnswer = {
    ok: true,
    result: { ...handled.result },
    version: handled.version,
  }
  writeAtEnd(tx, commands, [
    {
      id: envelope.id,
      userId: who.user.id,
      type,
      aggregateId: envelope.aggregateId,
      bodyHash: bodyHash.toString('hex'),
      answer,
    },
  ])
  return answer
}

/** Who asks, and what is decided on, in one statement. */
function openingOf(
  tx: Transaction,
  { tokenHash, type, envelope }: Parsed,
  now: Date,
): ReturnType<typeof requisitionLockedFor> {
  if (decisions.has(type)) {
    const asking = liveSession(tx, tokenHash, now)
    return requisitionLockedFor(asking, rolesFor(deeds[type]), uuidOrNil(envelope.aggregateId))
  }
  const asked = sessionBy(tx, tokenHash, now)
  return { ...asked, read: (answers) => ({ session: asked.read(answers), requisition: null }) }
}

const commands: WriteGroup<{
  readonly id: string
  readonly userId: string
  readonly type: CommandType
  readonly aggregateId: string
  readonly bodyHash: string
  readonly answer: CommandAnswer
}> = {
  statement: (rows) => sql`
    insert into command (id, user_id, type, aggregate_id, body_hash, answer)
    select id, "userId", type, "aggregateId", decode("bodyHash", 'hex'), answer
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      id uuid, "userId" uuid, type text, "aggregateId" text, "bodyHash" text, answer jsonb)`,
}

/** The payload was parsed by the schema of this very type, which is all that the types lose here. */
function handle(
  type: CommandType,
  handling: Omit<Handling<CommandType>, 'payload'> & { readonly payload: unknown },
): Promise<Handled> {
  return (handlers[type] as Handler<CommandType>)(handling as Handling<CommandType>)
}

function isCommandType(type: string): type is CommandType {
  return Object.hasOwn(handlers, type)
}

function actorOf({ user }: SignedIn) {
  return { kind: 'user', id: user.id, name: user.displayName } as const
}

function refuse(error: Refusal): CommandAnswer {
  return { ok: false, error }
}

function rollback(error: Refusal): Rollback<CommandAnswer> {
  return new Rollback(refuse(error))
}

/** What is wrong and where, as JSON pointers into the command. */
function invalid(
  code: 'malformed' | 'invalid',
  message: string,
  error: z.ZodError,
  base = '',
): Refusal {
  const issues = error.issues.slice(0, 20).map((issue) => ({
    pointer: base + jsonPointer(issue.path),
    message: issue.message,
  }))
  return refusal(code, message, { issues })
}

/** SHA-256 over the command with its keys in order, so that the order they were sent in is no matter. */
function hashCommand({ type, aggregateId, expectedVersion, payload }: CommandEnvelope): Buffer {
  // A password never leaves more than its argon2id hash behind, not even as part of a digest.
  const { password: _password, ...told } = payload
  const text = canonicalJson({ type, aggregateId, expectedVersion, payload: told })
  return createHash('sha256').update(text, 'utf8').digest()
}
