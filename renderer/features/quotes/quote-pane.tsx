import { CloudOff, FileQuestion, FileSignature, TriangleAlert } from 'lucide-react'
import { refusalSentence } from '../../../language/refusals'
import { keyCaps } from '../../actions/keys'
import { useConsole, useNow, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { RefusalCode } from '../../ui/refusal-code'
import { Skeleton } from '../../ui/skeleton'
import { listKeys } from './actions/list'
import { QuoteDetail } from './quote-detail'
import { useQuote } from './use-quote'

/** The quote that is open, or what to do when none is. */
export function QuotePane({ id }: { readonly id: string | null }) {
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  if (id !== null) return <OpenQuote id={id} />
  const cap = (key: string | undefined) => keyCaps(key ?? '', platform).join('')
  return (
    <EmptyState
      icon={FileSignature}
      title={t('quotes.nothingSelected')}
      detail={t('inbox.nothingSelectedDetail', {
        down: cap(listKeys.next.keys?.[0]),
        up: cap(listKeys.previous.keys?.[0]),
      })}
    />
  )
}

function OpenQuote({ id }: { readonly id: string }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const answer = useQuote(id)
  switch (answer.kind) {
    case 'known':
      return <QuoteDetail quote={answer.quote} fetchedAt={answer.fetchedAt} />
    case 'loading':
      return <Skeleton label={t('quotes.loading')} rows={6} />
    case 'offline':
      return (
        <EmptyState
          icon={CloudOff}
          title={t('quotes.notHere')}
          detail={t('orders.notHereDetail')}
        />
      )
    case 'gone':
      return (
        <EmptyState icon={FileQuestion} title={t('quotes.gone')} detail={t('orders.goneDetail')} />
      )
    case 'failed':
      return (
        <EmptyState
          icon={TriangleAlert}
          title={t('quotes.failed')}
          detail={refusalSentence(answer.error, texts, formats, now)}
          actions={
            <>
              <Button onPress={answer.again}>{t('controls.retry')}</Button>
              <RefusalCode error={answer.error} />
            </>
          }
        />
      )
  }
}
