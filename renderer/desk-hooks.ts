import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { EntityKind, Requisition, User } from '../contract/entities'
import type { Company } from '../domain/company'
import type { MinorUnits } from '../domain/units'
import type { Desk } from './desk'
import { MINUTE } from './state/clock'
import type { HeldOf } from './state/held'
import type { ConsoleState } from './state/console'
import { signedInUser } from './state/console'
import type { NavigationState } from './state/navigation'
import { pendingOf } from './state/sends'
import type { Send } from './state/sends'
import { textsOf } from './texts'
import type { Texts } from '../language/texts'

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('There is no desk around this view')
  return desk
}

/** Follows what main knows: session, connection, settings, outbox. */
export function useConsole<T>(select: (state: ConsoleState) => T): T {
  return useStore(useDesk().console, select)
}

/**
 * Follows something in the working set. `select` runs after every batch and must give the same
 * object back as long as nothing it shows has changed.
 */
export function useReplica<T>(select: (desk: Desk) => T): T {
  const desk = useDesk()
  return useStore(desk.replica.store, () => select(desk))
}

export function useEntity<K extends EntityKind>(
  kind: K,
  id: string | null | undefined,
): HeldOf<K> | undefined {
  return useReplica(({ replica }) => (id == null ? undefined : replica.get(kind, id)))
}

/** The whole of a requisition, which comes from this computer's disk when it is opened. */
export function useRequisition(id: string | null | undefined): Requisition | undefined {
  return useReplica(({ replica }) => (id == null ? undefined : replica.requisition(id)))
}

/** What a company owes now, its orders that the ERP has not been given included; 0 for none. */
export function useExposure(company: Company | undefined): MinorUnits {
  return useReplica(({ exposure }) => (company ? exposure.of(company) : 0))
}

export function useNavigation<T>(select: (state: NavigationState) => T): T {
  return useStore(useDesk().navigation.store, select)
}

export function useUser() {
  return useConsole(signedInUser)
}

/**
 * The signed-in user as the feed last told: what an admin changes of them is known at once, not only
 * after the next connection.
 */
export function useOwnUser(): User | null {
  const user = useUser()
  return useEntity('user', user?.id) ?? user
}

/** Words and formats in the language and the seller's time zone of the moment. */
export function useTexts(): Texts {
  const desk = useDesk()
  // Both stores are followed; what is made of them is remembered by language and zone.
  useStore(desk.replica.store, () => timeZone(desk))
  return useStore(desk.console, () => textsOf(desk))
}

function timeZone({ replica }: Desk): string {
  for (const seller of replica.all('seller').values()) return seller.timeZone
  return ''
}

/** The moment, drawn anew every `step` milliseconds: a minute unless told. */
export function useNow(step: number = MINUTE): string {
  const { clock } = useDesk()
  const subscribe = useCallback(
    (listener: () => void) => clock.subscribe(step, listener),
    [clock, step],
  )
  const start = useSyncExternalStore(subscribe, () => clock.step(step))
  // Not the start of the step: what happened within it would lie in the future.
  return new Date(Math.max(start, step > 1_000 ? clock.now() : start)).toISOString()
}

/** What a person did to one aggregate and has not settled. */
export function usePending(aggregateId: string): readonly Send[] {
  const desk = useDesk()
  const outbox = useStore(desk.console, (state) => state.outbox)
  // Where many are sent at once, a row is drawn anew only for what is about itself.
  const own = useStore(
    desk.sends,
    useShallow(({ byId }) => [...byId.values()].filter((send) => send.aggregateId === aggregateId)),
  )
  return pendingOf(new Map(own.map((send) => [send.id, send])), outbox, aggregateId)
}
