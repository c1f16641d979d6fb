import { useEffect, useId, type KeyboardEvent, type RefObject } from 'react'
import type { Order } from '../../../../contract/entities'
import { runAction } from '../../../actions/run-action'
import { useDesk, useEntity, useNow, useTexts } from '../../../desk-hooks'
import { todayAt } from '../../../state/today'
import { classes } from '../../../ui/class-names'
import fieldCss from '../../../ui/field.module.css'
import { Quantity } from '../../../ui/figure'
import { Table } from '../../../ui/table'
import { focusCell, focusFirstCell } from '../../inbox/edit/focus-cell'
import cellCss from '../../inbox/edit/edit-lines.module.css'
import { saveDatesAction } from '../actions/dates'
import { Expected } from '../order-lines'
import linesCss from '../order-lines.module.css'
import { ordersOf } from '../orders'
import css from './dates-pane.module.css'
import { datesOf } from './confirming'
import { typeAll, typeDate, type DatesDraft, type TypedDate } from './typed-dates'

/** Where the date for all stands: above the first line. */
const ALL = -1

/** The lines with a field each for the day they are promised, beside what was wanted and expected. */
export function DatesPane({
  order,
  draft,
  scroller,
}: {
  readonly order: Order
  readonly draft: DatesDraft
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  // The day may turn while it is open.
  const today = formats.dateOf(useNow())
  const { lines } = datesOf(desk, order, draft)
  useEffect(() => {
    const orders = ordersOf(desk)
    if (orders.store.getState().entering !== order.id) return
    orders.enterDates(null)
    focusFirstCell()
  }, [desk, order.id])
  const day = (date: string | null) => (date === null ? '' : formats.shortDay(date, today))
  return (
    <div className={css.frame}>
      {order.lines.length > 1 && <AllField order={order} draft={draft} />}
      <Table
        label={t('order.dates.title')}
        className={css.lines}
        scroller={scroller}
        count={lines.length}
        rowKey={(at) => lines[at]?.line.id ?? String(at)}
        rowHeight={() => 57}
        columns={[
          { id: 'article', title: t('lines.article'), className: css.article },
          { id: 'quantity', title: t('lines.quantity'), align: 'end', className: linesCss.figure },
          { id: 'requested', title: t('order.column.requested'), className: css.requested },
          { id: 'expected', title: t('order.column.expected'), className: css.day },
          { id: 'confirmed', title: t('order.column.confirmed') },
        ]}
        cells={(at) => {
          const typed = lines[at]
          if (!typed) return {}
          const line = {
            ...typed.line,
            requestedDate: typed.line.requestedDate ?? order.requestedDate,
          }
          return {
            article: <ArticleCell articleId={line.articleId} />,
            quantity: <QuantityCell articleId={line.articleId} quantity={line.quantity} />,
            requested: day(line.requestedDate),
            expected: <Expected line={line}>{day(line.expectedDate)}</Expected>,
            confirmed: <DateCell order={order} typed={typed} at={at} />,
          }
        }}
      />
    </div>
  )
}

function ArticleCell({ articleId }: { readonly articleId: string }) {
  const { t, language } = useTexts()
  const article = useEntity('article', articleId)
  return (
    <div data-selectable="">
      <div className={linesCss.name}>
        {article ? article.name[language] : t('lines.unknownArticle')}
      </div>
      <div className={linesCss.number}>{articleId}</div>
    </div>
  )
}

function QuantityCell({
  articleId,
  quantity,
}: {
  readonly articleId: string
  readonly quantity: number
}) {
  const article = useEntity('article', articleId)
  return <Quantity quantity={quantity} unit={article?.unit ?? ''} />
}

/** The same day for every line. */
function AllField({ order, draft }: { readonly order: Order; readonly draft: DatesDraft }) {
  const desk = useDesk()
  const { t } = useTexts()
  const id = useId()
  const { allProblem } = datesOf(desk, order, draft)
  return (
    <div className={css.all}>
      <label htmlFor={id} className={fieldCss.label}>
        {t('order.dates.all')}
      </label>
      <DateInput
        id={id}
        at={ALL}
        text={draft.all}
        problem={allProblem}
        isChanged={false}
        onType={(text) => ordersOf(desk).changeDates(order.id, typeAll(order, text, todayAt(desk)))}
      />
    </div>
  )
}

function DateCell({
  order,
  typed,
  at,
}: {
  readonly order: Order
  readonly typed: TypedDate
  readonly at: number
}) {
  const desk = useDesk()
  const { t, language, formats } = useTexts()
  const today = formats.dateOf(useNow())
  const { line, text, isChanged, isMoved, problem } = typed
  const article = useEntity('article', line.articleId)?.name[language] ?? line.articleId
  const before =
    line.confirmedDate === null ? t('history.noDate') : formats.shortDay(line.confirmedDate, today)
  const name = order.confirmation?.by.name
  return (
    <>
      <DateInput
        at={at}
        label={t('edit.cell', { field: t('order.column.confirmed'), article })}
        text={text}
        problem={problem}
        isChanged={isChanged}
        onType={(value) => ordersOf(desk).changeDates(order.id, typeDate(line.id, value))}
      />
      {isMoved && name !== undefined ? (
        <span className={css.moved}>{t('order.dates.theirs', { name, date: before })}</span>
      ) : (
        isChanged &&
        problem === null && (
          <span className={cellCss.before}>
            {line.confirmedDate === null
              ? t('order.dates.noneBefore')
              : t('edit.was', { value: before })}
          </span>
        )
      )}
    </>
  )
}

function DateInput({
  id,
  at,
  label,
  text,
  problem,
  isChanged,
  onType,
}: {
  readonly id?: string
  readonly at: number
  readonly label?: string
  readonly text: string
  readonly problem: TypedDate['problem']
  readonly isChanged: boolean
  readonly onType: (text: string) => void
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const problemId = useId()
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === 1 || by === -1) {
      event.preventDefault()
      focusCell(at + by, 'date', by)
    } else if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault()
      runAction(desk, saveDatesAction)
    }
  }
  return (
    <>
      <input
        id={id}
        className={classes(cellCss.input, isChanged && cellCss.changed)}
        data-cell={`${at} date`}
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        type="text"
        placeholder={t('edit.datePlaceholder')}
        autoComplete="off"
        spellCheck="false"
        value={text}
        onKeyDown={press}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => onType(target.value)}
      />
      {problem !== null && (
        <span id={problemId} className={css.problem}>
          {t(problem === 'past' ? 'order.dates.past' : 'edit.dateMalformed')}
        </span>
      )}
    </>
  )
}
