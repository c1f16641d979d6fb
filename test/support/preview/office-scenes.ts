import type { CommandEnvelope } from '../../../contract/commands'
import type { SendResult, SessionState } from '../../../contract/console'
import type { User } from '../../../contract/entities'
import { refusal } from '../../../contract/errors'
import type { Change } from '../../../contract/feed'
import type { FakeBridge } from '../../fakes/bridge'
import { change, uuid } from '../../fakes/desk/entities'
import { officeSet, people } from '../../fakes/desk/office'

/** What the preview shows on the screens beside the inbox. */
export interface OfficeScene {
  readonly session: SessionState
  readonly changes: readonly Change[]
  readonly isOffline?: boolean
  readonly hasOutbox?: boolean
  readonly isRecovered?: boolean
  readonly answerCommand?: (command: CommandEnvelope, bridge: FakeBridge) => SendResult
}

function as(user: User): SessionState {
  return { kind: 'signed_in', gateway: 'http://127.0.0.1:4100', demo: true, user, remembered: true }
}

const refuse =
  (code: Parameters<typeof refusal>[0], details = {}) =>
  (): SendResult => ({
    kind: 'refused',
    error: refusal(code, code, details),
  })

/** Somebody else gets in between: the change comes first, then the refusal. */
function conflict({ aggregateId }: CommandEnvelope, bridge: FakeBridge): SendResult {
  const erik = { ...people.erik, team: 'Väst', approvalLimit: 7_500_000 }
  bridge.tell('replica.changes', [change('user', aggregateId, erik, 3)])
  return { kind: 'refused', error: refusal('stale_version', 'stale', { currentVersion: 3 }) }
}

function accept({ aggregateId, payload, type }: CommandEnvelope, bridge: FakeBridge): SendResult {
  if (type === 'user.create') {
    const { password: _, ...rest } = payload
    const value = { ...people.johan, ...(rest as Partial<User>), id: uuid(40, 9) }
    bridge.tell('replica.changes', [change('user', value.id, value, 1)])
    return { kind: 'accepted', result: { userId: value.id }, version: 1 }
  }
  bridge.tell('replica.changes', [
    change('user', aggregateId, { ...people.erik, ...(payload as Partial<User>) }, 3),
  ])
  return { kind: 'accepted', result: {}, version: 3 }
}

const changes = officeSet()

export const officeScenes: Readonly<Record<string, OfficeScene>> = {
  office: { session: as(people.karin), changes },
  office_offline: { session: as(people.karin), changes, isOffline: true },
  office_empty: {
    session: as(people.karin),
    changes: changes.filter(({ kind }) => kind !== 'order' && kind !== 'company'),
  },
  office_outbox: { session: as(people.sara), changes, hasOutbox: true, isRecovered: true },
  office_agent: { session: as(people.johan), changes },
  office_admin: { session: as(people.mona), changes, answerCommand: accept },
  office_admin_offline: { session: as(people.mona), changes, isOffline: true },
  office_admin_taken: {
    session: as(people.mona),
    changes,
    answerCommand: refuse('username_taken'),
  },
  office_admin_last: { session: as(people.mona), changes, answerCommand: refuse('last_admin') },
  office_admin_conflict: { session: as(people.mona), changes, answerCommand: conflict },
}
