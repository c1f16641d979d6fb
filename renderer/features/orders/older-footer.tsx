import { History } from 'lucide-react'
import { useStore } from 'zustand'
import { refusalSentence } from '../../../language/refusals'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import { Button, TextButton } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { loadOlder } from './load-older'
import css from './older-footer.module.css'
import { ordersOf } from './orders'

/** The way on from what the window keeps to what only the gateway has. */
export function OlderFooter() {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const { older, query } = useStore(ordersOf(desk).store)
  const isReachable = useConsole(canReachGateway)
  const load = () => void loadOlder(desk).catch(desk.report)
  const { phase } = older

  if (phase.kind === 'end') {
    return (
      <p className={css.note}>{t(query === '' ? 'orders.olderEnd' : 'orders.olderEndMatching')}</p>
    )
  }
  if (!isReachable) return <p className={css.note}>{t('orders.olderOffline')}</p>
  if (phase.kind === 'failed') {
    return (
      <p className={css.note} role="alert">
        {t('orders.olderFailed')} {refusalSentence(phase.error, texts, formats, now)}{' '}
        <RefusalCode error={phase.error} />{' '}
        <TextButton onPress={load}>{t('controls.retry')}</TextButton>
      </p>
    )
  }
  const isLoading = phase.kind === 'loading'
  return (
    <div className={css.way} role="status">
      <Button variant="quiet" icon={History} isDisabled={isLoading} onPress={load}>
        {isLoading
          ? t('orders.olderLoading')
          : t(query === '' ? 'orders.older' : 'orders.olderMatching')}
      </Button>
    </div>
  )
}
