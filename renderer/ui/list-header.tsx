import { memo } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { focusList, searchId } from './list-focus'
import css from './list-header.module.css'
import { SearchField } from './search-field'
import { Segments } from './segments'
import type { SegmentCounts } from './segments'

/** Drawn anew only when something of it changes: the counts beside it change all day. */
const Search = memo(function Search({
  screen,
  ...search
}: Omit<ComponentProps<typeof SearchField>, 'onLeave'> & { readonly screen: string }) {
  return <SearchField {...search} onLeave={() => focusList(screen)} />
})

/** The head of a list: which rows are shown, and the search among them. */
export function ListHeader<Filter extends string>({
  screen,
  title,
  filter,
  search,
  beside,
  hits,
  action,
  children,
}: {
  readonly screen: string
  readonly title: string
  readonly filter?: {
    readonly label: string
    readonly value: Filter
    readonly options: readonly { readonly id: Filter; readonly name: string }[]
    readonly counts?: SegmentCounts<Filter>
    readonly onChange: (value: Filter) => void
  }
  readonly search: {
    readonly label: string
    readonly placeholder: string
    readonly value: string
    readonly onChange: (value: string) => void
    readonly keys: string
  }
  /** Stands beside the search, so that nothing below moves when it comes and goes. */
  readonly beside?: ReactNode
  /** How many were found, read out as one types; nothing without a query. */
  readonly hits: string | null
  readonly action?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <header className={css.header}>
      <div className={css.filters}>
        <h1 className={filter ? css.title : undefined}>{title}</h1>
        {filter && <Segments {...filter} />}
        {action && <div className={css.action}>{action}</div>}
      </div>
      <div id={searchId(screen)} className={css.search}>
        <Search screen={screen} {...search} />
        {beside}
        {hits !== null && (
          <p className={css.hits} role="status">
            {hits}
          </p>
        )}
      </div>
      {children}
    </header>
  )
}
