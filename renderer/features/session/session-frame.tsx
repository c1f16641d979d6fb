import type { ReactNode } from 'react'
import { useTexts } from '../../desk-hooks'
import { WindowNotices } from '../shell/window-notices'
import css from './session-frame.module.css'

/** The window before anyone is signed in: one column, calm. */
export function SessionFrame({
  title,
  detail,
  children,
}: {
  readonly title: string
  readonly detail?: string | undefined
  readonly children?: ReactNode
}) {
  const { t } = useTexts()
  return (
    <div className={css.window}>
      <header className={css.bar}>{t('shell.product')}</header>
      <WindowNotices />
      <main className={css.scroller}>
        <div className={css.column}>
          <h1 className={css.title}>{title}</h1>
          {detail && <p className={css.detail}>{detail}</p>}
          {children}
        </div>
      </main>
    </div>
  )
}
