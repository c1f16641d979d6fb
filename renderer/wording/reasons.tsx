import type { ReactNode } from 'react'
import type { DecisionReason, Requisition } from '../../contract/entities'
import { RichText } from '../ui/rich-text'
import type { Texts } from '../../language/texts'

/** Parts per million of a limit that is used. */
function share(used: number, limit: number): number {
  return limit > 0 ? Math.round((used / limit) * 1_000_000) : 1_000_000
}

/**
 * A reason in two words, for rows; null for those that follow from what kind of document it is and
 * would stand on nearly every row.
 */
export function reasonInShort(reason: DecisionReason, { t, formats }: Texts): string | null {
  switch (reason.kind) {
    case 'right_below_order':
    case 'not_a_proposal':
      return null
    case 'over_order_limit':
    case 'over_period_limit':
    case 'company_on_hold':
    case 'limit_in_other_currency':
      return t(`reason.short.${reason.kind}`)
    case 'credit_exceeded':
      return t('reason.short.credit_exceeded', {
        percent: formats.percent(share(reason.exposure + reason.total, reason.limit), 0),
      })
    case 'price_missing':
      return t('reason.short.price_missing', { count: reason.lineIds.length })
    case 'price_differs':
    case 'price_stale':
    case 'article_discontinued':
      return t(`reason.short.${reason.kind}`, { count: reason.lineIds.length })
  }
}

/** A reason as a clause of the sentence above the lines, with what it turns on in bold. */
export function ReasonClause({
  reason,
  requisition,
  contactName,
  texts: { formats },
}: {
  readonly reason: DecisionReason
  readonly requisition: Pick<Requisition, 'kind' | 'currency'>
  readonly contactName: string
  readonly texts: Texts
}): ReactNode {
  const money = (amount: number) => formats.money(amount, requisition.currency)
  const limit = (amount: number) => formats.wholeMoney(amount, requisition.currency)
  switch (reason.kind) {
    case 'right_below_order':
      return (
        <RichText
          id={`reason.right_below_order.${reason.right}`}
          values={{ contact: contactName }}
        />
      )
    case 'not_a_proposal':
      return <RichText id={`reason.not_a_proposal.${requisition.kind}`} />
    case 'over_order_limit':
      return (
        <RichText
          id="reason.over_order_limit"
          values={{ total: money(reason.total), limit: limit(reason.limit) }}
        />
      )
    case 'over_period_limit':
      return (
        <RichText
          id={`reason.over_period_limit.${reason.period}`}
          values={{
            total: money(reason.total),
            limit: limit(reason.limit),
            used: money(reason.used),
          }}
        />
      )
    case 'credit_exceeded':
      return (
        <RichText
          id="reason.credit_exceeded"
          values={{
            limit: limit(reason.limit),
            exposure: money(reason.exposure),
            total: money(reason.total),
          }}
        />
      )
    case 'company_on_hold':
      return reason.reason === null ? (
        <RichText id="reason.company_on_hold" />
      ) : (
        <RichText id="reason.company_on_hold.because" values={{ reason: reason.reason }} />
      )
    case 'price_missing':
      return <RichText id="reason.price_missing" values={{ count: reason.lineIds.length }} />
    case 'price_differs':
      return <RichText id="reason.price_differs" values={{ count: reason.lineIds.length }} />
    case 'price_stale':
      return <RichText id="reason.price_stale" values={{ count: reason.lineIds.length }} />
    case 'article_discontinued':
      return <RichText id="reason.article_discontinued" values={{ count: reason.lineIds.length }} />
    case 'limit_in_other_currency':
      return (
        <RichText
          id="reason.limit_in_other_currency"
          values={{ limitCurrency: reason.limitCurrency, currency: reason.currency }}
        />
      )
  }
}
