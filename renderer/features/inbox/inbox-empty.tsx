import { Inbox, SearchX } from 'lucide-react'
import { useStore } from 'zustand'
import { keyCaps } from '../../actions/keys'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { claimAction } from './actions/claim'

/** The list without rows: filtered to nothing, or nothing there. */
export function InboxEmpty() {
  const { inbox } = useDesk()
  const { t } = useTexts()
  const { filter, query } = useStore(inbox.store)
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  if (query !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title={t('inbox.nothingFound', { query })}
        detail={t('inbox.nothingFoundDetail')}
        actions={
          <>
            {filter !== 'all' && (
              <Button onPress={() => inbox.setFilter('all')}>{t('inbox.searchAll')}</Button>
            )}
            <Button variant="quiet" onPress={() => inbox.setQuery('')}>
              {t('controls.clear')}
            </Button>
          </>
        }
      />
    )
  }
  const detail =
    filter === 'mine'
      ? t('inbox.empty.mine.detail', {
          key: keyCaps(claimAction.keys?.[0] ?? '', platform).join(''),
        })
      : t(`inbox.empty.${filter}.detail`)
  return <EmptyState icon={Inbox} title={t(`inbox.empty.${filter}`)} detail={detail} />
}
