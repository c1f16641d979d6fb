import type { ReactNode } from 'react'
import type { RequisitionLine } from '../../../contract/entities'
import { useEntity, useNow, useReplica, useTexts } from '../../desk-hooks'
import { figuresAt, lineAvailability } from '../../state/line-availability'
import type { AvailabilityContext, WarehouseAnswer } from '../../state/line-availability'
import type { ArticleStock } from '../../state/stock-index'
import { classes } from '../../ui/class-names'
import { FactTable } from '../../ui/facts'
import { Popover } from '../../ui/popover'
import { availabilityWords } from '../../wording/availability'
import css from './availability-cell.module.css'

/** What is asked for, be it a line of a document or not. */
type Wanted = Pick<RequisitionLine, 'articleId' | 'quantity'>

/** Where a line can come from: a sentence for each warehouse that is open to the webshop. */
export function AvailabilityCell({
  line,
  context,
}: {
  readonly line: Wanted
  readonly context: AvailabilityContext
}) {
  const { t } = useTexts()
  const stock = useReplica((desk) => desk.stock.of(line.articleId))
  if (context.warehouses.length === 0) {
    return <span className={css.plain}>{t('availability.noWarehouses')}</span>
  }
  return (
    <ul className={css.list}>
      {lineAvailability(stock, line.quantity, context).map((answer) => (
        <li key={answer.warehouse.id}>
          <WarehouseLine answer={answer} line={line} stock={stock} today={context.today} />
        </li>
      ))}
    </ul>
  )
}

/** What one warehouse can do, and how its balance is made up. */
export function WarehouseLine({
  answer,
  line,
  stock,
  today,
  name,
}: {
  readonly answer: WarehouseAnswer
  readonly line: Wanted
  readonly stock: ArticleStock | undefined
  readonly today: string
  /** In the place of its name. */
  readonly name?: ReactNode
}) {
  const texts = useTexts()
  const { warehouse } = answer
  const { text, meaning, beside } = availabilityWords(answer, line.quantity, today, texts)
  return (
    <div className={css.warehouse}>
      {name || <span className={css.name}>{warehouse.name}</span>}
      {answer.answer ? (
        <Popover
          label={texts.t('availability.parts')}
          className={classes(css.answer, css[meaning])}
          face={
            <>
              {text}
              {beside && <span className={css.beside}> · {beside}</span>}
            </>
          }
        >
          <StockParts line={line} stock={stock} warehouseId={warehouse.id} today={today} />
        </Popover>
      ) : (
        <span className={css.plain} title={texts.t('availability.unknownWhy')}>
          {text}
        </span>
      )}
    </div>
  )
}

/** How the balance is made up, for whoever wants to know why. */
function StockParts({
  line,
  stock,
  warehouseId,
  today,
}: {
  readonly line: Wanted
  readonly stock: ArticleStock | undefined
  readonly warehouseId: string
  readonly today: string
}) {
  const { t, formats } = useTexts()
  const now = useNow()
  const article = useEntity('article', line.articleId)
  const figures = figuresAt(stock, warehouseId, today)
  if (!figures) return null
  const quantity = (value: number) => formats.quantityWithUnit(value, article?.unit ?? '')
  const some = (label: string, value: number) =>
    value === 0 ? null : { label, value: quantity(value) }
  const { uncertainInbound } = figures
  return (
    <div className={css.parts}>
      <h3>{t('availability.parts')}</h3>
      <FactTable
        facts={[
          { label: t('availability.onHand'), value: quantity(figures.onHand) },
          { label: t('availability.backlog'), value: quantity(-figures.backlogReported) },
          some(t('availability.own'), -figures.ownCommitments),
          { label: t('availability.deliverable'), value: quantity(figures.deliverable) },
          some(t('availability.safety'), figures.safetyStock),
          some(t('availability.inboundConfirmed'), figures.inboundConfirmed),
          some(t('availability.inboundPlanned'), figures.inboundPlanned),
          some(t('availability.lateInbound'), uncertainInbound.late),
          some(t('availability.undatedInbound'), uncertainInbound.undated),
          figures.leadTimeDays === null
            ? null
            : {
                label: t('availability.leadTimeDays'),
                value: t('availability.days', { days: figures.leadTimeDays }),
              },
        ]}
      />
      <p className={css.observed}>
        {t('availability.observed', {
          source: figures.source,
          when: formats.when(figures.observedAt, now),
        })}
      </p>
    </div>
  )
}
