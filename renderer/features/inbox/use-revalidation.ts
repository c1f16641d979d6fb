import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import { awaitsDecision } from '../../../domain/requisition/states'
import { useConsole, useDesk, useReplica } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'
import { revalidationOf } from '../../state/revalidation'

/** Who goes through the list by keys asks for what they stop at, in milliseconds. */
const PAUSE = 80

/**
 * Asks the gateway how the open requisition stands now: when it is opened, when it or the customer has
 * changed, when contact is back, and when an approval was refused because something had changed.
 */
export function useRevalidation({ id, state, companyId }: Requisition): void {
  const desk = useDesk()
  const store = revalidationOf(desk)
  const isReachable = useConsole(canReachGateway)
  const version = useReplica(({ replica }) => replica.versionOf('requisition', id))
  const companyVersion = useReplica(({ replica }) => replica.versionOf('company', companyId))
  const asked = useStore(store, (known) => known.asked)
  const isWanted = isReachable && awaitsDecision(state)
  useEffect(() => {
    if (store.getState().id !== id) store.setState({ id, answer: null, error: null })
    if (!isWanted) return undefined
    let isMeant = true
    const timer = setTimeout(() => {
      void ask(desk, 'requisition.revalidate', { id }).then((outcome) => {
        if (!isMeant || store.getState().id !== id) return
        store.setState(
          outcome.ok ? { answer: outcome.value, error: null } : { error: outcome.error },
        )
      })
    }, PAUSE)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [desk, store, id, version, companyVersion, asked, isWanted])
}
