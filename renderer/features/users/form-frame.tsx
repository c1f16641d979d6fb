import { WifiOff } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useConsole, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Banner } from '../../ui/banner'
import { detailId } from '../../ui/list-focus'
import type { Send } from '../../state/sends'
import css from './form-frame.module.css'
import { ProblemBanner } from './problem-banner'
import { UnknownBanner } from './unknown-banner'
import { useErrorFocus } from './use-error-focus'
import { USERS } from './users'
import type { Problem } from './users'

/** A form that scrolls, with what can be done about it always at its foot. */
export function FormFrame({
  label,
  head,
  failures,
  problem,
  sent,
  bar,
  aside,
  children,
}: {
  readonly label: string
  readonly head: ReactNode
  /** How often it has come back with something wrong. */
  readonly failures: number
  /** What went wrong with the whole of it. */
  readonly problem: Problem | null
  /** What was sent from it and has not settled. */
  readonly sent: Send | undefined
  readonly bar: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const form = useRef<HTMLDivElement>(null)
  useErrorFocus(form, failures)
  return (
    <div className={css.frame}>
      <div
        id={detailId(USERS)}
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
                {t('users.offline')}
              </Banner>
            )}
            <ProblemBanner problem={problem} />
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
