import type { ReactNode } from 'react'
import type { Address, Contact } from '../../../domain/company'
import type { Texts } from '../../../language/texts'
import { useTexts } from '../../desk-hooks'
import { Email } from '../../ui/email'
import css from './requisition-aside.module.css'

/** What is known of a document beside its lines, with its label; left out where there is nothing. */
export type AsideFact = readonly [label: string, value: ReactNode]

/** The customer and the terms of a document, under each other. */
export function AsideFacts({ facts }: { readonly facts: readonly AsideFact[] }) {
  const { t } = useTexts()
  return (
    <section>
      <h3 className={css.title}>{t('head.customer')}</h3>
      <dl className={css.facts} data-selectable="">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  )
}

/** Whom it is with, and how they are reached. */
export function contactFact(contact: Contact | undefined, { t }: Texts): AsideFact {
  return [
    t('head.contact'),
    contact && (
      <>
        {contact.name}
        {contact.email && (
          <>
            {'\n'}
            <Email address={contact.email} />
          </>
        )}
        {contact.phone && `\n${contact.phone}`}
      </>
    ),
  ]
}

/** Where it goes. */
export function addressFact(address: Address | null, { t }: Texts): AsideFact {
  const lines = address && [address.name, address.street, `${address.postalCode} ${address.city}`]
  return [t('head.deliveryAddress'), lines?.join('\n')]
}

/** Whether it may come in parts, where the customer has said. */
export function partDeliveriesFact(partDeliveries: boolean | null, { t }: Texts): AsideFact {
  const words =
    partDeliveries === null
      ? null
      : t(partDeliveries ? 'head.partDeliveriesYes' : 'head.partDeliveriesNo')
  return [t('head.partDeliveries'), words]
}
