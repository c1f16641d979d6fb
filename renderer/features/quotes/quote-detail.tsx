import { CloudDownload } from 'lucide-react'
import { useRef } from 'react'
import { useStore } from 'zustand'
import type { Quote } from '../../../contract/quotes'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { detailId } from '../../ui/list-focus'
import { useWidth } from '../inbox/use-width'
import css from '../orders/order-detail.module.css'
import { DraftLines } from './draft-lines'
import { mayWrite } from './may'
import { QuoteAside } from './quote-aside'
import { QuoteBar } from './quote-bar'
import { QuoteFields } from './quote-fields'
import { QuoteHead } from './quote-head'
import { QuoteLines } from './quote-lines'
import { QuoteNotices } from './quote-notices'
import { quotesOf, QUOTES } from './quotes'
import { Versions } from './versions'

/** From this width on, in pixels, delivery and history stand beside the lines, else below them. */
const WIDE = 1240

/** One quote: for whom, what and until when; while it has not gone out, in fields. */
export function QuoteDetail({
  quote,
  fetchedAt,
}: {
  readonly quote: Quote
  readonly fetchedAt: string | null
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const isWide = useWidth(frame) >= WIDE
  const isWritable = useReplica(() => fetchedAt === null && mayWrite(desk, quote))
  const isCompared = useStore(quotesOf(desk).store, ({ compared }) => compared?.id === quote.id)
  return (
    <div ref={frame} className={css.frame}>
      <div className={css.columns}>
        <div
          ref={scroller}
          id={detailId(QUOTES)}
          className={css.scroller}
          data-scroller=""
          tabIndex={0}
          role="region"
          aria-label={t('quote.named', { number: quote.number })}
        >
          <QuoteHead quote={quote} isWritten={isWritable} />
          {fetchedAt !== null && (
            <Banner meaning="plain" icon={CloudDownload} className={css.notice}>
              {t('orders.fetched', { when: formats.when(fetchedAt, now) })}
            </Banner>
          )}
          <QuoteNotices quote={quote} />
          {isWritable && <QuoteFields quote={quote} />}
          {isCompared ? (
            <Versions quote={quote} scroller={scroller} />
          ) : isWritable ? (
            <DraftLines quote={quote} scroller={scroller} />
          ) : (
            <QuoteLines quote={quote} scroller={scroller} />
          )}
          {!isWide && <QuoteAside quote={quote} placement="below" />}
        </div>
        {isWide && (
          <aside className={css.aside} aria-label={t('history.title')}>
            <QuoteAside quote={quote} placement="beside" />
          </aside>
        )}
      </div>
      <QuoteBar quote={quote} isLive={fetchedAt === null} />
    </div>
  )
}
