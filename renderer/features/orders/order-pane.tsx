import { ClipboardCheck, CloudOff, FileQuestion, TriangleAlert } from 'lucide-react'
import { refusalSentence } from '../../../language/refusals'
import { keyCaps } from '../../actions/keys'
import { useConsole, useNow, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { RefusalCode } from '../../ui/refusal-code'
import { Skeleton } from '../../ui/skeleton'
import { listKeys } from './actions/list'
import { OrderDetail } from './order-detail'
import { useOrder } from './use-order'

/** The order that is open, or what to do when none is. */
export function OrderPane({ id }: { readonly id: string | null }) {
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  if (id !== null) return <OpenOrder id={id} />
  const cap = (key: string | undefined) => keyCaps(key ?? '', platform).join('')
  return (
    <EmptyState
      icon={ClipboardCheck}
      title={t('orders.nothingSelected')}
      detail={t('inbox.nothingSelectedDetail', {
        down: cap(listKeys.next.keys?.[0]),
        up: cap(listKeys.previous.keys?.[0]),
      })}
    />
  )
}

function OpenOrder({ id }: { readonly id: string }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const answer = useOrder(id)
  switch (answer.kind) {
    case 'known':
      return <OrderDetail order={answer.order} fetchedAt={answer.fetchedAt} />
    case 'loading':
      return <Skeleton label={t('orders.loading')} rows={6} />
    case 'offline':
      return (
        <EmptyState
          icon={CloudOff}
          title={t('orders.notHere')}
          detail={t('orders.notHereDetail')}
        />
      )
    case 'gone':
      return (
        <EmptyState icon={FileQuestion} title={t('orders.gone')} detail={t('orders.goneDetail')} />
      )
    case 'failed':
      return (
        <EmptyState
          icon={TriangleAlert}
          title={t('orders.failed')}
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
