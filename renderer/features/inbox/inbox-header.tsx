import { useStore } from 'zustand'
import { useDesk, useTexts } from '../../desk-hooks'
import { inboxFilters } from '../../state/inbox'
import type { InboxView } from '../../state/inbox'
import { SearchField } from '../../ui/search-field'
import { Segments } from '../../ui/segments'
import { searchAction } from './actions/focus'
import { focusList, SEARCH_ID } from './focus'
import css from './inbox-header.module.css'

/** Which requisitions are shown, and the search among them. */
export function InboxHeader({ view }: { readonly view: InboxView }) {
  const { inbox } = useDesk()
  const { t, formats } = useTexts()
  const { filter, query } = useStore(inbox.store)
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
        {query !== '' && (
          <p className={css.hits} role="status">
            {t('inbox.hits', { count: view.ids.length })}
          </p>
        )}
      </div>
    </header>
  )
}
