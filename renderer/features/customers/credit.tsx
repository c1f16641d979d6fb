import type { Company } from '../../../domain/company'
import { useExposure, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { FactTable } from '../../ui/facts'
import { Section } from '../../ui/section'
import { Status } from '../../ui/status'
import css from './credit.module.css'
import { creditMeaning, creditShare } from './customer-words'

/** How much of the credit limit is used: a bar and the figures. */
export function Credit({ company }: { readonly company: Company }) {
  const { t, formats } = useTexts()
  const { creditLimit, currency } = company
  const exposure = useExposure(company)
  const share = creditShare(company, exposure)
  const money = (amount: number) => formats.wholeMoney(amount, currency)
  if (creditLimit === null || share === null) {
    return (
      <Section title={t('customer.credit')}>
        <p>{t('customer.creditNone', { used: money(exposure) })}</p>
        <p className={css.what}>{t('customer.creditWhat')}</p>
      </Section>
    )
  }
  const meaning = creditMeaning(share)
  const words = t('customer.creditShare', { percent: formats.percent(share, 0) })
  const left = creditLimit - exposure
  return (
    <Section
      title={t('customer.credit')}
      action={
        meaning === 'plain' ? (
          <span className={css.share}>{words}</span>
        ) : (
          <Status meaning={meaning}>{words}</Status>
        )
      }
    >
      <div
        role="meter"
        className={css.bar}
        aria-label={t('customer.credit')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.round(share / 10_000))}
        aria-valuetext={words}
      >
        <div
          className={classes(css.used, css[meaning])}
          style={{ width: `${Math.min(100, share / 10_000)}%` }}
        />
      </div>
      <FactTable
        facts={[
          { label: t('customer.creditUsed'), value: money(exposure) },
          { label: t('customer.creditLimit'), value: money(creditLimit) },
          left >= 0
            ? { label: t('customer.creditLeft'), value: money(left) }
            : { label: t('customer.creditOver'), value: money(-left) },
        ]}
      />
      <p className={css.what}>{t('customer.creditWhat')}</p>
    </Section>
  )
}
