import type { Company } from '../../../domain/company'
import { useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { detailId } from '../../ui/list-focus'
import { Addresses } from './addresses'
import { Contacts } from './contacts'
import { Credit } from './credit'
import { CustomerHead } from './customer-head'
import { CustomerOrders, CustomerRequisitions } from './dealings'
import css from './customer-detail.module.css'
import { companyStatusLook, statusSentence } from './customer-words'
import { CUSTOMERS } from './customers'
import { PriceCheck } from './price-check'
import { Rights } from './rights'

/** One customer: who they are, what they may, what they pay and what is under way with them. */
export function CustomerDetail({ company }: { readonly company: Company }) {
  const texts = useTexts()
  const { t } = texts
  const { status, statusReason } = company
  return (
    <div
      id={detailId(CUSTOMERS)}
      className={css.scroller}
      data-scroller=""
      tabIndex={0}
      role="region"
      aria-label={company.name}
    >
      <CustomerHead company={company} />
      {status !== 'active' && (
        <Banner
          meaning={companyStatusLook[status].meaning}
          icon={companyStatusLook[status].icon}
          className={css.notice}
        >
          <strong>{statusSentence(status, texts)}</strong>{' '}
          {statusReason !== null && t('customer.because', { reason: statusReason })}
        </Banner>
      )}
      <div className={css.columns}>
        <div className={css.terms}>
          <Credit company={company} />
          <Rights company={company} />
        </div>
        <div className={css.main}>
          <PriceCheck company={company} />
          <Contacts company={company} />
        </div>
        <div className={css.dealings}>
          <CustomerRequisitions company={company} />
          <CustomerOrders company={company} />
          <Addresses company={company} />
        </div>
      </div>
    </div>
  )
}
