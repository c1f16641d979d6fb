import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement, ReactNode, RefObject } from 'react'
import {
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components'
import { KeyHint } from './key-hint'
import css from './menu.module.css'

export interface MenuEntry {
  readonly id: string
  readonly title: string
  readonly icon?: LucideIcon | undefined
  readonly keys?: string | undefined
  /** Why it cannot be chosen now; stands below the title. */
  readonly disabled?: string | undefined
  readonly run: () => void
}

/** A menu under the control that is its child. Groups are divided by a hairline. */
export function Menu({
  label,
  groups,
  header,
  placement = 'bottom start',
  isOpen,
  onOpenChange,
  children,
}: {
  readonly label: string
  readonly groups: readonly (readonly MenuEntry[])[]
  /** Stands above the entries, not to be chosen. */
  readonly header?: ReactNode
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
  /** Where a key opens it as well as the control. */
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
  readonly children: ReactElement
}) {
  const filled = groups.filter((group) => group.length > 0)
  const menu = useRef<HTMLDivElement>(null)
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      {children}
      <Popover className={css.popover ?? ''} placement={placement} offset={4}>
        {header && <div className={css.header}>{header}</div>}
        <AriaMenu aria-label={label} className={css.menu ?? ''} ref={menu}>
          {filled.map((group, at) => [
            at > 0 && <Separator key={`line ${at}`} className={css.separator ?? ''} />,
            <MenuSection key={`group ${at}`}>
              {group.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.title}
                  isDisabled={entry.disabled !== undefined}
                  onAction={entry.run}
                  className={css.item ?? ''}
                >
                  {entry.icon && <entry.icon size={16} aria-hidden="true" />}
                  <span className={css.words}>
                    {entry.title}
                    {entry.disabled && <span className={css.why}>{entry.disabled}</span>}
                  </span>
                  {entry.keys && <KeyHint keys={entry.keys} />}
                </MenuItem>
              ))}
            </MenuSection>,
          ])}
        </AriaMenu>
        {isOpen && <FirstFocus menu={menu} />}
      </Popover>
    </MenuTrigger>
  )
}

/** The kit goes to the first entry for its own keys, and knows nothing of the window's. */
function FirstFocus({ menu }: { readonly menu: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [menu])
  return null
}
