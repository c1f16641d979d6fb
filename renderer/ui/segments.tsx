import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import css from './segments.module.css'

/** One of a few views of the same thing. A count stands behind its name. */
export function Segments<Id extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
}: {
  readonly label: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly name: string; readonly count?: string }[]
  readonly onChange: (value: Id) => void
  readonly isDisabled?: boolean
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={css.segments ?? ''}
      selectionMode="single"
      isDisabled={isDisabled}
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [key] = keys
        if (key !== undefined) onChange(key as Id)
      }}
    >
      {options.map(({ id, name, count }) => (
        <ToggleButton key={id} id={id} className={css.segment ?? ''}>
          {name}
          {count !== undefined && <span className={css.count}>{count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
