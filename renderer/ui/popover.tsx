import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger, Popover as AriaPopover } from 'react-aria-components'
import css from './popover.module.css'

/** Something more to read beside the control that is the first child. */
export function Popover({
  label,
  trigger,
  children,
}: {
  readonly label: string
  readonly trigger: ReactElement
  readonly children: ReactNode
}) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={css.popover ?? ''} offset={4}>
        <Dialog aria-label={label} className={css.content ?? ''} data-selectable="">
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
