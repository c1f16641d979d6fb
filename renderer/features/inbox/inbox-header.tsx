import { ArrowUp } from 'lucide-react'
import { useStore } from 'zustand'
import { useDesk, useTexts } from '../../desk-hooks'
import { inboxFilters } from '../../state/inbox'
import type { InboxView } from '../../state/inbox'
import { Button } from '../../ui/button'
import { SearchField } from '../../ui/search-field'
import { Segments } from '../../ui/segments'
import { searchAction } from './actions/focus'
import { showNewAction } from './actions/move'
import { focusList, LIST_ID, SEARCH_ID } from './focus'
import css from './inbox-header.module.css'

/** Which requisitions are shown, the search among them, and how many new ones are held back. */
export function InboxHeader({ view }: { readonly view: InboxView }) {
  const { inbox } = useDesk()
  const { t, formats } = useTexts()
  const { filter, query } = useStore(inbox.store)
  const showNew = () => {
    inbox.releaseNew()
    document.getElementById(LIST_ID)?.scrollTo({ top: 0 })
  }
  const counts: Readonly<Record<string, number>> = view.counts
  return (
    <header className={css.header}>
      <div className={css.filters}>
        <h1 className={css.title}>{t('inbox.title')}</h1>
        <Segments
          label={t('inbox.filter')}
          value={filter}
          onChange={inbox.setFilter}
          options={inboxFilters.map((id) => {
            const count = counts[id]
            return {
              id,
              name: t(`inbox.filter.${id}`),
              ...(count === undefined ? {} : { count: formats.integer(count) }),
            }
          })}
        />
      </div>
      <div id={SEARCH_ID} className={css.search}>
        <SearchField
          label={t('inbox.search')}
          placeholder={t('inbox.searchPlaceholder')}
          value={query}
          onChange={inbox.setQuery}
          onLeave={focusList}
          keys={searchAction.keys?.[0] ?? ''}
        />
        {view.heldCount > 0 && (
          <Button
            className={css.new}
            icon={ArrowUp}
            keys={showNewAction.keys?.[0]}
            onPress={showNew}
          >
            {t('inbox.new', { count: view.heldCount })}
          </Button>
        )}
        {query !== '' && (
          <p className={css.hits} role="status">
            {t('inbox.hits', { count: view.ids.length })}
          </p>
        )}
      </div>
    </header>
  )
}
