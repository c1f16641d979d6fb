import type { RefObject } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components'
import { classes } from './class-names'
import css from './field.module.css'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Stands below the field as long as nothing is wrong. */
  readonly hint?: string | undefined
  /** What is wrong; the field is marked. */
  readonly error?: string | null | undefined
  readonly isDisabled?: boolean | undefined
  readonly autoFocus?: boolean | undefined
  readonly className?: string | undefined
}

/** One line of text with its label. */
export function TextField({
  label,
  isLabelHidden = false,
  hint,
  error,
  className,
  type = 'text',
  placeholder,
  autoComplete,
  ...field
}: FieldProps & {
  /** In a row whose place says what it is; a screen reader is told. */
  readonly isLabelHidden?: boolean
  readonly type?: 'text' | 'password' | 'url'
  readonly placeholder?: string
  readonly autoComplete?: string
}) {
  return (
    <AriaTextField
      {...defined(field)}
      className={classes(css.field, className)}
      type={type}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      {...(autoComplete ? { autoComplete } : {})}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!isLabelHidden && <Label className={css.label ?? ''}>{label}</Label>}
      <Input
        className={css.input ?? ''}
        spellCheck="false"
        {...(placeholder ? { placeholder } : {})}
      />
      <Below hint={hint} error={error} />
    </AriaTextField>
  )
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  hint,
  error,
  className,
  rows = 4,
  areaRef,
  counter,
  ...field
}: FieldProps & {
  readonly rows?: number
  /** To be read and copied, and not to be changed. */
  readonly isReadOnly?: boolean
  /** How much of it there is, at the end of what stands below. */
  readonly counter?: string | null
  readonly areaRef?: RefObject<HTMLTextAreaElement | null>
}) {
  return (
    <AriaTextField
      {...defined(field)}
      className={classes(css.field, className)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={css.label ?? ''}>{label}</Label>
      <AriaTextArea className={css.area ?? ''} rows={rows} {...(areaRef ? { ref: areaRef } : {})} />
      <div className={css.below}>
        <div className={css.belowWords}>
          <Below hint={hint} error={error} isSaid />
        </div>
        {counter && <span className={css.counter}>{counter}</span>}
      </div>
    </AriaTextField>
  )
}

function Below({
  hint,
  error,
  isSaid = false,
}: {
  readonly hint?: string | undefined
  readonly error?: string | null | undefined
  /** What is wrong is read out when it shows. */
  readonly isSaid?: boolean
}) {
  if (error) {
    return (
      <FieldError className={css.error ?? ''}>
        {isSaid ? <span role="alert">{error}</span> : error}
      </FieldError>
    )
  }
  if (!hint) return null
  return (
    <Text slot="description" className={css.hint ?? ''}>
      {hint}
    </Text>
  )
}

/** Leaves out what was not given: the kit tells "undefined" from "not there". */
function defined<T extends object>(props: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(props).filter(([, value]) => value !== undefined),
  ) as never
}
