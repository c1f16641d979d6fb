import { Check } from 'lucide-react'
import {
  Checkbox,
  CheckboxGroup as AriaCheckboxGroup,
  FieldError,
  Label,
} from 'react-aria-components'
import css from './checkbox-group.module.css'
import fieldCss from './field.module.css'

/** Any of a few, each with a sentence on what it means. */
export function CheckboxGroup<Id extends string>({
  label,
  value,
  options,
  onChange,
  error,
  isDisabled = false,
}: {
  readonly label: string
  readonly value: readonly Id[]
  readonly options: readonly { readonly id: Id; readonly name: string; readonly detail: string }[]
  readonly onChange: (value: readonly Id[]) => void
  readonly error?: string | null
  readonly isDisabled?: boolean
}) {
  return (
    <AriaCheckboxGroup
      className={fieldCss.field ?? ''}
      value={[...value]}
      onChange={(ids) => onChange(ids as Id[])}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
      validationBehavior="aria"
    >
      <Label className={fieldCss.label ?? ''}>{label}</Label>
      <div className={css.options}>
        {options.map(({ id, name, detail }) => (
          <Checkbox key={id} value={id} className={css.checkbox ?? ''}>
            <span className={css.box}>
              <Check size={12} strokeWidth={3} aria-hidden="true" />
            </span>
            <span>
              {name}
              <span className={css.detail}>{detail}</span>
            </span>
          </Checkbox>
        ))}
      </div>
      {error && <FieldError className={fieldCss.error ?? ''}>{error}</FieldError>}
    </AriaCheckboxGroup>
  )
}
