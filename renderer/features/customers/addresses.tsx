import type { Company } from '../../../domain/company'
import { useTexts } from '../../desk-hooks'
import { Section } from '../../ui/section'
import css from './addresses.module.css'

/** Where the customer has things delivered. */
export function Addresses({ company }: { readonly company: Company }) {
  const { t } = useTexts()
  return (
    <Section title={t('customer.addresses')}>
      {company.addresses.length === 0 ? (
        <p className={css.none}>{t('customer.noAddresses')}</p>
      ) : (
        <ul className={css.list} data-selectable="">
          {company.addresses.map(({ id, name, street, postalCode, city, country }) => (
            <li key={id}>
              <p>{name}</p>
              <p className={css.where}>{street}</p>
              <p className={css.where}>
                {[`${postalCode} ${city}`, country !== 'SE' && country].filter(Boolean).join(', ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
