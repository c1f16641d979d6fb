import { createContext, memo, useContext } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useTexts } from '../desk-hooks'
import css from './segments.module.css'

/** What stands behind the names of some segments. */
export type SegmentCounts<Id extends string> = { readonly [K in Id]?: number }

const Counts = createContext<SegmentCounts<string>>({})
const none: SegmentCounts<string> = {}

interface SegmentsProps<Id extends string> {
  readonly label: string
  readonly value: Id
  /** The same array as long as it says the same: the buttons are drawn anew with it. */
  readonly options: readonly { readonly id: Id; readonly name: string }[]
  readonly onChange: (value: Id) => void
  readonly isDisabled?: boolean
}

/** One of a few views of the same thing. A count that changes all day draws only itself anew. */
export function Segments<Id extends string>({
  counts = none,
  ...segments
}: SegmentsProps<Id> & { readonly counts?: SegmentCounts<Id> | undefined }) {
  return (
    <Counts value={counts}>
      <Group {...segments} />
    </Counts>
  )
}

function Buttons<Id extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
}: SegmentsProps<Id>) {
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
      {options.map(({ id, name }) => (
        <ToggleButton key={id} id={id} className={css.segment ?? ''}>
          {name}
          <Count id={id} />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

const Group = memo(Buttons) as typeof Buttons

function Count({ id }: { readonly id: string }) {
  const { formats } = useTexts()
  const count = useContext(Counts)[id]
  return count !== undefined && <span className={css.count}>{formats.integer(count)}</span>
}
