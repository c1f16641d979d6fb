import { Building2, FileQuestion } from 'lucide-react'
import { keyCaps } from '../../actions/keys'
import { useConsole, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { EmptyState } from '../../ui/empty-state'
import { listKeys } from './actions/list'
import { CustomerDetail } from './customer-detail'

/** The customer that is open, or what to do when none is. */
export function CustomerPane({ id }: { readonly id: string | null }) {
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  const company = useEntity('company', id)
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  if (company) return <CustomerDetail company={company} />
  if (id !== null && isLoaded) {
    return (
      <EmptyState
        icon={FileQuestion}
        title={t('customers.gone')}
        detail={t('customers.goneDetail')}
      />
    )
  }
  const cap = (key: string | undefined) => keyCaps(key ?? '', platform).join('')
  return (
    <EmptyState
      icon={Building2}
      title={t('customers.nothingSelected')}
      detail={t('inbox.nothingSelectedDetail', {
        down: cap(listKeys.next.keys?.[0]),
        up: cap(listKeys.previous.keys?.[0]),
      })}
    />
  )
}
