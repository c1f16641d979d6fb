import { staleBefore } from '../../../domain/availability/stock-display'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { Status } from '../../ui/status'
import { stockOf } from './stock'
import css from './stock-age.module.css'

/** When a source last told of its stock, so that nobody takes old figures for new ones. */
export function StockAge() {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const told = useReplica(() => stockOf(desk).lastTold())
  const display = useReplica(
    ({ replica }) => replica.all('seller').values().next().value?.stockDisplay,
  )
  if (told === null) return null
  const at = new Date(told).toISOString()
  const when = formats.when(at, now)
  const before = display ? staleBefore(display, new Date(now)) : null
  return (
    <p className={css.age}>
      {before !== null && at < before ? (
        <Status meaning="warning">{t('stock.stale', { when })}</Status>
      ) : (
        t('stock.age', { when })
      )}
    </p>
  )
}
