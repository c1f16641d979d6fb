import { Search, X } from 'lucide-react'
import type { RefObject } from 'react'
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'
import { classes } from './class-names'
import css from './field.module.css'
import buttonCss from './button.module.css'
import { KeyHint } from './key-hint'
import { useTexts } from '../desk-hooks'

/** A field that searches as one types. Esc empties it, and once more leaves it. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  onLeave,
  keys,
  inputRef,
  className,
}: {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Esc in the empty field, or a move down into what was found. */
  readonly onLeave?: () => void
  readonly keys?: string
  readonly inputRef?: RefObject<HTMLInputElement | null>
  readonly className?: string | undefined
}) {
  const { t } = useTexts()
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={classes(css.search, className)}
      onKeyDown={(event) => {
        const leaves =
          (event.key === 'Escape' && value === '') ||
          event.key === 'ArrowDown' ||
          event.key === 'Enter'
        if (!leaves || !onLeave) return event.continuePropagation()
        event.preventDefault()
        onLeave()
      }}
    >
      <Search className={css.searchIcon} size={16} aria-hidden="true" />
      <Input
        className={css.input ?? ''}
        placeholder={placeholder}
        spellCheck="false"
        {...(inputRef ? { ref: inputRef } : {})}
      />
      <span className={css.searchEnd}>
        {value === '' ? (
          keys && <KeyHint keys={keys} />
        ) : (
          <Button className={buttonCss.iconButton ?? ''} aria-label={t('controls.clear')}>
            <X size={16} aria-hidden="true" />
          </Button>
        )}
      </span>
    </AriaSearchField>
  )
}
