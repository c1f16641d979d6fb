import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandType } from '../../contract/commands'
import type { OutboxEntry } from '../../contract/console'
import type { EntityKind } from '../../contract/entities'
import type { Refusal } from '../../contract/errors'

/** How far something a person did here has come. What has settled is not kept. */
export type SendPhase =
  | { readonly kind: 'sending' }
  /** Accepted; the change itself has not come back yet. */
  | { readonly kind: 'settling'; readonly version: number }
  | { readonly kind: 'queued' }
  | { readonly kind: 'refused'; readonly error: Refusal }
  /** Could not be sent and must not wait: nothing has happened. */
  | { readonly kind: 'offline' }
  /** Sent, and no clear answer: it may have happened. The gateway is being asked. */
  | { readonly kind: 'asking'; readonly error: Refusal | null }
  /** Asked about for a while in vain. `error` is what the gateway last said instead of an answer. */
  | { readonly kind: 'unknown'; readonly error: Refusal | null }

export interface Send {
  readonly id: string
  readonly type: CommandType
  readonly aggregateId: string
  readonly expectedVersion: number | null
  readonly phase: SendPhase
}

export interface SendsState {
  readonly byId: ReadonlyMap<string, Send>
}
export type SendsStore = StoreApi<SendsState>

export function createSendsStore(): SendsStore {
  return createStore<SendsState>(() => ({ byId: new Map() }))
}

/** Puts a send in place, or takes it away. */
export function putSend(store: SendsStore, id: string, send: Send | null): void {
  store.setState(({ byId }) => {
    const next = new Map(byId)
    if (send) next.set(id, send)
    else next.delete(id)
    return { byId: next }
  })
}

/** Takes all away: they were another person's. */
export function clearSends(store: SendsStore): void {
  store.setState({ byId: new Map() })
}

/**
 * Which kind of entity a command is about, to know when its change has come; null where the feed carries
 * none, so that nothing comes.
 */
export function kindOf(type: CommandType): EntityKind | null {
  if (type.startsWith('policy.')) return null
  if (type.startsWith('delegation.')) return 'delegation'
  if (type.startsWith('customer_group.')) return 'customer_group'
  if (type.startsWith('quote.')) return 'quote'
  if (type.startsWith('order.')) return 'order'
  return type.startsWith('user.') ? 'user' : 'requisition'
}

const silent: ReadonlySet<CommandType> = new Set<CommandType>([
  'requisition.mark_read',
  'requisition.attach',
  'requisition.detach',
])

/**
 * Read marks go by themselves: nobody waits for them or wants to hear of them. Of attachments it is told
 * where they are shown; nobody decides anything by them, and a decision does not wait for them.
 */
export function isSilent(type: CommandType): boolean {
  return silent.has(type)
}

/**
 * Everything not settled about one aggregate, newest last: what was sent from this window, and what
 * waits in the outbox (also from before the last restart).
 */
export function pendingOf(
  sends: ReadonlyMap<string, Send>,
  outbox: readonly OutboxEntry[],
  aggregateId: string,
): readonly Send[] {
  const pending: Send[] = []
  for (const entry of outbox) {
    if (entry.aggregateId !== aggregateId || isSilent(entry.type)) continue
    if (sends.get(entry.id)?.phase.kind === 'sending') continue
    pending.push(fromOutbox(entry))
  }
  const waiting = new Set(pending.map(({ id }) => id))
  for (const send of sends.values()) {
    if (send.aggregateId === aggregateId && !waiting.has(send.id) && !isSilent(send.type)) {
      pending.push(send)
    }
  }
  return pending
}

function fromOutbox({ id, type, aggregateId, expectedVersion, state, refusal }: OutboxEntry): Send {
  const phase: SendPhase =
    state === 'refused' && refusal
      ? { kind: 'refused', error: refusal }
      : { kind: state === 'sending' ? 'sending' : 'queued' }
  return { id, type, aggregateId, expectedVersion, phase }
}

/** Whether it is still on its way, so that the same must not be done once more. */
export function isUnderway({ phase }: Send): boolean {
  return (
    phase.kind === 'sending' ||
    phase.kind === 'settling' ||
    phase.kind === 'queued' ||
    phase.kind === 'asking'
  )
}
