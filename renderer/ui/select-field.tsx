import { ChevronDown } from 'lucide-react'
import { classes } from './class-names'
import fieldCss from './field.module.css'
import css from './select-field.module.css'

export interface SelectOption<Id extends string> {
  readonly id: Id
  readonly name: string
}

/** One of a list, in a row whose place says what it is: the label is for screen readers. */
export function SelectField<Id extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
  className,
}: {
  readonly label: string
  readonly value: Id
  readonly options: readonly SelectOption<Id>[]
  readonly onChange: (value: Id) => void
  readonly isDisabled?: boolean
  readonly className?: string | undefined
}) {
  return (
    <span className={classes(css.frame, className)}>
      <select
        aria-label={label}
        className={classes(fieldCss.input, css.select)}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value as Id)}
      >
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown size={14} className={css.sign} aria-hidden="true" />
    </span>
  )
}
