import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
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
  children,
}: {
  readonly label: string
  readonly groups: readonly (readonly MenuEntry[])[]
  /** Stands above the entries, not to be chosen. */
  readonly header?: ReactNode
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
  readonly children: ReactElement
}) {
  const filled = groups.filter((group) => group.length > 0)
  return (
    <MenuTrigger>
      {children}
      <Popover className={css.popover ?? ''} placement={placement} offset={4}>
        {header && <div className={css.header}>{header}</div>}
        <AriaMenu aria-label={label} className={css.menu ?? ''}>
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
      </Popover>
    </MenuTrigger>
  )
}
