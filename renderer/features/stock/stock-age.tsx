import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { stockOf } from './stock'
import css from './stock-age.module.css'

/** When a source last told of its stock, so that nobody takes old figures for new ones. */
export function StockAge() {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const told = useReplica(() => stockOf(desk).lastTold())
  if (told === null) return null
  const when = formats.when(new Date(told).toISOString(), now)
  return <p className={css.age}>{t('stock.age', { when })}</p>
}
