import { History } from 'lucide-react'
import { useStore } from 'zustand'
import { refusalSentence } from '../../../language/refusals'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Button } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import css from '../orders/older-footer.module.css'
import { loadOlder } from './load-older'
import { quotesOf } from './quotes'

/** The way on from what the window keeps to what only the gateway has. */
export function OlderFooter() {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const { older } = useStore(quotesOf(desk).store)
  const isReachable = useConsole(canReachGateway)
  const { phase } = older
  if (phase.kind === 'end') return <p className={css.note}>{t('quotes.olderEnd')}</p>
  if (!isReachable) return <p className={css.note}>{t('quotes.olderOffline')}</p>
  if (phase.kind === 'loading') return <p className={css.note}>{t('quotes.olderLoading')}</p>
  return (
    <div className={css.way}>
      {phase.kind === 'failed' && (
        <p className={css.note} role="alert">
          {refusalSentence(phase.error, texts, formats, now)} <RefusalCode error={phase.error} />
        </p>
      )}
      <Button
        variant="quiet"
        icon={History}
        onPress={() => void loadOlder(desk).catch(desk.report)}
      >
        {t('action.quotes.older')}
      </Button>
    </div>
  )
}
