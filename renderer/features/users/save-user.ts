import type { CommandPayload, CommandType } from '../../../contract/commands'
import type { SendResult } from '../../../contract/console'
import type { User } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import type { Desk } from '../../desk'
import { pendingOf } from '../../state/sends'
import type { Send } from '../../state/sends'
import { untilVersion } from '../../state/until-version'
import { merge } from './merge'
import { judgePassword, readNewUser, readUser, valuesOf } from './user-form'
import type { UserField } from './user-form'
import { NEW, USERS, usersOf } from './users'
import type { Attempt, Problem } from './users'

/** The seller's currency, which limits are written in. */
export function currencyOf({ replica }: Desk): string {
  for (const seller of replica.all('seller').values()) return seller.currency
  return 'SEK'
}

/** Adds the user that is being written. What is wrong with it is shown at its fields. */
export async function addUser(desk: Desk): Promise<void> {
  const users = usersOf(desk)
  users.writeNew({})
  const draft = users.store.getState().newDraft
  if (!draft || draft.isBusy) return
  const read = readNewUser(draft.values, currencyOf(desk))
  if (!read.ok) return users.putNew(failed(draft, null))
  users.putNew({ ...draft, isTried: true, isBusy: true, problem: null })
  const result = await send(desk, 'user.create', draft.aggregateId, null, read.payload)
  const now = users.store.getState().newDraft
  if (now?.aggregateId !== draft.aggregateId) return
  if (result.kind !== 'accepted') {
    const problem = problemOf(result, 'username')
    return users.putNew({
      ...failed(now, problem),
      // The same id again would follow the attempt that has ended.
      aggregateId: crypto.randomUUID(),
    })
  }
  users.putNew(null)
  tell(desk, 'user.created', read.payload.displayName)
  const { userId } = result.result
  if (typeof userId !== 'string') return
  users.handOver({ userId, password: draft.values.password })
  if (desk.navigation.store.getState().selected[USERS] === NEW)
    desk.navigation.select(USERS, userId)
}

/** Saves what was written over a user. A conflict has to be settled first. */
export async function saveUser(desk: Desk, user: User): Promise<void> {
  const users = usersOf(desk)
  const draft = users.store.getState().drafts.get(user.id)
  if (!draft || draft.isBusy) return
  const currency = currencyOf(desk)
  const merged = merge(draft.base, draft.values, valuesOf(user, currency))
  if (merged.conflicts.length > 0) return
  const read = readUser(merged.values, currency)
  if (!read.ok) return users.putDraft(user.id, failed(draft, null))
  users.putDraft(user.id, { ...draft, isTried: true, isBusy: true, problem: null })
  const version = desk.replica.versionOf('user', user.id)
  const result = await send(desk, 'user.update', user.id, version, read.payload)
  if (result.kind === 'accepted') {
    // The fields show what was written until the change itself has come back.
    await untilVersion(desk.replica, 'user', user.id, result.version)
    users.putDraft(user.id, null)
    tell(desk, 'user.saved', read.payload.displayName)
    return
  }
  const now = users.store.getState().drafts.get(user.id)
  if (now) {
    users.putDraft(user.id, failed(now, problemOf(result, 'roles')))
  }
}

/** Gives a user another password, which ends every session of theirs. */
export async function setPassword(desk: Desk, user: User): Promise<void> {
  const users = usersOf(desk)
  const draft = users.store.getState().passwords.get(user.id)
  if (!draft || draft.isBusy) return
  if (judgePassword(draft.password)) {
    return users.putPassword(user.id, failed(draft, null))
  }
  users.putPassword(user.id, { ...draft, isTried: true, isBusy: true, problem: null })
  const version = desk.replica.versionOf('user', user.id)
  const { password } = draft
  const result = await send(desk, 'user.set_password', user.id, version, { password })
  if (result.kind === 'accepted') {
    users.putPassword(user.id, null)
    users.handOver({ userId: user.id, password })
    tell(desk, 'user.passwordSet', user.displayName)
    return
  }
  const now = users.store.getState().passwords.get(user.id)
  if (now) {
    users.putPassword(user.id, failed(now, problemOf(result, 'password')))
  }
}

/** Lets a user in, or shuts them out at once. How it went is followed by the command itself. */
export async function setStatus(desk: Desk, user: User, status: User['status']): Promise<void> {
  const type = status === 'active' ? 'user.enable' : 'user.disable'
  const version = desk.replica.versionOf('user', user.id)
  const result = await send(desk, type, user.id, version, {})
  if (result.kind !== 'accepted') return
  tell(desk, status === 'active' ? 'user.enabled' : 'user.disabled', user.displayName)
}

/** What was sent about a user from a form, while nobody knows what became of it. */
export function unknownSend(desk: Desk, aggregateId: string): Send | undefined {
  return pendingOf(desk.sends.getState().byId, [], aggregateId).find(
    ({ type, phase }) =>
      phase.kind === 'unknown' && (type === 'user.create' || type === 'user.update'),
  )
}

function send<T extends CommandType>(
  desk: Desk,
  type: T,
  aggregateId: string,
  expectedVersion: number | null,
  payload: CommandPayload<T>,
): Promise<SendResult> {
  return desk.commands.send({ type, aggregateId, expectedVersion, payload })
}

/** An attempt that has come back; null where what is wrong stands at the fields. */
function failed<A extends Attempt>(attempt: A, problem: Problem | null): A {
  return { ...attempt, isTried: true, isBusy: false, failures: attempt.failures + 1, problem }
}

type ToldKey = 'user.created' | 'user.saved' | 'user.passwordSet' | 'user.enabled' | 'user.disabled'

function tell(desk: Desk, key: ToldKey, name: string): void {
  desk.toasts.tell({ meaning: 'good', text: ({ t }) => t(key, { name }), action: null })
}

/** Where in the form a result belongs. @param own the field that the codes of this command are about */
function problemOf(
  result: Exclude<SendResult, { kind: 'accepted' }>,
  own: 'username' | 'roles' | 'password',
): Problem | null {
  switch (result.kind) {
    case 'refused':
      return { kind: 'refused', error: result.error, field: fieldOf(result.error, own) }
    case 'offline':
      return { kind: 'offline' }
    // Commands on users never wait, and nobody hears the answer once the session has ended.
    case 'queued':
    case 'unanswered':
      return null
  }
}

/** The same of a send that is followed by itself and has come to its end. */
export function problemOfSend({ phase }: Send): Problem | null {
  switch (phase.kind) {
    case 'refused':
      return { kind: 'refused', error: phase.error, field: null }
    case 'offline':
      return { kind: 'offline' }
    case 'asking':
    case 'unknown':
    case 'sending':
    case 'settling':
    case 'queued':
      return null
  }
}

const FIELDS: readonly UserField[] = [
  'username',
  'displayName',
  'roles',
  'team',
  'approvalLimit',
  'discountLimit',
  'marginFloor',
  'password',
]

function fieldOf({ code, details }: Refusal, own: UserField): UserField | null {
  switch (code) {
    case 'username_taken':
    case 'already_exists':
      return own === 'username' ? 'username' : null
    case 'password_too_short':
    case 'password_too_common':
      return 'password'
    case 'last_admin':
    case 'last_approver':
      return own === 'roles' ? 'roles' : null
    case 'invalid': {
      const [first] = Array.isArray(details['issues']) ? (details['issues'] as unknown[]) : []
      const pointer = (first as { readonly pointer?: unknown } | undefined)?.pointer
      const name = typeof pointer === 'string' ? pointer.split('/')[2] : undefined
      return FIELDS.find((field) => field === name) ?? null
    }
    default:
      return null
  }
}
