import { useStore } from 'zustand'
import type { Order } from '../../../contract/entities'
import { refusalSentence } from '../../../language/refusals'
import { useDesk, useNow, usePending, useReplica, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { UnknownBanner } from '../users/unknown-banner'
import { carryDatesOver, datesProblem } from './dates/confirming'
import css from './order-detail.module.css'
import { ordersOf } from './orders'

/** What became of dates that were sent from here, and what others did meanwhile. */
export function OrderNotices({ order }: { readonly order: Order }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const pending = usePending(order.id)
  const orders = ordersOf(desk)
  const draft = useStore(orders.store, ({ dates }) => dates.get(order.id))
  useReplica(({ replica }) => replica.store.getState().revision)
  const problem = draft ? datesProblem(desk, order, draft) : null
  const isOvertaken = problem?.kind === 'changed' || problem?.kind === 'gone'
  const queued = pending.some(({ phase }) => phase.kind === 'queued')
  const unknown = pending.find(({ phase }) => phase.kind === 'unknown')
  const refused = pending.find(({ phase }) => phase.kind === 'refused')
  const discard = (id: string) => {
    desk.commands.dismiss(id)
    if (desk.console.getState().outbox.some((entry) => entry.id === id)) {
      desk.bridge.request('outbox.discard', { id }).catch(desk.report)
    }
  }
  return (
    <>
      {queued && (
        <Banner meaning="notice" className={css.notice}>
          {t('order.dates.queued')}
        </Banner>
      )}
      {draft && isOvertaken && (
        <Banner
          meaning="warning"
          isAlert
          className={css.notice}
          actions={
            <>
              {problem.kind === 'changed' && (
                <TextButton onPress={() => carryDatesOver(desk, order, draft)}>
                  {t('order.dates.carryOver')}
                </TextButton>
              )}
              <TextButton onPress={() => orders.putDates(order.id, null)}>
                {t('edit.discard')}
              </TextButton>
            </>
          }
        >
          {problem.why(texts)}
        </Banner>
      )}
      {/* That it has changed is said once, with the way on. */}
      {refused?.phase.kind === 'refused' && !isOvertaken && (
        <Banner
          meaning={refused.phase.error.code === 'stale_version' ? 'warning' : 'danger'}
          isAlert
          className={css.notice}
          actions={
            <TextButton onPress={() => discard(refused.id)}>{t('controls.close')}</TextButton>
          }
        >
          {refusalSentence(refused.phase.error, texts, formats, now)}{' '}
          <RefusalCode error={refused.phase.error} />
        </Banner>
      )}
      <UnknownBanner send={unknown} />
    </>
  )
}
