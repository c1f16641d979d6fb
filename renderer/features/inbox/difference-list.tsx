import type { EditableHead } from '../../../domain/requisition/changes'
import type {
  Difference,
  LineDifference,
  LineFigures,
} from '../../../domain/requisition/difference'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { Texts } from '../../../language/texts'
import css from './difference-list.module.css'

/** As many lines are told one by one; how many more there are is told in one. */
const MOST = 12

/** What one revision has otherwise than another: old and new, line by line. */
export function DifferenceList({ difference }: { readonly difference: Difference }) {
  const desk = useDesk()
  const texts = useTexts()
  const today = texts.formats.dateOf(useNow())
  useReplica(({ replica }) => replica.store.getState().revision)
  const { lines, head } = difference
  const heads = headWords(head, texts, today)
  if (lines.length === 0 && heads.length === 0) return null
  return (
    <ul className={css.list} data-selectable="">
      {lines.slice(0, MOST).map((line) => (
        <li key={line.lineId}>{lineWords(line, desk, texts, today)}</li>
      ))}
      {lines.length > MOST && <li>{texts.t('difference.more', { count: lines.length - MOST })}</li>}
      {heads.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )
}

function lineWords(
  { before, after }: LineDifference,
  { replica }: Desk,
  texts: Texts,
  today: string,
): string {
  const { t, formats, language } = texts
  const articleId = (after ?? before)?.articleId ?? ''
  const article = replica.get('article', articleId)
  const name = article ? article.name[language] : articleId
  const quantity = ({ quantity: amount }: LineFigures) =>
    article ? formats.quantityWithUnit(amount, article.unit) : formats.quantity(amount)
  if (!before || !after) {
    const line = after ?? before
    return t(after ? 'difference.added' : 'difference.removed', {
      article: name,
      quantity: line ? quantity(line) : '',
    })
  }
  const changed = (was: string, is: string, field: string) =>
    was === is ? [] : [t('difference.field', { field, before: was, after: is })]
  const date = (day: string | null) => (day === null ? '–' : formats.shortDay(day, today))
  const parts = [
    ...changed(quantity(before), quantity(after), t('lines.quantity')),
    ...changed(priceText(before, texts), priceText(after, texts), t('lines.price')),
    ...changed(date(before.requestedDate), date(after.requestedDate), t('lines.date')),
    ...changed(before.warehouseId ?? '–', after.warehouseId ?? '–', t('lines.deliverFrom')),
    ...changed(before.comment ?? '–', after.comment ?? '–', t('difference.comment')),
  ]
  return t('difference.line', { article: name, changes: parts.join(' · ') })
}

function priceText({ price }: LineFigures, { t, formats }: Texts): string {
  if (!price) return t('lines.priceMissing')
  const figure = formats.unitPrice(price.unitPrice.amount)
  return price.rebate === 0 ? figure : `${figure} ${formats.percent(-price.rebate)}`
}

const labels = {
  requestedDate: 'head.requestedDate',
  purchaseOrderNumber: 'head.purchaseOrder',
  goodsMark: 'head.goodsMark',
  yourReference: 'head.yourReference',
  freightTerms: 'head.freightTerms',
  deliveryAddress: 'head.deliveryAddress',
  partDeliveries: 'head.partDeliveries',
} as const satisfies Record<keyof Difference['head'], string>

/** What may stand in a field of the head. */
type HeadValue = EditableHead[keyof EditableHead]

function headWords(head: Difference['head'], { t, formats }: Texts, today: string): string[] {
  const word = (value: HeadValue): string => {
    if (value === null) return '–'
    if (typeof value === 'boolean') {
      return t(value ? 'head.partDeliveriesYes' : 'head.partDeliveriesNo')
    }
    return typeof value === 'object' ? `${value.name}, ${value.street}` : value
  }
  return (Object.keys(labels) as (keyof typeof labels)[]).flatMap((field) => {
    const change = head[field]
    if (!change) return []
    const day = (value: HeadValue) =>
      field === 'requestedDate' && typeof value === 'string'
        ? formats.shortDay(value, today)
        : word(value)
    return [
      t('difference.field', {
        field: t(labels[field]),
        before: day(change.before),
        after: day(change.after),
      }),
    ]
  })
}
