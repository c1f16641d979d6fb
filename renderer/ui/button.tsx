import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { classes } from './class-names'
import css from './button.module.css'
import { KeyHint } from './key-hint'
import { Tooltip } from './tooltip'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress?: (() => void) | undefined
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly icon?: LucideIcon | undefined
  /** The shortcut, shown as a cap on the button. */
  readonly keys?: string | undefined
  readonly isDisabled?: boolean | undefined
  readonly type?: 'button' | 'submit'
  readonly autoFocus?: boolean
  readonly className?: string | undefined
}

/** A button with words. One primary in a view. */
export function Button({
  children,
  onPress,
  variant = 'secondary',
  icon: Icon,
  keys,
  isDisabled = false,
  type = 'button',
  autoFocus = false,
  className,
}: ButtonProps) {
  return (
    <AriaButton
      className={classes(css.button, css[variant], className)}
      isDisabled={isDisabled}
      type={type}
      autoFocus={autoFocus}
      {...(onPress ? { onPress } : {})}
    >
      {Icon && <Icon size={16} aria-hidden="true" />}
      <span>{children}</span>
      {keys && <KeyHint keys={keys} plain={variant === 'primary' || variant === 'danger'} />}
    </AriaButton>
  )
}

/** A button with an icon only; its name stands in the tooltip. */
export function IconButton({
  label,
  icon: Icon,
  keys,
  onPress,
  isDisabled = false,
  isBusy = false,
  isOutlined = false,
  className,
}: {
  readonly label: string
  readonly icon: LucideIcon
  readonly keys?: string | undefined
  readonly onPress?: (() => void) | undefined
  readonly isDisabled?: boolean
  /** Does nothing until what it has begun is done, and keeps the focus. */
  readonly isBusy?: boolean
  /** Beside buttons with words, as high as they are. */
  readonly isOutlined?: boolean
  readonly className?: string | undefined
}) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        aria-label={label}
        className={classes(css.iconButton, isOutlined && css.outlined, className)}
        isDisabled={isDisabled}
        isPending={isBusy}
        {...(onPress ? { onPress } : {})}
      >
        <Icon size={16} aria-hidden="true" />
      </AriaButton>
    </Tooltip>
  )
}

/** A button that reads as a link in running text or at the edge of a banner. */
export function TextButton({
  children,
  onPress,
  className,
}: {
  readonly children: ReactNode
  readonly onPress?: (() => void) | undefined
  readonly className?: string | undefined
}) {
  return (
    <AriaButton className={classes(css.textButton, className)} {...(onPress ? { onPress } : {})}>
      {children}
    </AriaButton>
  )
}
