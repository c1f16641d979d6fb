import { FileSignature, SearchX, X } from 'lucide-react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import { useDesk, useEntity, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Button, IconButton } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { RowList, usualHints } from '../../ui/row-list'
import { SplitPane } from '../../ui/split-pane'
import listCss from '../orders/order-list.module.css'
import headCss from '../orders/orders-view.module.css'
import { listKeys } from './actions/list'
import { OlderFooter } from './older-footer'
import { QuotePane } from './quote-pane'
import { QuoteRow } from './quote-row'
import { quoteFilters, quotesOf, QUOTES } from './quotes'
import type { QuotesView as View } from './quotes'

/** The quotes beside the one that is open. */
export function QuotesView() {
  const desk = useDesk()
  const { t } = useTexts()
  const user = useUser()
  const quotes = quotesOf(desk)
  useStore(quotes.store)
  const view = useReplica(quotes.view)
  const selected = useNavigation((state) => state.selected[QUOTES] ?? null)
  if (user && !mayDo(user, 'read_requisition')) {
    return (
      <EmptyState isScreen title={t('quotes.notAllowed')} detail={t('quotes.notAllowedDetail')} />
    )
  }
  return (
    <SplitPane
      listLabel={t('quotes.title')}
      detailLabel={t('lines.title')}
      list={
        <>
          <Header view={view} />
          <QuoteList view={view} selected={selected} />
        </>
      }
      selected={selected}
      detail={<QuotePane key={selected ?? ''} id={selected} />}
    />
  )
}

function Header({ view }: { readonly view: View }) {
  const quotes = quotesOf(useDesk())
  const { t } = useTexts()
  const { filter, query, companyId } = useStore(quotes.store)
  const company = useEntity('company', companyId)
  return (
    <ListHeader
      screen={QUOTES}
      title={t('quotes.title')}
      filter={{
        label: t('quotes.filter'),
        value: filter,
        onChange: quotes.setFilter,
        options: quoteFilters.map((id) => ({ id, name: t(`quotes.filter.${id}`) })),
        counts: { open: view.openCount },
      }}
      search={{
        label: t('quotes.search'),
        placeholder: t('quotes.searchPlaceholder'),
        value: query,
        onChange: quotes.setQuery,
        keys: listKeys.search.keys?.[0] ?? '',
      }}
      hits={query === '' ? null : t('quotes.hits', { count: view.ids.length })}
    >
      {companyId !== null && (
        <p className={headCss.only}>
          <span className={headCss.onlyWords}>
            {t('orders.onlyCompany', { company: company?.name ?? companyId })}
          </span>
          <IconButton
            label={t('quotes.allCompanies')}
            icon={X}
            onPress={() => quotes.showCompany(null)}
          />
        </p>
      )}
    </ListHeader>
  )
}

function QuoteList({
  view: { ids },
  selected,
}: {
  readonly view: View
  readonly selected: string | null
}) {
  const { navigation } = useDesk()
  const texts = useTexts()
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  return (
    <RowList
      screen={QUOTES}
      label={texts.t('quotes.list')}
      ids={ids}
      selected={selected}
      onSelect={(id) => navigation.select(QUOTES, id)}
      row={(id, isSelected) => <QuoteRow id={id} isSelected={isSelected} />}
      isLoading={isLoading}
      empty={<QuotesEmpty />}
      footer={!isLoading && ids.length > 0 && <OlderFooter />}
      hints={usualHints(listKeys, texts)}
    />
  )
}

/** What would be here; older ones may be, so the way to them belongs to it. */
function QuotesEmpty() {
  const quotes = quotesOf(useDesk())
  const { t } = useTexts()
  const { filter, query } = useStore(quotes.store)
  const isSearch = query !== ''
  return (
    <EmptyState
      icon={isSearch ? SearchX : FileSignature}
      title={isSearch ? t('quotes.nothingFound', { query }) : t(`quotes.empty.${filter}`)}
      detail={t(isSearch ? 'orders.nothingFoundDetail' : 'quotes.empty.detail')}
      actions={
        <div className={listCss.ways}>
          <OlderFooter />
          {isSearch && (
            <Button variant="quiet" onPress={() => quotes.setQuery('')}>
              {t('controls.clear')}
            </Button>
          )}
        </div>
      }
    />
  )
}
