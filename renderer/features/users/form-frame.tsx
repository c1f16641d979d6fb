import { WifiOff } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useConsole } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Banner } from '../../ui/banner'
import { detailId } from '../../ui/list-focus'
import type { Send } from '../../state/sends'
import css from './form-frame.module.css'
import { UnknownBanner } from './unknown-banner'
import { useErrorFocus } from '../../ui/use-error-focus'
import { USERS } from './users'

/** A form that scrolls, with what can be done about it always at its foot. */
export function FormFrame({
  screen = USERS,
  label,
  offline,
  head,
  failures,
  problem,
  sent,
  bar,
  aside,
  children,
}: {
  /** Whose detail it is. */
  readonly screen?: string
  readonly label: string
  /** Said while there is no contact. */
  readonly offline: string
  readonly head: ReactNode
  /** How often it has come back with something wrong. */
  readonly failures: number
  /** What went wrong with the whole of it. */
  readonly problem: ReactNode
  /** What was sent from it and has not settled. */
  readonly sent: Send | undefined
  readonly bar: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}) {
  const isReachable = useConsole(canReachGateway)
  const form = useRef<HTMLDivElement>(null)
  useErrorFocus(form, failures)
  return (
    <div className={css.frame}>
      <div
        id={detailId(screen)}
        className={css.scroller}
        data-scroller=""
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <div className={css.columns}>
          <div className={css.main} ref={form} tabIndex={-1}>
            {head}
            {!isReachable && (
              <Banner meaning="warning" icon={WifiOff}>
                {offline}
              </Banner>
            )}
            {problem}
            <UnknownBanner send={sent} />
            {children}
          </div>
          {aside && <div className={css.aside}>{aside}</div>}
        </div>
      </div>
      {bar && (
        <footer className={css.bar} data-foot="">
          {bar}
        </footer>
      )}
    </div>
  )
}
