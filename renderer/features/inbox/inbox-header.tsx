import { ArrowUp } from 'lucide-react'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useDesk, useTexts } from '../../desk-hooks'
import { INBOX, inboxFilters } from '../../state/inbox'
import type { InboxView } from '../../state/inbox'
import { Button } from '../../ui/button'
import { scrollListToTop } from '../../ui/list-focus'
import { ListHeader } from '../../ui/list-header'
import { searchAction } from './actions/focus'
import { showNewAction } from './actions/move'
import css from './inbox-header.module.css'

/** Which requisitions are shown, the search among them, and how many new ones are held back. */
export function InboxHeader({ view }: { readonly view: InboxView }) {
  const { inbox } = useDesk()
  const { t } = useTexts()
  const { filter, query } = useStore(inbox.store)
  const showNew = () => {
    inbox.releaseNew()
    scrollListToTop(INBOX)
  }
  const options = useMemo(
    () => inboxFilters.map((id) => ({ id, name: t(`inbox.filter.${id}`) })),
    [t],
  )
  return (
    <ListHeader
      screen={INBOX}
      title={t('inbox.title')}
      filter={{
        label: t('inbox.filter'),
        value: filter,
        onChange: inbox.setFilter,
        options,
        counts: view.counts,
      }}
      search={{
        label: t('inbox.search'),
        placeholder: t('inbox.searchPlaceholder'),
        value: query,
        onChange: inbox.setQuery,
        keys: searchAction.keys?.[0] ?? '',
      }}
      beside={
        view.heldCount > 0 && (
          <Button
            className={css.new}
            icon={ArrowUp}
            keys={showNewAction.keys?.[0]}
            onPress={showNew}
          >
            {t('inbox.new', { count: view.heldCount })}
          </Button>
        )
      }
      hits={query === '' ? null : t('inbox.hits', { count: view.ids.length })}
    />
  )
}
