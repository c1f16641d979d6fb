import { useEffect, useState } from 'react'

/** Whether something has been so for a while: true only after `milliseconds` on end. */
export function useLasting(isSo: boolean, milliseconds: number): boolean {
  const [hasLasted, setLasted] = useState(false)
  useEffect(() => {
    if (!isSo) {
      setLasted(false)
      return undefined
    }
    const timer = setTimeout(() => setLasted(true), milliseconds)
    return () => clearTimeout(timer)
  }, [isSo, milliseconds])
  return isSo && hasLasted
}
