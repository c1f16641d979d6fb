import { sql, type Kysely } from 'kysely'
import { addressSchema } from '../../contract/document'
import type { Quote } from '../../contract/quotes'
import type { Database } from '../database/schema'
import type { QuoteDocument } from './quote-definition'

/** What stands on it beside the quote itself: names and addresses as they are now. */
export async function quoteDocument(db: Kysely<Database>, quote: Quote): Promise<QuoteDocument> {
  const [parties, articles] = await Promise.all([
    db
      .selectFrom('company')
      .innerJoin('contact', (join) => join.on('contact.id', '=', quote.contactId))
      .innerJoin('seller', (join) => join.onTrue())
      .select([
        'company.id',
        'company.name',
        'company.language',
        'company.vat_number',
        'company.payment_terms',
        'contact.name as contact_name',
        'seller.name as seller_name',
        'seller.time_zone',
        sql`(
          select jsonb_build_object('id', a.id, 'name', a.name, 'street', a.street,
            'postalCode', a.postal_code, 'city', a.city, 'country', a.country)
          from address a where a.company_id = company.id order by a.id limit 1)`.as('address'),
      ])
      .where('company.id', '=', quote.companyId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('article')
      .select(['id', 'name_sv', 'name_en', 'unit'])
      .where((where) =>
        where(
          'id',
          '=',
          sql<string>`any(${[...new Set(quote.lines.map(({ articleId }) => articleId))]}::text[])`,
        ),
      )
      .execute(),
  ])
  const { language } = parties
  return {
    quote,
    language,
    timeZone: parties.time_zone,
    sellerName: parties.seller_name,
    company: {
      id: parties.id,
      name: parties.name,
      vatNumber: parties.vat_number,
      paymentTerms: parties.payment_terms,
      address: addressSchema.nullable().parse(parties.address),
    },
    contactName: parties.contact_name,
    articles: Object.fromEntries(
      articles.map(({ id, name_sv, name_en, unit }) => [
        id,
        { name: language === 'en' ? (name_en ?? name_sv) : name_sv, unit },
      ]),
    ),
  }
}
