import { Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useStore } from 'zustand'
import type { Quote } from '../../../contract/quotes'
import type { PriceResolution } from '../../../domain/pricing/rules'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { IconButton } from '../../ui/button'
import { classes } from '../../ui/class-names'
import { Popover } from '../../ui/popover'
import { Table } from '../../ui/table'
import { TextField } from '../../ui/text-field'
import { priceSourceWord, priceSteps } from '../../wording/price'
import { useNow } from '../../desk-hooks'
import linesCss from '../orders/order-lines.module.css'
import { ArticlePicker } from '../customers/article-picker'
import { ARTICLE_FIELD_ID } from './actions/write'
import { addRow, fieldsOf, removeRow, writeRow } from './deeds'
import { amountOf, readRow, resolvedOf, type RowField, type RowForm } from './quote-form'
import { quotesOf } from './quotes'
import css from './quotes.module.css'

/** A guess of a row's height in pixels: a field with a line below it, and the padding. */
const ROW = 73

/** The lines in fields. Enter and the arrows go from row to row, Tab from field to field. */
export function DraftLines({
  quote,
  scroller,
}: {
  readonly quote: Quote
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const draft = useStore(quotesOf(desk).store, ({ drafts }) => drafts.get(quote.id))
  // Articles' names and units may come later.
  useReplica(({ replica }) => replica.store.getState().revision)
  const table = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = table.current
    element?.addEventListener('keydown', moveBetweenRows)
    return () => element?.removeEventListener('keydown', moveBetweenRows)
  }, [])
  const form = fieldsOf(desk, quote)
  const base = draft?.base ?? quote
  const before = useMemo(() => new Map(base.lines.map((line) => [line.id, line])), [base])
  return (
    <div className={css.table} ref={table}>
      <Table
        label={t('lines.title')}
        className={css.lines}
        scroller={scroller}
        count={form.rows.length}
        rowKey={(at) => form.rows[at]?.id ?? String(at)}
        rowHeight={() => ROW}
        columns={[
          { id: 'article', title: t('lines.article'), className: css.beside },
          { id: 'quantity', title: t('lines.quantity'), align: 'end', className: css.entered },
          { id: 'price', title: t('lines.price'), align: 'end', className: css.entered },
          { id: 'rebate', title: t('quote.rebate'), align: 'end', className: css.entered },
          { id: 'date', title: t('order.column.requested'), className: css.wide },
          {
            id: 'amount',
            title: t('lines.rowAmount'),
            align: 'end',
            className: classes(linesCss.figure, css.beside),
          },
          { id: 'remove', title: '' },
        ]}
        cells={(at) => {
          const row = form.rows[at]
          if (!row) return {}
          const was = before.get(row.id)
          const article = desk.replica.get('article', row.articleId)
          const resolved = resolvedOf(form, was, row.id)
          const read = readRow(row, was, article, resolved)
          const priced = amountOf(read, resolved, quote.currency)
          const name = article?.id ?? row.articleId
          const field = (id: RowField, label: string, placeholder?: string) => {
            const problem = read.problems[id]
            return (
              <div data-cell={`${at} ${id}`}>
                <TextField
                  isLabelHidden
                  label={t('quote.fieldOf', { field: label, article: name })}
                  value={row[id]}
                  onChange={(value) => writeRow(desk, quote, row.id, { [id]: value })}
                  error={problem && t(`quote.field.${problem}`)}
                  {...(placeholder === undefined ? {} : { placeholder })}
                />
              </div>
            )
          }
          const own = resolved?.kind === 'priced' ? resolved : null
          return {
            article: <ArticleCell row={row} isNew={!was} />,
            quantity: field('quantity', t('lines.quantity')),
            price: (
              <>
                {field(
                  'price',
                  t('lines.price'),
                  own ? formats.unitPrice(own.unitPrice.amount) : '',
                )}
                <OwnPrice resolved={resolved} isByHand={read.line?.price != null} />
              </>
            ),
            rebate: field(
              'rebate',
              t('quote.rebate'),
              own && own.rebate !== 0 ? formats.percent(own.rebate) : '',
            ),
            date: field('requestedDate', t('order.column.requested'), t('quote.datePlaceholder')),
            amount: priced
              ? formats.amount(priced.amount, quote.currency)
              : read.line && <span className={css.missing}>{t('lines.priceMissing')}</span>,
            remove: (
              <IconButton
                label={t('quote.removeLine', { article: name })}
                icon={Trash2}
                onPress={() => removeRow(desk, quote, row.id)}
              />
            ),
          }
        }}
      />
      {form.rows.length === 0 && <p className={css.none}>{t('quote.noLines')}</p>}
      <AddLine quote={quote} />
    </div>
  )
}

function ArticleCell({ row, isNew }: { readonly row: RowForm; readonly isNew: boolean }) {
  const { t, language } = useTexts()
  const article = useEntity('article', row.articleId)
  return (
    <div data-selectable="">
      <div className={linesCss.name}>
        {article ? article.name[language] : t('lines.unknownArticle')}
      </div>
      <div className={linesCss.number}>
        {row.articleId}
        {isNew && ` · ${t('quote.newLine')}`}
        {row.comment && ` · ${t('controls.quoted', { text: row.comment })}`}
      </div>
    </div>
  )
}

/** Where the own price comes from, and that another is set by hand. */
function OwnPrice({
  resolved,
  isByHand,
}: {
  readonly resolved: PriceResolution | undefined
  readonly isByHand: boolean
}) {
  const texts = useTexts()
  const now = useNow()
  const { t, formats } = texts
  if (!resolved) return null
  const own = resolved.kind === 'priced' ? resolved : null
  const word = own ? priceSourceWord(own.source, texts) : t('lines.priceMissing')
  return (
    <Popover
      label={t('price.why')}
      description={t('price.why')}
      className={css.own}
      face={
        isByHand && own
          ? t('quote.byHandOver', { price: formats.unitPrice(own.unitPrice.amount) })
          : word
      }
    >
      <h3>{t('price.why')}</h3>
      <ol>
        {priceSteps(resolved, texts, now).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Popover>
  )
}

/** Chooses an article for a new row; its quantity has the focus then. */
function AddLine({ quote }: { readonly quote: Quote }) {
  const desk = useDesk()
  const { t } = useTexts()
  const [text, setText] = useState('')
  return (
    <div className={css.add}>
      <ArticlePicker
        id={ARTICLE_FIELD_ID}
        label={t('action.quotes.addLine')}
        articleId={null}
        text={text}
        onChange={({ articleId, articleText }) => {
          if (articleId === null) return setText(articleText)
          setText('')
          addRow(desk, quote, articleId)
          const at = fieldsOf(desk, quote).rows.length - 1
          // When the row is drawn.
          requestAnimationFrame(() => focusCell(`${at} quantity`))
        }}
      />
    </div>
  )
}

function focusCell(name: string): void {
  const field = document.querySelector<HTMLInputElement>(`[data-cell="${name}"] input`)
  field?.focus()
  field?.select()
}

/** Enter and down to the same field of the next row, up to that of the one before. */
function moveBetweenRows(event: KeyboardEvent) {
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const cell = event.target instanceof Element ? event.target.closest('[data-cell]') : null
  const [at, field] = cell?.getAttribute('data-cell')?.split(' ') ?? []
  if (at === undefined || field === undefined) return
  event.preventDefault()
  focusCell(`${Number(at) + by} ${field}`)
}
