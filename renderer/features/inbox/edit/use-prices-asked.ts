import { useEffect } from 'react'
import type { Requisition } from '../../../../contract/entities'
import { useConsole, useDesk } from '../../../desk-hooks'
import { ask } from '../../../services/queries'
import { canReachGateway } from '../../../state/console'
import { learnPrice, priceKey } from '../../../state/edits'
import type { EditedRequisition } from './edited'

/** Someone who is still typing is not answered at every key, in milliseconds. */
const PAUSE = 200

/**
 * Asks for the customer's price of what nobody was shown one for: a line that was added, or another
 * quantity of one. One after the other; what has come is kept with the changes.
 */
export function usePricesAsked({ id, companyId }: Requisition, { lines }: EditedRequisition): void {
  const desk = useDesk()
  const isReachable = useConsole(canReachGateway)
  const next = lines.find(({ unasked }) => unasked !== null)?.unasked ?? null
  const articleId = next?.articleId
  const quantity = next?.quantity
  useEffect(() => {
    if (articleId === undefined || quantity === undefined || !isReachable) return undefined
    let isWanted = true
    const timer = setTimeout(() => {
      void ask(desk, 'price.resolve', { companyId, articleId, quantity }).then((answer) => {
        if (!isWanted || !answer.ok) return
        const key = priceKey(articleId, quantity)
        desk.edits.change(id, learnPrice(key, answer.value.resolution))
      })
    }, PAUSE)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [desk, id, companyId, articleId, quantity, isReachable])
}
