import { useConsole, useReplica } from '../../desk-hooks'

/** Whether an empty list means that nothing has come yet, rather than that there is nothing. */
export function useIsLoading(): boolean {
  const isReading = useReplica(({ replica }) => {
    const { phase, areWordsComing } = replica.store.getState()
    return phase !== 'loaded' || areWordsComing
  })
  const isFirstTime = useConsole(
    ({ connection }) =>
      (connection?.kind === 'connecting' || connection?.kind === 'catching_up') &&
      connection.lastInStep === null,
  )
  return isReading || isFirstTime
}
