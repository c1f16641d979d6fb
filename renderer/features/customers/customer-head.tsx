import type { Company } from '../../../domain/company'
import { useEntity, useReplica, useTexts } from '../../desk-hooks'
import { Facts } from '../../ui/facts'
import { Status } from '../../ui/status'
import css from '../inbox/requisition-head.module.css'
import { ownerName } from './customer-row'
import { companyStatusLook } from './customer-words'

/** Who the customer is, and the terms. */
export function CustomerHead({ company }: { readonly company: Company }) {
  const { t } = useTexts()
  const owner = useReplica((desk) => ownerName(desk, company.accountOwner))
  const group = useEntity('customer_group', company.customerGroupId)
  const { meaning, icon } = companyStatusLook[company.status]
  const fact = (label: string, value: string | null | undefined) =>
    value ? { label, value } : null
  const groupList = group?.priceListId
  const priceList =
    company.priceListId ?? (groupList ? t('customer.priceListOfGroup', { list: groupList }) : null)
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h2 className={css.company} data-selectable="">
          {company.name}
        </h2>
        <p className={css.document} data-selectable="">
          {t('company.number')} {company.id}
        </p>
        <Status meaning={meaning} icon={icon}>
          {t(`company.status.${company.status}`)}
        </Status>
      </div>
      <Facts
        facts={[
          fact(t('customer.accountOwner'), owner ?? t('customers.noOwner')),
          fact(t('customer.group'), group?.name ?? company.customerGroupId),
          fact(t('customer.priceList'), priceList),
          fact(t('customer.paymentTerms'), company.paymentTerms),
          fact(t('customer.currency'), company.currency),
          fact(t('customer.vatNumber'), company.vatNumber),
          fact(t('customer.language'), t(`customer.language.${company.language}`)),
        ]}
      />
    </header>
  )
}
