import type { ArticleView, SplitView, WarehouseView } from '../../domain/availability/customer-view'
import type { ShownQuantity } from '../../domain/availability/stock-display'
import type { CalendarDate } from '../../domain/units'
import { NO_BREAK_SPACE } from '../../language/numbers'
import type { Texts } from '../../language/texts'

/** What an answer is put into words with. */
export interface AvailabilityWording {
  readonly texts: Texts
  readonly unit: string
  /** Written once for all articles of an answer, which share the few there are. */
  readonly dayOf: (date: CalendarDate) => string
  readonly daysOf: (count: number) => string
  readonly nameOf: (warehouseId: string) => string
}

/** What a customer is told of an article, of each warehouse and of a split, in their language. */
export interface AvailabilityWords {
  readonly article: string
  /** In the order of the view. */
  readonly warehouses: readonly string[]
  readonly split: string | null
}

/** Words what a customer sees of an article; null where nothing that is open to them holds it. */
export function availabilityWords(
  view: ArticleView | null,
  wording: AvailabilityWording,
): AvailabilityWords {
  const { t } = wording.texts
  if (!view) return { article: t('shopStock.notStocked'), warehouses: [], split: null }
  const warehouses = view.warehouses.map((one) => warehouseWords(one, wording))
  const at = view.warehouses.findIndex(({ warehouseId }) => warehouseId === view.bestId)
  const [best, text = ''] = [view.warehouses[at], warehouses[at]]
  const isNowhere = best?.kind === 'out_of_stock' && !hasSome(best.now)
  return {
    article: isNowhere
      ? text
      : t('shopStock.from', { text, warehouse: wording.nameOf(view.bestId) }),
    warehouses,
    split: view.split && splitWords(view.split, wording),
  }
}

function warehouseWords(
  { kind, now: shown, date, confirmed, leadTimeDays: days }: WarehouseView,
  wording: AvailabilityWording,
): string {
  const { t } = wording.texts
  const day = date === null ? '' : wording.dayOf(date)
  const now = hasSome(shown) ? quantityWords(shown, wording) : null
  switch (kind) {
    case 'deliverable':
      return now === null ? t('shopStock.yes') : t('shopStock.now', { quantity: now })
    case 'promised':
      if (now === null)
        return confirmed === true
          ? t('shopStock.onConfirmed', { date: day })
          : t('shopStock.onPlanned', { date: day })
      return confirmed === true
        ? t('shopStock.partOnConfirmed', { now, date: day })
        : t('shopStock.partOnPlanned', { now, date: day })
    case 'lead_time': {
      const values = { days: wording.daysOf(days ?? 0), date: day }
      return now === null
        ? t('shopStock.leadTime', values)
        : t('shopStock.partLeadTime', { now, ...values })
    }
    case 'out_of_stock':
      return now === null ? t('shopStock.out') : t('shopStock.partOut', { now })
  }
}

function splitWords({ parts, isWhole, missing }: SplitView, wording: AvailabilityWording): string {
  const { t, formats } = wording.texts
  const list = formats.list(
    parts.map(({ warehouseId, quantity }) => {
      const warehouse = wording.nameOf(warehouseId)
      return quantity === null
        ? warehouse
        : t('shopStock.part', { quantity: quantityWords(quantity, wording), warehouse })
    }),
  )
  if (isWhole) return t('shopStock.split', { parts: list })
  return missing === null
    ? t('shopStock.splitShort', { parts: list })
    : t('shopStock.splitMissing', {
        parts: list,
        missing: formats.quantityWithUnit(missing, wording.unit),
      })
}

/** `120 st`, `50+ st`. */
function quantityWords(
  { quantity, orMore }: ShownQuantity,
  { texts: { formats }, unit }: AvailabilityWording,
): string {
  return orMore
    ? `${formats.quantity(quantity)}+${NO_BREAK_SPACE}${formats.unit(unit)}`
    : formats.quantityWithUnit(quantity, unit)
}

function hasSome(shown: ShownQuantity | null): shown is ShownQuantity {
  return shown !== null && shown.quantity > 0
}
