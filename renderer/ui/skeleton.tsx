import { useEffect, useState } from 'react'
import css from './skeleton.module.css'

/** Before this nothing is drawn: what comes quickly should not flicker. */
const DELAY_MILLISECONDS = 150

/** Stands for rows that are on their way. */
export function Skeleton({
  label,
  rows = 8,
  height = 60,
}: {
  readonly label: string
  readonly rows?: number
  /** Of a row, in pixels. */
  readonly height?: number
}) {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-label={label} aria-busy="true">
      {isShown &&
        Array.from({ length: rows }, (_, at) => (
          <div key={at} className={css.row} style={{ height }}>
            <span className={css.long} />
            <span className={css.short} />
          </div>
        ))}
    </div>
  )
}
