import {
  commandAnswerSchema,
  commandSchemas,
  type CommandEnvelope,
  type CommandType,
} from '../../contract/commands'
import { refusal, type Outcome } from '../../contract/errors'
import {
  queryAnswerSchema,
  querySchemas,
  type QueryAnswer,
  type QueryType,
} from '../../contract/queries'
import type { z } from '../../contract/zod'
import { parse } from '../connection/inbound'
import type { LineAnswer } from '../connection/line'
import type { Log } from '../log'
import type { ParsedCommand, SendOutcome } from '../outbox/outbox'

/** How long to wait for an answer before it is taken for lost, in ms. */
const commandWithin = 10_000
const queryWithin = 15_000

type Ask = (event: string, payload: unknown, within: number) => Promise<LineAnswer>

/** Judge a command by its type's schema before it goes anywhere. */
export function parseCommand(envelope: CommandEnvelope): Outcome<ParsedCommand> {
  const { type } = envelope
  if (!isCommandType(type)) {
    return {
      ok: false,
      error: refusal('unknown_command', `There is no command ${type}.`, { type }),
    }
  }
  const payload = parse<z.ZodType<Record<string, unknown>>>(commandSchemas[type], envelope.payload)
  if (payload.ok) return { ok: true, value: { ...envelope, type, payload: payload.value } }
  return { ok: false, error: refusal('invalid', `The command is not valid: ${payload.why}.`) }
}

/** Send a command once. An answer that cannot be understood is none. */
export async function sendCommand(
  ask: Ask,
  command: CommandEnvelope,
  log: Log,
): Promise<SendOutcome> {
  const sent = await ask('command', command, commandWithin)
  if (sent.kind !== 'answered') return sent
  const answer = parse(commandAnswerSchema, sent.value)
  if (answer.ok) return { kind: 'answered', answer: answer.value }
  log.error(`The answer to ${command.type} cannot be understood: ${answer.why}`)
  return { kind: 'unanswered' }
}

/** Ask the gateway for what the replica does not hold. */
export async function askQuery(
  ask: Ask,
  query: { readonly type: string; readonly params: Record<string, unknown> },
  log: Log,
): Promise<QueryAnswer> {
  const { type } = query
  if (!isQueryType(type)) {
    return { ok: false, error: refusal('unknown_query', `There is no query ${type}.`, { type }) }
  }
  const { params, result } = querySchemas[type]
  const parsed = parse<z.ZodType>(params, query.params)
  if (!parsed.ok) {
    return { ok: false, error: refusal('invalid', `The query is not valid: ${parsed.why}.`) }
  }
  const sent = await ask('query', { type, params: parsed.value }, queryWithin)
  if (sent.kind === 'offline') return unavailable('offline', 'The gateway cannot be reached now.')
  if (sent.kind === 'unanswered')
    return unavailable('timeout', 'The gateway did not answer in time.')
  const answer = parse(queryAnswerSchema, sent.value)
  if (answer.ok && !answer.value.ok) return answer.value
  const rows = answer.ok && answer.value.ok ? parse<z.ZodType>(result, answer.value.result) : answer
  if (rows.ok) return { ok: true, result: rows.value }
  log.error(`The answer to ${type} cannot be understood: ${rows.why}`)
  return unavailable('not_understood', 'The answer of the gateway cannot be understood.')
}

function isCommandType(type: string): type is CommandType {
  return Object.hasOwn(commandSchemas, type)
}

function isQueryType(type: string): type is QueryType {
  return Object.hasOwn(querySchemas, type)
}

function unavailable(reason: string, message: string): QueryAnswer {
  return { ok: false, error: refusal('unavailable', message, { reason }) }
}
