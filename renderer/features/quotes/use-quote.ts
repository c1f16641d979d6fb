import { useEffect, useState } from 'react'
import type { Refusal } from '../../../contract/errors'
import type { Quote } from '../../../contract/quotes'
import { useConsole, useDesk, useEntity, useReplica } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'

/** A quote whole, from the replica or else from the gateway. */
export type QuoteAnswer =
  | { readonly kind: 'loading' }
  /** `fetchedAt` is set where it came by a query and does not follow what happens. */
  | { readonly kind: 'known'; readonly quote: Quote; readonly fetchedAt: string | null }
  /** Not here, and the gateway cannot be asked. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: Refusal; readonly again: () => void }

type Fetched =
  | { readonly kind: 'known'; readonly quote: Quote; readonly fetchedAt: string }
  | { readonly kind: 'failed'; readonly error: Refusal }

/** Follows one quote. The caller is made anew for another id. */
export function useQuote(id: string): QuoteAnswer {
  const desk = useDesk()
  const here = useEntity('quote', id)
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  const isReachable = useConsole(canReachGateway)
  const [fetched, setFetched] = useState<Fetched | null>(null)
  const isWanted = here === undefined && isLoaded && isReachable && fetched === null

  useEffect(() => {
    if (!isWanted) return undefined
    let isCurrent = true
    void ask(desk, 'quote.get', { id }).then((answer) => {
      if (!isCurrent) return
      setFetched(
        answer.ok
          ? {
              kind: 'known',
              quote: answer.value.value,
              fetchedAt: new Date(desk.clock.now()).toISOString(),
            }
          : { kind: 'failed', error: answer.error },
      )
    })
    return () => {
      isCurrent = false
    }
  }, [desk, id, isWanted])

  if (here) return { kind: 'known', quote: here, fetchedAt: null }
  if (fetched?.kind === 'known') return fetched
  if (fetched?.kind === 'failed') {
    if (fetched.error.code === 'not_found') return { kind: 'gone' }
    return { ...fetched, again: () => setFetched(null) }
  }
  return isLoaded && !isReachable ? { kind: 'offline' } : { kind: 'loading' }
}
