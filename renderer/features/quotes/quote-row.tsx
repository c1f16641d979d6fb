import { memo } from 'react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useNow, useReplica, useTexts } from '../../desk-hooks'
import { Money } from '../../ui/figure'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { quoteStateLook, validityWords } from './quote-words'
import { quotesOf } from './quotes'

/** One quote in the list: for whom and how much, then where it stands, its number and its last day. */
export const QuoteRow = memo(function QuoteRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const quotes = quotesOf(desk)
  useStore(quotes.store, ({ older }) => older.rows)
  const isUnsaved = useStore(quotes.store, ({ drafts }) => drafts.has(id))
  const quote = useReplica(() => quotes.head(id))
  const company = useEntity('company', quote?.companyId)
  if (!quote) return null
  const { meaning, icon } = quoteStateLook[quote.state]
  const today = formats.dateOf(now)
  return (
    <ListRow
      isSelected={isSelected}
      isFaded={quote.state === 'withdrawn'}
      title={company?.name ?? quote.companyId}
      figure={<Money amount={quote.totals.net} currency={quote.totals.currency} />}
      facts={[
        {
          id: 'state',
          content: (
            <Status meaning={meaning} icon={icon}>
              {t(`quote.state.${quote.state}`)}
            </Status>
          ),
        },
        { id: 'number', content: quote.number },
        { id: 'unsaved', content: isUnsaved && t('quote.unsavedShort') },
      ]}
      end={<time dateTime={quote.validUntil}>{validityWords(quote, texts, today)}</time>}
    />
  )
})
