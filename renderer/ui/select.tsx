import { ChevronsUpDown } from 'lucide-react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components'
import { classes } from './class-names'
import fieldCss from './field.module.css'
import menuCss from './menu.module.css'

/** One of a few, by name. */
export function Select<Id extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
  className,
}: {
  readonly label: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly name: string }[]
  readonly onChange: (value: Id) => void
  readonly isDisabled?: boolean
  readonly className?: string
}) {
  return (
    <AriaSelect
      className={classes(fieldCss.field, className)}
      value={value}
      onChange={(key) => onChange(key as Id)}
      isDisabled={isDisabled}
    >
      <Label className={fieldCss.label ?? ''}>{label}</Label>
      <Button className={fieldCss.select ?? ''}>
        <SelectValue />
        <ChevronsUpDown size={16} aria-hidden="true" />
      </Button>
      <Popover className={menuCss.popover ?? ''}>
        <ListBox className={menuCss.menu ?? ''}>
          {options.map(({ id, name }) => (
            <ListBoxItem key={id} id={id} className={menuCss.item ?? ''} textValue={name}>
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
