import { useEffect, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useStore } from 'zustand'
import type { Quote, QuoteLine } from '../../../contract/quotes'
import {
  compareLines,
  counteredLines,
  type ComparableLine,
  type LineDifference,
} from '../../../domain/quote/draft'
import { priceToOrder } from '../../../domain/requisition/line-price'
import { useConsole, useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { canReachGateway } from '../../state/console'
import { classes } from '../../ui/class-names'
import { Money } from '../../ui/figure'
import { SelectField } from '../../ui/select-field'
import { Skeleton } from '../../ui/skeleton'
import { Table } from '../../ui/table'
import linesCss from '../orders/order-lines.module.css'
import { quotesOf } from './quotes'
import css from './quotes.module.css'

const ROW = 57

/** The counter-offer stands among the versions, as what the customer wants. */
const COUNTER = 'counter'

/** The present version beside an earlier one, or beside what the customer wants. */
export function Versions({
  quote,
  scroller,
}: {
  readonly quote: Quote
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const { store } = quotesOf(desk)
  const chosen = useStore(store, ({ compared }) => compared?.revision ?? null)
  const versions = useVersions(quote.id)
  if (versions.kind === 'offline') return <p className={css.none}>{t('quote.versionsOffline')}</p>
  if (versions.kind === 'failed') return <p className={css.none}>{t('quote.versionsFailed')}</p>
  if (versions.kind === 'loading') return <Skeleton label={t('quotes.loading')} rows={4} />
  const earlier = versions.versions.filter(({ revision }) => revision < quote.revision)
  const counter = quote.outcome?.kind === 'countered' ? quote.outcome : null
  const other = earlier.find(({ revision }) => revision === chosen) ?? earlier[0]
  const isCounter = counter !== null && (chosen === 0 || !other)
  const before = isCounter ? wanted(quote, counter.lines) : (other?.lines ?? []).map(comparable)
  const after = quote.lines.map(comparable)
  const rows = isCounter ? compareLines(after, before) : compareLines(before, after)
  const changed = rows.filter(({ kind }) => kind !== 'same').length
  const options = [
    ...(counter ? [{ id: COUNTER, name: t('quote.theCounter') }] : []),
    ...earlier.map(({ revision }) => ({
      id: String(revision),
      name: t('quote.version', { version: revision }),
    })),
  ]
  return (
    <div className={css.table}>
      <div className={css.compare}>
        <SelectField
          label={t('quote.compareWith')}
          value={isCounter ? COUNTER : String(other?.revision ?? '')}
          options={options}
          onChange={(id) =>
            store.setState({
              compared: { id: quote.id, revision: id === COUNTER ? 0 : Number(id) },
            })
          }
        />
        <p>
          {t('quote.differences', { count: changed })}
          {!isCounter && other && (
            <>
              {' '}
              <Money amount={other.totals.net} currency={quote.currency} /> →{' '}
              <Money amount={quote.totals.net} currency={quote.currency} />
            </>
          )}
        </p>
      </div>
      <Table
        label={t('quote.versionsTitle')}
        className={css.versions}
        scroller={scroller}
        count={rows.length}
        rowKey={(at) => lineOf(rows[at])?.id ?? String(at)}
        rowHeight={() => ROW}
        columns={[
          { id: 'article', title: t('lines.article') },
          { id: 'what', title: t('quote.change') },
          { id: 'quantity', title: t('lines.quantity'), align: 'end' },
          { id: 'price', title: t('lines.price'), align: 'end' },
          { id: 'rebate', title: t('lines.rebate'), align: 'end' },
        ]}
        cells={(at) => {
          const row = rows[at]
          if (!row) return {}
          return {
            article: <Article line={lineOf(row)} />,
            what: row.kind !== 'same' && t(`quote.difference.${row.kind}`),
            quantity: <Sides row={row}>{(line) => formats.quantity(line.quantity)}</Sides>,
            price: (
              <Sides row={row}>
                {(line) => (line.price ? formats.unitPrice(line.price.amount) : '–')}
              </Sides>
            ),
            rebate: (
              <Sides row={row}>
                {(line) =>
                  line.price && line.price.rebate !== 0 ? formats.percent(-line.price.rebate) : ''
                }
              </Sides>
            ),
          }
        }}
      />
    </div>
  )
}

/** A figure as it was and as it is, once where both are the same. */
function Sides({
  row,
  children,
}: {
  readonly row: LineDifference
  readonly children: (line: ComparableLine) => string
}): ReactNode {
  const { t } = useTexts()
  const before = 'before' in row ? children(row.before) : ''
  const after = 'after' in row ? children(row.after) : ''
  if (before === after || row.kind === 'added') return <span>{after}</span>
  if (row.kind === 'removed') return <del>{before}</del>
  return (
    <span className={css.sides}>
      <del aria-label={t('quote.was', { value: before })}>{before}</del>
      <ins>{after}</ins>
    </span>
  )
}

function Article({ line }: { readonly line: ComparableLine | undefined }) {
  const { t, language } = useTexts()
  const article = useEntity('article', line?.articleId)
  return (
    <div data-selectable="">
      <div className={linesCss.name}>
        {article ? article.name[language] : t('lines.unknownArticle')}
      </div>
      <div className={classes(linesCss.number)}>{line?.articleId}</div>
    </div>
  )
}

function lineOf(row: LineDifference | undefined): ComparableLine | undefined {
  if (!row) return undefined
  return 'after' in row ? row.after : row.before
}

function comparable(line: QuoteLine): ComparableLine {
  const price = priceToOrder({ shown: line.byHand, resolved: line.resolved })
  return {
    id: line.id,
    articleId: line.articleId,
    quantity: line.quantity,
    price: price && {
      amount: price.unitPrice.amount,
      basis: price.unitPrice.basis,
      rebate: price.rebate,
    },
    requestedDate: line.requestedDate,
    comment: line.comment,
  }
}

/** The present lines with what the customer wants otherwise. */
function wanted(
  quote: Quote,
  counter: Extract<NonNullable<Quote['outcome']>, { kind: 'countered' }>['lines'],
): readonly ComparableLine[] {
  const lines = quote.lines.map(comparable)
  const drafted = lines.map(({ articleId, ...line }) => ({
    ...line,
    article: articleId,
    warehouse: null,
  }))
  const asked = counter.map(({ id, quantity, price }) => ({
    id,
    quantity,
    price: price && {
      amount: price.unitPrice.amount,
      basis: price.unitPrice.basis,
      rebate: price.rebate,
    },
  }))
  return counteredLines(drafted, asked).map(({ article, warehouse: _warehouse, ...line }) => ({
    ...line,
    articleId: article,
  }))
}

type VersionsAnswer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'known'; readonly versions: readonly Quote[] }

/** The versions that have gone out, as the gateway keeps them. */
function useVersions(id: string): VersionsAnswer {
  const desk = useDesk()
  const isReachable = useConsole(canReachGateway)
  const version = useReplica(({ replica }) => replica.versionOf('quote', id))
  const [answer, setAnswer] = useState<VersionsAnswer>({ kind: 'loading' })
  useEffect(() => {
    if (!isReachable) return undefined
    let isWanted = true
    void ask(desk, 'quote.versions', { id, limit: 20 }).then((result) => {
      if (!isWanted) return
      setAnswer(result.ok ? { kind: 'known', versions: result.value.rows } : { kind: 'failed' })
    })
    return () => {
      isWanted = false
    }
  }, [desk, id, version, isReachable])
  return answer.kind === 'loading' && !isReachable ? { kind: 'offline' } : answer
}
