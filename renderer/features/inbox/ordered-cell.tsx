import type { OrderLine } from '../../../contract/entities'
import { useEntity, useNow, useTexts } from '../../desk-hooks'
import css from './availability-cell.module.css'

/** Which warehouse the order took a line from, and when it leaves as far as is known. */
export function OrderedCell({ line }: { readonly line: OrderLine }) {
  const { t, formats } = useTexts()
  const today = formats.dateOf(useNow())
  const warehouse = useEntity('warehouse', line.warehouseId)
  const date = line.confirmedDate ?? line.expectedDate
  const name = line.warehouseId === null ? t('lines.noWarehouse') : warehouse?.name
  const place = name ?? line.warehouseId ?? ''
  return (
    <span className={css.ordered}>
      {date === null
        ? place
        : t('lines.deliveredOn', { warehouse: place, date: formats.shortDay(date, today) })}
    </span>
  )
}
