import { Switch as AriaSwitch } from 'react-aria-components'
import css from './switch.module.css'

/** On or off, at once. */
export function Switch({
  label,
  detail,
  isSelected,
  onChange,
  isDisabled = false,
}: {
  readonly label: string
  readonly detail?: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
}) {
  return (
    <AriaSwitch
      className={css.switch ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={css.track}>
        <span className={css.knob} />
      </span>
      <span>
        {label}
        {detail && <span className={css.detail}>{detail}</span>}
      </span>
    </AriaSwitch>
  )
}
