import type { Company } from '../../../domain/company'
import { useEntity, useTexts } from '../../desk-hooks'
import { Section } from '../../ui/section'
import css from './rights.module.css'
import { rightSentences } from './customer-words'

/** What the customer's people may do by their group, in words. */
export function Rights({ company }: { readonly company: Company }) {
  const texts = useTexts()
  const { t } = texts
  const group = useEntity('customer_group', company.customerGroupId)
  return (
    <Section title={t('customer.rights')}>
      {group ? (
        <div>
          {rightSentences(group, texts).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p className={css.group}>{t('customer.groupNamed', { group: group.name })}</p>
        </div>
      ) : (
        <p className={css.group}>{t('customer.unknownGroup', { id: company.customerGroupId })}</p>
      )}
    </Section>
  )
}
