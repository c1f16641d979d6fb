import type { Quote } from '../../../contract/quotes'
import { daysBetween } from '../../../domain/calendar'
import { useDesk, useEntity, useNow, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Facts } from '../../ui/facts'
import { Status } from '../../ui/status'
import css from '../inbox/requisition-head.module.css'
import { quoteStateLook } from './quote-words'

/** For whom, which version, where it stands and until when it is valid. */
export function QuoteHead({
  quote,
  isWritten,
}: {
  readonly quote: Quote
  /** What can be written stands in fields below, and is not said here as well. */
  readonly isWritten: boolean
}) {
  const { t, formats } = useTexts()
  const now = useNow()
  const company = useEntity('company', quote.companyId)
  const contact = useEntity('contact', quote.contactId)
  const { meaning, icon } = quoteStateLook[quote.state]
  const today = formats.dateOf(now)
  const fact = (label: string, value: string | null) => (value ? { label, value } : null)
  const left = daysBetween(today, quote.validUntil)
  const isRunning = quote.state === 'sent' && left >= 0 && left <= 7
  const day = formats.day(quote.validUntil, today)
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h2 className={css.company} data-selectable="">
          {company?.name ?? quote.companyId}
        </h2>
        <p className={css.document} data-selectable="">
          {t('quote.named', { number: quote.number })} ·{' '}
          {t('quote.version', { version: quote.revision })}
        </p>
        <Status meaning={meaning} icon={icon}>
          {t(`quote.state.${quote.state}`)}
        </Status>
      </div>
      <p className={css.document}>
        {quote.sent
          ? t('quote.sentBy', {
              name: quote.sent.by.name,
              when: formats.when(quote.sent.at, now),
            })
          : t('quote.createdBy', {
              name: quote.createdBy.name,
              when: formats.when(quote.createdAt, now),
            })}
      </p>
      <Facts
        facts={[
          isWritten
            ? null
            : {
                label: t('quote.validUntil'),
                value: isRunning ? t('quote.daysLeft', { day, days: left }) : day,
              },
          quote.requisition && {
            label: t('quote.answers'),
            value: <Source requisition={quote.requisition} />,
          },
          { label: t('order.contact'), value: contact?.name ?? quote.contactId },
          fact(t('head.purchaseOrder'), quote.purchaseOrderNumber),
          fact(t('head.goodsMark'), isWritten ? null : quote.goodsMark),
          fact(t('head.yourReference'), isWritten ? null : quote.yourReference),
          fact(
            t('head.requestedDate'),
            quote.requestedDate && formats.day(quote.requestedDate, today),
          ),
        ]}
      />
    </header>
  )
}

/** What it answers, with the way there. */
function Source({ requisition }: { readonly requisition: NonNullable<Quote['requisition']> }) {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const held = useEntity('requisition', requisition.id)
  const words = held
    ? t('order.sourceNamed', {
        kind: t(`requisition.kind.${held.kind}`),
        number: requisition.number,
      })
    : t('order.sourceRequisition', { number: requisition.number })
  return (
    <TextButton onPress={() => navigation.open('requisition', requisition.id)}>{words}</TextButton>
  )
}
