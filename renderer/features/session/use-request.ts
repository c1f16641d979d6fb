import { useState } from 'react'
import { useDesk } from '../../desk-hooks'

/** Runs one thing at a time and tells whether it is under way; what throws is reported. */
export function useRequest() {
  const { report } = useDesk()
  const [isBusy, setBusy] = useState(false)
  return {
    isBusy,
    run: (work: () => Promise<void>) => {
      if (isBusy) return
      setBusy(true)
      work()
        .catch(report)
        .finally(() => setBusy(false))
    },
  }
}
