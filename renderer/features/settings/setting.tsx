import type { ReactNode } from 'react'
import css from './setting.module.css'

/** A setting on a line: its name, and the control or the value. */
export function Setting({
  name,
  children,
}: {
  readonly name: string
  readonly children: ReactNode
}) {
  return (
    <div className={css.setting}>
      <span className={css.name}>{name}</span>
      <div className={css.control}>{children}</div>
    </div>
  )
}

/** Settings under each other, divided by hairlines. */
export function SettingGroup({ children }: { readonly children: ReactNode }) {
  return <div className={css.group}>{children}</div>
}
