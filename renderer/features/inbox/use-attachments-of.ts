import { useEffect, useState } from 'react'
import type { Attachment } from '../../../contract/entities'
import { useConsole, useDesk, useReplica } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'

const none: readonly Attachment[] = []

/**
 * What is attached to a requisition that something else was made of: as it is here, else as the gateway
 * has it; nothing while neither can be had.
 */
export function useAttachmentsOf(requisitionId: string | null): readonly Attachment[] {
  const desk = useDesk()
  const isHere = useReplica(
    ({ replica }) => requisitionId !== null && replica.requisitions.has(requisitionId),
  )
  const here = useReplica(({ replica }) =>
    requisitionId === null ? undefined : replica.requisition(requisitionId)?.attachments,
  )
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  const isReachable = useConsole(canReachGateway)
  const [fetched, setFetched] = useState<{
    readonly id: string
    readonly attachments: readonly Attachment[]
  } | null>(null)

  useEffect(() => {
    if (requisitionId === null || !isLoaded) return undefined
    if (isHere) {
      void desk.readWholes([requisitionId]).then(() => desk.replica.touch())
      return undefined
    }
    if (!isReachable) return undefined
    let isCurrent = true
    void ask(desk, 'requisition.get', { id: requisitionId }).then((answer) => {
      if (!isCurrent || !answer.ok) return
      setFetched({ id: requisitionId, attachments: answer.value.value.attachments ?? none })
    })
    return () => {
      isCurrent = false
    }
  }, [desk, requisitionId, isHere, isLoaded, isReachable])

  if (isHere) return here ?? none
  return fetched?.id === requisitionId ? fetched.attachments : none
}
