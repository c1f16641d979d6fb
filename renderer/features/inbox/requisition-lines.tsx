import { useEffect, useMemo } from 'react'
import type { RefObject } from 'react'
import { useStore } from 'zustand'
import type { Requisition, RequisitionLine } from '../../../contract/entities'
import type { Article } from '../../../domain/article'
import { rowAmount } from '../../../domain/money/row'
import { useConsole, useDesk, useEntity, usePending, useTexts } from '../../desk-hooks'
import type { SendPhase } from '../../state/sends'
import { Quantity } from '../../ui/figure'
import { Table } from '../../ui/table'
import { chooseWarehouseAction } from './actions/choose-warehouse'
import { goToMarksAction } from './actions/split'
import { AvailabilityCell } from './availability-cell'
import { changeInSight, type ChangeInSight } from './changed-lines'
import { lineChangesTold, type ShownLine } from './figures'
import { buyerGroupOf, useAvailabilityContext } from './availability-context'
import { LineMark } from './line-mark'
import { LineNotes } from './line-notes'
import { OrderedCell } from './ordered-cell'
import { PlacedCell } from './placed-cell'
import { PriceCell } from './price-cell'
import css from './requisition-lines.module.css'
import { useChangesTold, useFigures } from './use-figures'

/** Rows are drawn for as many warehouses as there are: a line of text each, and the padding. */
const LINE = 24
const PADDING = 13

/** What has been chosen stays in sight while it is being ordered. */
const onItsWay: ReadonlySet<SendPhase['kind']> = new Set(['sending', 'asking', 'unknown'])

/** The lines, each with the company's own price and where it can come from. */
export function RequisitionLines({
  requisition,
  scroller,
}: {
  readonly requisition: Requisition
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const context = useAvailabilityContext(({ replica }) => buyerGroupOf({ replica }, requisition))
  const { lines, currency } = requisition
  // Whether it can be decided depends on who is signed in and on what is on its way.
  useConsole((state) => state)
  const isLocked = usePending(requisition.id).some(
    ({ type, phase }) => type === 'requisition.approve' && onItsWay.has(phase.kind),
  )
  const { outcome } = requisition
  const order = useEntity('order', outcome?.kind === 'ordered' ? outcome.orderId : null)
  const orderLines = new Map(order?.lines.map((line) => [line.id, line]))
  const figures = useFigures(requisition)
  const told = useChangesTold(requisition.id)
  const change = useStore(changeInSight(desk), ({ at }) => at)
  const goneTo = change?.requisitionId === requisition.id ? change : null
  const revealed = useMemo(() => {
    const at = goneTo ? lines.findIndex(({ id }) => id === goneTo.lineId) : -1
    return at === -1 ? null : { at }
  }, [goneTo, lines])
  useFocusOnChange(goneTo, scroller)
  const canMark = !isLocked && goToMarksAction.when(desk).kind === 'possible'
  const isChoosing = isLocked || chooseWarehouseAction.when(desk).kind === 'possible'
  return (
    <Table
      label={t('lines.title')}
      className={css.lines}
      scroller={scroller}
      revealed={revealed}
      count={lines.length}
      rowKey={(at) => lines[at]?.id ?? String(at)}
      rowHeight={() => Math.max(2, context.warehouses.length) * LINE + PADDING}
      columns={[
        { id: 'article', title: t('lines.article'), className: css.article },
        { id: 'quantity', title: t('lines.quantity'), align: 'end', className: css.quantity },
        { id: 'price', title: t('lines.price'), align: 'end', className: css.price },
        { id: 'list', title: t('lines.listPrice'), align: 'end', className: css.list },
        { id: 'rebate', title: t('lines.rebate'), align: 'end', className: css.rebate },
        { id: 'vat', title: t('lines.vat'), align: 'end', className: css.vat },
        { id: 'amount', title: t('lines.rowAmount'), align: 'end', className: css.amount },
        {
          id: 'available',
          title: t(
            order ? 'lines.deliveredFrom' : isChoosing ? 'lines.deliverFrom' : 'lines.available',
          ),
          className: css.available,
        },
        { id: 'notes', title: t('lines.notes'), className: css.notes },
      ]}
      cells={(at) => {
        const line = lines[at]
        if (!line) return {}
        const shown = figures.lines.get(line.id)
        const rebate = shown?.figures.price?.rebate ?? 0
        const { listPrice } = shown?.resolved ?? line.resolved
        const amount = rowAmountShown(line, shown, currency)
        const orderLine = orderLines.get(line.id)
        return {
          article: <ArticleCell requisition={requisition} line={line} canMark={canMark} />,
          notes: shown && (
            <LineNotes
              requisition={requisition}
              line={line}
              shown={shown}
              told={lineChangesTold(told, line.id)}
              canChoose={isChoosing && !isLocked}
            />
          ),
          quantity: <QuantityCell line={line} />,
          price: <PriceCell line={line} shown={shown} />,
          list: listPrice && formats.unitPrice(listPrice.amount),
          rebate: rebate !== 0 && formats.percent(-rebate),
          vat: formats.percent(line.vatRate),
          amount: amount === null ? '–' : formats.amount(amount, currency),
          available: orderLine ? (
            <OrderedCell line={orderLine} />
          ) : isChoosing ? (
            <PlacedCell
              requisition={requisition}
              line={line}
              isLocked={isLocked}
              context={context}
            />
          ) : (
            <AvailabilityCell line={line} context={context} />
          ),
        }
      }}
    />
  )
}

/** Of a line at the price of now it is counted here; of any other it came with it. */
function rowAmountShown(
  line: RequisitionLine,
  shown: ShownLine | undefined,
  currency: string,
): number | null {
  const price = shown?.isRefreshed ? shown.figures.price : null
  if (!price) return line.rowAmount
  const { amount, basis, rebate } = price
  return rowAmount({ price: { amount, basis, currency }, quantity: line.quantity, rebate })
}

/** Once the row that was gone to has been drawn, what can be done about its change has the focus. */
function useFocusOnChange(
  goneTo: ChangeInSight | null,
  scroller: RefObject<HTMLDivElement | null>,
): void {
  useEffect(() => {
    if (!goneTo) return undefined
    let tries = 30
    let frame = 0
    const look = () => {
      const notes = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
      const note = notes.find(({ dataset }) => dataset['change'] === goneTo.lineId)
      if (note) (note.querySelector<HTMLElement>('button') ?? note).focus({ preventScroll: true })
      else if ((tries -= 1) > 0) frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [goneTo, scroller])
}

function ArticleCell({
  requisition,
  line,
  canMark,
}: {
  readonly requisition: Requisition
  readonly line: RequisitionLine
  readonly canMark: boolean
}) {
  const { t, language, formats } = useTexts()
  const article = useEntity('article', line.articleId)
  return (
    <>
      {canMark && <LineMark requisition={requisition} line={line} />}
      <div data-selectable="">
        <div className={css.name}>
          {article ? article.name[language] : t('lines.unknownArticle')}
        </div>
        <div className={css.number}>
          <span>{line.articleId}</span>
          <span className={css.vatBeside}>
            {t('lines.vatRate', { rate: formats.percent(line.vatRate) })}
          </span>
          {article?.status === 'discontinued' && (
            <span className={css.discontinued}>{t('lines.discontinued')}</span>
          )}
        </div>
      </div>
    </>
  )
}

function QuantityCell({ line }: { readonly line: RequisitionLine }) {
  const article: Article | undefined = useEntity('article', line.articleId)
  return <Quantity quantity={line.quantity} unit={article?.unit ?? ''} />
}
