import { useState } from 'react'
import { useDesk } from '../../desk-hooks'

/** Runs one thing at a time and tells whether it is under way; what throws is reported. */
export function useRequest() {
  const { report } = useDesk()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  return {
    isBusy,
    /** The reference of what threw the last time, to be shown: nobody presses a button in vain. */
    failure,
    run: (work: () => Promise<void>) => {
      if (isBusy) return
      setBusy(true)
      setFailure(null)
      work()
        .catch((error: unknown) => setFailure(report(error)))
        .finally(() => setBusy(false))
    },
  }
}
