import { CalendarClock, CircleAlert } from 'lucide-react'
import { memo } from 'react'
import { useDesk, useEntity, useNow, useReplica, useTexts } from '../../desk-hooks'
import { todayAt } from '../../state/today'
import { classes } from '../../ui/class-names'
import { stockOf } from './stock'
import css from './cells.module.css'

/** An article by its number and name. */
export const ArticleName = memo(function ArticleName({ id }: { readonly id: string }) {
  const { language } = useTexts()
  const article = useEntity('article', id)
  return (
    <span className={css.article}>
      <span className={css.number}>{id}</span>
      <span className={css.name} title={article?.name[language]}>
        {article?.name[language]}
      </span>
    </span>
  )
})

/** How an article stands in one warehouse: what can leave now, else when, else that it is out. */
export const StandingCell = memo(function StandingCell({
  articleId,
  warehouseId,
}: {
  readonly articleId: string
  readonly warehouseId: string
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  useNow()
  const cell = useReplica(() => stockOf(desk).cellsOf(articleId).get(warehouseId))
  if (!cell) return <span className={css.none}>{t('stock.cell.noBalance')}</span>
  const today = todayAt(desk)
  const figure = formats.quantity(cell.deliverable)
  const late = cell.isLate && (
    <CalendarClock className={css.late} size={14} aria-label={t('stock.cell.late')} />
  )
  const low = cell.isBelowSafety && cell.kind === 'deliverable' && (
    <CircleAlert className={css.low} size={14} aria-label={t('stock.cell.below')} />
  )
  switch (cell.kind) {
    case 'deliverable':
      return (
        <span className={classes(css.cell, css.deliverable)}>
          {low}
          {late}
          {figure}
        </span>
      )
    case 'promised':
      return (
        <span className={classes(css.cell, css.promised)}>
          {late}
          {cell.date !== null && formats.shortDay(cell.date, today)}
        </span>
      )
    case 'lead_time':
      return (
        <span className={classes(css.cell, css.leadTime)}>
          {late}
          {t('stock.cell.days', { days: cell.leadTimeDays ?? 0 })}
        </span>
      )
    case 'out_of_stock':
      return (
        <span className={classes(css.cell, css.out)}>
          {late}
          {cell.deliverable < 0 ? figure : t('stock.cell.out')}
        </span>
      )
  }
})
