import { useMemo } from 'react'
import type { ReactNode, RefObject } from 'react'
import type { Order, OrderLine } from '../../../contract/entities'
import { daysBetween } from '../../../domain/calendar'
import { useEntity, useNow, useTexts } from '../../desk-hooks'
import { Quantity } from '../../ui/figure'
import { Table } from '../../ui/table'
import css from './order-lines.module.css'

/** A guess of a row's height in pixels: a name and a number under it, and the padding. */
const ROW = 57

/** The lines as they were ordered, with where each comes from and when. */
export function OrderLines({
  order: { lines: written, currency, requestedDate },
  scroller,
}: {
  readonly order: Order
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const { t, formats } = useTexts()
  const today = formats.dateOf(useNow())
  // What is wanted for the whole order is wanted for a line that says nothing else.
  const lines = useMemo(
    () => written.map((line) => ({ ...line, requestedDate: line.requestedDate ?? requestedDate })),
    [written, requestedDate],
  )
  const day = (date: string | null) => (date === null ? '' : formats.shortDay(date, today))
  return (
    <div className={css.frame}>
      <Table
        label={t('lines.title')}
        className={css.lines}
        scroller={scroller}
        count={lines.length}
        rowKey={(at) => lines[at]?.id ?? String(at)}
        rowHeight={() => ROW}
        columns={[
          { id: 'article', title: t('lines.article') },
          { id: 'quantity', title: t('lines.quantity'), align: 'end', className: css.figure },
          { id: 'price', title: t('lines.price'), align: 'end', className: css.figure },
          { id: 'rebate', title: t('lines.rebate'), align: 'end', className: css.lesser },
          { id: 'vat', title: t('lines.vat'), align: 'end', className: css.lesser },
          { id: 'amount', title: t('lines.rowAmount'), align: 'end', className: css.figure },
          { id: 'warehouse', title: t('order.column.warehouse'), className: css.wide },
          { id: 'requested', title: t('order.column.requested'), className: css.wide },
          { id: 'expected', title: t('order.column.expected'), className: css.wide },
          { id: 'confirmed', title: t('order.column.confirmed'), className: css.wide },
          { id: 'delivery', title: t('order.column.delivery'), className: css.narrow },
        ]}
        cells={(at) => {
          const line = lines[at]
          if (!line) return {}
          const { unitPrice, rebate, vatRate } = line
          return {
            article: <ArticleCell line={line} />,
            quantity: <QuantityCell line={line} />,
            price: (
              <>
                {formats.unitPrice(unitPrice.amount)}
                {unitPrice.basis === 'gross' && (
                  <div className={css.basis}>{t('lines.grossBasis')}</div>
                )}
              </>
            ),
            rebate: rebate !== 0 && formats.percent(-rebate),
            vat: formats.percent(vatRate),
            amount: formats.amount(line.rowAmount, currency),
            warehouse: <WarehouseName id={line.warehouseId} />,
            requested: day(line.requestedDate),
            expected: <Expected line={line}>{day(line.expectedDate)}</Expected>,
            confirmed: day(line.confirmedDate),
            delivery: <Delivery line={line} today={today} />,
          }
        }}
      />
    </div>
  )
}

function ArticleCell({ line }: { readonly line: OrderLine }) {
  const { t, language } = useTexts()
  const article = useEntity('article', line.articleId)
  return (
    <div data-selectable="">
      <div className={css.name}>{article ? article.name[language] : t('lines.unknownArticle')}</div>
      <div className={css.number}>{line.articleId}</div>
      {line.comment && (
        <div className={css.comment}>{t('controls.quoted', { text: line.comment })}</div>
      )}
    </div>
  )
}

/** Warehouse and dates in a sentence, for where they have no columns. */
function Delivery({ line, today }: { readonly line: OrderLine; readonly today: string }) {
  const { t, formats } = useTexts()
  const { requestedDate, expectedDate, confirmedDate } = line
  const date = (value: string) => formats.shortDay(value, today)
  return (
    <div className={css.delivery}>
      <WarehouseName id={line.warehouseId} />
      {requestedDate && <span>{t('order.lineRequested', { date: date(requestedDate) })}</span>}
      {expectedDate === null ? (
        <span>{t('order.lineExpectedUnknown')}</span>
      ) : (
        <Expected line={line}>{t('order.lineExpected', { date: date(expectedDate) })}</Expected>
      )}
      {confirmedDate && <span>{t('order.lineConfirmed', { date: date(confirmedDate) })}</span>}
    </div>
  )
}

function QuantityCell({ line }: { readonly line: OrderLine }) {
  const article = useEntity('article', line.articleId)
  return <Quantity quantity={line.quantity} unit={article?.unit ?? ''} />
}

function WarehouseName({ id }: { readonly id: string | null }) {
  const { t } = useTexts()
  const warehouse = useEntity('warehouse', id)
  return <span>{id === null ? t('order.noWarehouse') : (warehouse?.name ?? id)}</span>
}

/** When it can leave; said how much later than wanted, where it is. */
export function Expected({
  line,
  children,
}: {
  readonly line: OrderLine
  readonly children: ReactNode
}) {
  const { t } = useTexts()
  const { requestedDate, expectedDate } = line
  if (expectedDate === null) return <span className={css.unknown}>{t('order.noExpected')}</span>
  const days = requestedDate === null ? 0 : daysBetween(requestedDate, expectedDate)
  return (
    <span>
      {children}
      {days > 0 && <span className={css.late}>{t('order.expectedLate', { days })}</span>}
    </span>
  )
}
