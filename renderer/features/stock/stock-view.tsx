import { Boxes, SearchX } from 'lucide-react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import { useDesk, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { CrashBoundary } from '../../ui/crash-boundary'
import { DataGrid } from '../../ui/data-grid'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { usualHints } from '../../ui/row-list'
import { listKeys } from './actions/list'
import { ArticlePane } from './article-pane'
import { ArticleName, StandingCell } from './cells'
import { StockAge } from './stock-age'
import { stockFilters, stockOf, STOCK } from './stock'
import { warehousesOpen } from '../../state/warehouses'
import css from './stock-view.module.css'

/** What every opened warehouse can deliver of each article, and the one that is open beside it. */
export function StockView() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const user = useUser()
  const stock = stockOf(desk)
  const { filter, query } = useStore(stock.store)
  const view = useReplica(stock.view)
  const warehouses = useReplica(warehousesOpen)
  const selected = useNavigation((state) => state.selected[STOCK] ?? null)
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  if (user && !mayDo(user, 'read_requisition')) {
    return (
      <EmptyState
        icon={Boxes}
        isScreen
        title={t('stock.notAllowed')}
        detail={t('stock.notAllowedDetail')}
      />
    )
  }
  return (
    <div className={css.screen}>
      <section className={css.list} aria-label={t('stock.title')}>
        <ListHeader
          screen={STOCK}
          title={t('stock.title')}
          filter={{
            label: t('stock.filter'),
            value: filter,
            onChange: stock.setFilter,
            options: stockFilters.map((id) => ({ id, name: t(`stock.filter.${id}`) })),
          }}
          search={{
            label: t('stock.search'),
            placeholder: t('stock.searchPlaceholder'),
            value: query,
            onChange: stock.setQuery,
            keys: listKeys.search.keys?.[0] ?? '',
          }}
          beside={<StockAge />}
          hits={
            query === '' && filter === 'all' ? null : t('stock.hits', { count: view.ids.length })
          }
        />
        <DataGrid
          screen={STOCK}
          label={t('stock.grid')}
          ids={view.ids}
          selected={selected}
          onSelect={(id) => desk.navigation.select(STOCK, id)}
          columns={[
            { id: 'article', title: t('stock.article'), isName: true },
            ...warehouses.map(({ id, name }) => ({ id, title: name })),
          ]}
          cell={(id, column) =>
            column === 'article' ? (
              <ArticleName id={id} />
            ) : (
              <StandingCell articleId={id} warehouseId={column} />
            )
          }
          isLoading={isLoading}
          empty={<StockEmpty />}
          hints={usualHints(listKeys, texts)}
        />
      </section>
      {selected !== null && (
        <section className={css.detail} aria-label={t('stock.detail')}>
          <CrashBoundary key={selected}>
            <ArticlePane id={selected} />
          </CrashBoundary>
        </section>
      )}
    </div>
  )
}

function StockEmpty() {
  const stock = stockOf(useDesk())
  const { t } = useTexts()
  const { filter, query } = useStore(stock.store)
  if (query === '' && filter === 'all') {
    return <EmptyState icon={Boxes} title={t('stock.none')} detail={t('stock.noneDetail')} />
  }
  return (
    <EmptyState
      icon={SearchX}
      title={query === '' ? t('stock.nothingHere') : t('stock.nothingFound', { query })}
      detail={t('stock.nothingFoundDetail')}
      actions={
        <>
          {filter !== 'all' && (
            <Button onPress={() => stock.setFilter('all')}>{t('stock.showAll')}</Button>
          )}
          {query !== '' && (
            <Button variant="quiet" onPress={() => stock.setQuery('')}>
              {t('controls.clear')}
            </Button>
          )}
        </>
      }
    />
  )
}
