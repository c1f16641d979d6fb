import type { Quote } from '../../../contract/quotes'
import { seesCost } from '../../../domain/access/rights'
import { documentMargin } from '../../../domain/money/margin'
import { priceToOrder } from '../../../domain/requisition/line-price'
import type { Desk } from '../../desk'
import { useEntity, useOwnUser, useReplica, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { ApprovalSteps } from '../inbox/approval-steps'
import { addressFact, AsideFacts, contactFact, type AsideFact } from '../inbox/aside-facts'
import { AttachmentsOf } from '../inbox/attachments'
import { History } from '../inbox/history'
import css from '../inbox/requisition-aside.module.css'

/** Its review, the customer, and what has happened: beside the lines or below them. */
export function QuoteAside({
  quote,
  placement,
}: {
  readonly quote: Quote
  readonly placement: 'beside' | 'below'
}) {
  const texts = useTexts()
  const { t } = texts
  const company = useEntity('company', quote.companyId)
  const contact = useEntity('contact', quote.contactId)
  const { deliveryAddress } = quote
  const facts: readonly AsideFact[] = [
    [t('quote.margin'), <Margin key="margin" quote={quote} />],
    addressFact(deliveryAddress, texts),
    contactFact(contact, texts),
    [t('company.number'), company?.id],
    [t('head.paymentTerms'), company?.paymentTerms],
    [t('head.freightTerms'), quote.freightTerms],
    [t('quote.message'), quote.message],
  ]
  const user = useOwnUser()
  const shown = user && seesCost(user) ? facts : facts.slice(1)
  return (
    <div className={classes(css.aside, css[placement])}>
      {quote.steps.length > 0 && (
        <section>
          <h3 className={css.title}>{t('quote.review.title')}</h3>
          <ApprovalSteps
            steps={quote.steps}
            isOpen={quote.state === 'in_review'}
            companyId={quote.companyId}
          />
        </section>
      )}
      <AsideFacts facts={shown} />
      <AttachmentsOf requisitionId={quote.requisition?.id ?? null} />
      <section>
        <h3 className={css.title}>{t('history.title')}</h3>
        <History kind="quote" aggregateId={quote.id} />
      </section>
    </div>
  )
}

/** What the quote as it is brings in, of what is sold; only for who sees costs. */
function Margin({ quote }: { readonly quote: Quote }) {
  const { t, formats } = useTexts()
  const margin = useReplica((desk) => marginOf(desk, quote))
  return <>{margin === null ? t('quote.marginUnknown') : formats.percent(margin, 1)}</>
}

function marginOf({ replica }: Desk, { lines }: Quote): number | null {
  const rows = lines.flatMap((line) => {
    const price = priceToOrder({ shown: line.byHand, resolved: line.resolved })
    if (!price) return []
    const cost = replica.get('article', line.articleId)?.cost ?? null
    const { quantity, vatRate } = line
    return [{ price: price.unitPrice, quantity, rebate: price.rebate, vatRate, cost }]
  })
  const margin = documentMargin(rows)
  return margin.kind === 'known' && rows.length === lines.length ? margin.margin : null
}
