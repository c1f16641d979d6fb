import type { RefObject } from 'react'
import type { Quote, QuoteLine } from '../../../contract/quotes'
import { priceToOrder } from '../../../domain/requisition/line-price'
import { useEntity, useNow, useTexts } from '../../desk-hooks'
import { Quantity } from '../../ui/figure'
import { Table } from '../../ui/table'
import linesCss from '../orders/order-lines.module.css'
import css from './quotes.module.css'

/** A guess of a row's height in pixels: a name and a number under it, and the padding. */
const ROW = 57

/** The lines as they are offered. */
export function QuoteLines({
  quote: { lines, currency },
  scroller,
}: {
  readonly quote: Quote
  readonly scroller: RefObject<HTMLDivElement | null>
}) {
  const { t, formats } = useTexts()
  const today = formats.dateOf(useNow())
  return (
    <div className={css.table}>
      <Table
        label={t('lines.title')}
        className={css.read}
        scroller={scroller}
        count={lines.length}
        rowKey={(at) => lines[at]?.id ?? String(at)}
        rowHeight={() => ROW}
        columns={[
          { id: 'article', title: t('lines.article') },
          { id: 'quantity', title: t('lines.quantity'), align: 'end', className: linesCss.figure },
          { id: 'price', title: t('lines.price'), align: 'end', className: linesCss.figure },
          { id: 'rebate', title: t('lines.rebate'), align: 'end', className: linesCss.lesser },
          { id: 'vat', title: t('lines.vat'), align: 'end', className: linesCss.lesser },
          { id: 'date', title: t('order.column.requested'), className: css.wide },
          { id: 'amount', title: t('lines.rowAmount'), align: 'end', className: linesCss.figure },
        ]}
        cells={(at) => {
          const line = lines[at]
          if (!line) return {}
          const price = priceToOrder({ shown: line.byHand, resolved: line.resolved })
          return {
            article: <ArticleCell line={line} />,
            quantity: <QuantityCell line={line} />,
            price: price ? (
              <>
                {formats.unitPrice(price.unitPrice.amount)}
                {price.unitPrice.basis === 'gross' && (
                  <div className={linesCss.basis}>{t('lines.grossBasis')}</div>
                )}
                {line.byHand && <div className={linesCss.basis}>{t('quote.byHand')}</div>}
              </>
            ) : (
              <span className={css.missing}>{t('lines.priceMissing')}</span>
            ),
            rebate: price && price.rebate !== 0 && formats.percent(-price.rebate),
            vat: formats.percent(line.vatRate),
            date: line.requestedDate && formats.shortDay(line.requestedDate, today),
            amount: line.rowAmount !== null && formats.amount(line.rowAmount, currency),
          }
        }}
      />
    </div>
  )
}

function ArticleCell({ line }: { readonly line: QuoteLine }) {
  const { t, language } = useTexts()
  const article = useEntity('article', line.articleId)
  return (
    <div data-selectable="">
      <div className={linesCss.name}>
        {article ? article.name[language] : t('lines.unknownArticle')}
      </div>
      <div className={linesCss.number}>{line.articleId}</div>
      {line.comment && (
        <div className={linesCss.comment}>{t('controls.quoted', { text: line.comment })}</div>
      )}
    </div>
  )
}

function QuantityCell({ line }: { readonly line: QuoteLine }) {
  const article = useEntity('article', line.articleId)
  return <Quantity quantity={line.quantity} unit={article?.unit ?? ''} />
}
