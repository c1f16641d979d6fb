import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { KeyHint } from './key-hint'
import css from './tooltip.module.css'

/** Says what a control does and which key does the same. The control is its only child. */
export function Tooltip({
  text,
  keys,
  placement = 'bottom',
  children,
}: {
  readonly text: string
  readonly keys?: string | undefined
  readonly placement?: 'bottom' | 'right' | 'top'
  readonly children: ReactElement
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip className={css.tooltip ?? ''} offset={4} placement={placement}>
        <span>{text}</span>
        {keys && <KeyHint keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
