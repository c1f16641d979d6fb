import { useEffect, useState } from 'react'
import type { Order } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import { useConsole, useDesk, useEntity, useReplica } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'

/** An order whole, from the replica or else from the gateway. */
export type OrderAnswer =
  | { readonly kind: 'loading' }
  /** `fetchedAt` is set where it came by a query and does not follow what happens. */
  | { readonly kind: 'known'; readonly order: Order; readonly fetchedAt: string | null }
  /** Not here, and the gateway cannot be asked. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: Refusal; readonly again: () => void }

type Fetched =
  | { readonly kind: 'known'; readonly order: Order; readonly fetchedAt: string }
  | { readonly kind: 'failed'; readonly error: Refusal }

/** Follows one order. The caller is made anew for another id. */
export function useOrder(id: string): OrderAnswer {
  const desk = useDesk()
  const here = useEntity('order', id)
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  const isReachable = useConsole(canReachGateway)
  const [fetched, setFetched] = useState<Fetched | null>(null)
  const isWanted = here === undefined && isLoaded && isReachable && fetched === null

  useEffect(() => {
    if (!isWanted) return undefined
    let isCurrent = true
    void ask(desk, 'order.get', { id }).then((answer) => {
      if (!isCurrent) return
      setFetched(
        answer.ok
          ? {
              kind: 'known',
              order: answer.value.value,
              fetchedAt: new Date(desk.clock.now()).toISOString(),
            }
          : { kind: 'failed', error: answer.error },
      )
    })
    return () => {
      isCurrent = false
    }
  }, [desk, id, isWanted])

  if (here) return { kind: 'known', order: here, fetchedAt: null }
  if (fetched?.kind === 'known') return fetched
  if (fetched?.kind === 'failed') {
    if (fetched.error.code === 'not_found') return { kind: 'gone' }
    return { ...fetched, again: () => setFetched(null) }
  }
  return isLoaded && !isReachable ? { kind: 'offline' } : { kind: 'loading' }
}
