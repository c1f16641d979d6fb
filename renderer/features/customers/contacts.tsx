import { useShallow } from 'zustand/react/shallow'
import { CircleOff } from 'lucide-react'
import type { Company, Contact } from '../../../domain/company'
import type { Desk } from '../../desk'
import { useConsole, useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { TextButton } from '../../ui/button'
import { Email } from '../../ui/email'
import { Section } from '../../ui/section'
import { Status } from '../../ui/status'
import { mayFor } from '../quotes/may'
import { quoteFor } from './actions/open'
import css from './contacts.module.css'
import { rightInShort } from './customer-words'

/** The customer's people, each with what they may do: by their own group or the company's. */
export function Contacts({ company }: { readonly company: Company }) {
  const { t } = useTexts()
  const contacts = useReplica(useShallow((desk: Desk) => contactsOf(desk, company.id)))
  return (
    <Section title={t('customer.contacts')}>
      {contacts.length === 0 ? (
        <p className={css.none}>{t('customer.noContacts')}</p>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('customer.contact.name')}</th>
              <th scope="col">{t('customer.contact.reach')}</th>
              <th scope="col">{t('customer.contact.right')}</th>
            </tr>
          </thead>
          <tbody data-selectable="">
            {contacts.map((contact) => (
              <ContactRow key={contact.id} contact={contact} company={company} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function ContactRow({
  contact,
  company,
}: {
  readonly contact: Contact
  readonly company: Company
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const isReachable = useConsole(canReachGateway)
  const mayQuote = useReplica(() => isReachable && mayFor(desk, company.id, 'draft_quote'))
  const group = useEntity('customer_group', contact.customerGroupId ?? company.customerGroupId)
  return (
    <tr>
      <th scope="row">
        {contact.name}
        {contact.status === 'disabled' && (
          <div>
            <Status meaning="plain" icon={CircleOff}>
              {t('customer.contact.disabled')}
            </Status>
          </div>
        )}
      </th>
      <td>
        <div>{contact.email && <Email address={contact.email} />}</div>
        {contact.phone && <div className={css.lesser}>{contact.phone}</div>}
        {mayQuote && contact.status === 'active' && (
          <TextButton onPress={() => quoteFor(desk, contact.id)}>
            {t('customer.contact.quote')}
          </TextButton>
        )}
      </td>
      <td>
        {group
          ? rightInShort(group, texts)
          : t('customer.unknownGroup', { id: contact.customerGroupId ?? company.customerGroupId })}
        {contact.customerGroupId !== null && (
          <div className={css.lesser}>{t('customer.contact.own')}</div>
        )}
      </td>
    </tr>
  )
}

/** By name, those who can no longer sign in last. */
function contactsOf({ replica }: Desk, companyId: string): readonly Contact[] {
  const { compare } = collator
  return [...replica.all('contact').values()]
    .filter((contact) => contact.companyId === companyId)
    .sort((a, b) =>
      a.status === b.status ? compare(a.name, b.name) : a.status === 'active' ? -1 : 1,
    )
}

const collator = new Intl.Collator('sv')
