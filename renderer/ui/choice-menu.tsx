import { Check, ChevronDown } from 'lucide-react'
import { useId } from 'react'
import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components'
import css from './choice-menu.module.css'
import { classes } from './class-names'
import fieldCss from './field.module.css'
import menuCss from './menu.module.css'

export interface Choice {
  readonly id: string
  readonly name: string
  /** Beside the name, in a lighter tone. */
  readonly detail?: string | undefined
}

/** Any of a list, chosen in a menu that stays open; what is chosen stands on the button. */
export function ChoiceMenu({
  label,
  value,
  choices,
  onChange,
  words,
  placeholder,
  empty,
  error,
  isDisabled = false,
  className,
}: {
  readonly label: string
  readonly value: readonly string[]
  readonly choices: readonly Choice[]
  readonly onChange: (value: readonly string[]) => void
  /** What is chosen, in words. */
  readonly words: string
  /** On the button while nothing is chosen. */
  readonly placeholder: string
  /** Said in the menu where there is nothing to choose. */
  readonly empty: string
  readonly error?: string | null
  readonly isDisabled?: boolean
  readonly className?: string | undefined
}) {
  const errorId = useId()
  const isEmpty = value.length === 0
  return (
    <div className={classes(fieldCss.field, className)} {...(error ? { 'data-invalid': '' } : {})}>
      <MenuTrigger>
        <AriaButton
          aria-label={`${label}: ${isEmpty ? placeholder : words}`}
          {...(error ? { 'aria-describedby': errorId } : {})}
          isDisabled={isDisabled}
          className={classes(fieldCss.input, css.button, isEmpty && css.none)}
          data-choice=""
        >
          <span className={css.words}>{isEmpty ? placeholder : words}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </AriaButton>
        <Popover className={menuCss.popover ?? ''} placement="bottom start" offset={4}>
          <AriaMenu
            aria-label={label}
            className={menuCss.menu ?? ''}
            selectionMode="multiple"
            selectedKeys={value}
            onSelectionChange={(keys) => {
              // In the order in which they stand, whatever the order of choosing.
              if (keys !== 'all') {
                onChange(choices.map(({ id }) => id).filter((id) => keys.has(id)))
              }
            }}
            renderEmptyState={() => <p className={css.empty}>{empty}</p>}
          >
            {choices.map(({ id, name, detail }) => (
              <MenuItem key={id} id={id} textValue={name} className={menuCss.item ?? ''}>
                {({ isSelected }) => (
                  <>
                    <span className={css.tick}>
                      {isSelected && <Check size={14} strokeWidth={2.5} aria-hidden="true" />}
                    </span>
                    <span className={menuCss.words}>{name}</span>
                    {detail && <span className={css.detail}>{detail}</span>}
                  </>
                )}
              </MenuItem>
            ))}
          </AriaMenu>
        </Popover>
      </MenuTrigger>
      {error && (
        <span id={errorId} className={fieldCss.error}>
          {error}
        </span>
      )}
    </div>
  )
}
