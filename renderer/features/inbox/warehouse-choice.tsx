import type { KeyboardEvent } from 'react'
import { useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import css from './availability-cell.module.css'

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
}

/** One warehouse that a line can be ordered from, as a radio button under its name. */
export function WarehouseChoice({
  name,
  isTaken,
  isAutomatic,
  isLocked,
  onChoose,
}: {
  readonly name: string
  /** The line will come from here. */
  readonly isTaken: boolean
  /** It would, if nobody chose. */
  readonly isAutomatic: boolean
  /** It is on its way to be ordered: shown, and no longer to be changed. */
  readonly isLocked: boolean
  readonly onChoose: () => void
}) {
  const { t } = useTexts()
  const isOwn = isTaken && !isAutomatic
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isTaken}
      disabled={isLocked}
      tabIndex={isTaken ? 0 : -1}
      className={classes(css.choice, isTaken && css.taken, isOwn && css.own)}
      title={
        isOwn
          ? t('availability.chosen')
          : isAutomatic
            ? t('availability.automatic')
            : t('availability.choose', { warehouse: name })
      }
      onClick={onChoose}
      onKeyDown={moveChoice}
    >
      <span className={css.dot} aria-hidden="true" />
      <span className={css.name}>{name}</span>
    </button>
  )
}

/** Arrows go round among the warehouses of a line and choose as they go, as radio buttons do. */
function moveChoice(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const { currentTarget } = event
  const group = currentTarget.closest('[data-choices]')
  if (step === undefined || !group) return
  event.preventDefault()
  const radios = [...group.querySelectorAll<HTMLElement>('[role=radio]')]
  const next = radios.at((radios.indexOf(currentTarget) + step) % radios.length)
  next?.focus()
  next?.click()
}
