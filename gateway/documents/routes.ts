import { Hono, type Context } from 'hono'
import { sql } from 'kysely'
import { refusal } from '../../contract/errors'
import { addressSchema } from '../../contract/document'
import type { Quote } from '../../contract/quotes'
import { z } from '../../contract/zod'
import { seesCompany } from '../../domain/access/rights'
import { uuidOrNil } from '../database/uuid'
import type { GatewayContext } from '../gateway-context'
import { authorise } from '../http/identify'
import { problem } from '../http/problem'
import { quotePdf } from './quote-pdf'
import type { QuoteDocument } from './quote-definition'

const versionSchema = z.coerce.number().int().min(1).max(1_000_000)

/**
 * `GET /api/quotes/:id/document` gives a quote as a PDF, as it is or as one of its versions went out
 * (`?version=`), to whoever sees the company.
 */
export function documentRoutes(context: GatewayContext): Hono {
  return new Hono().get('/:id/document', async (c: Context) => {
    const who = await authorise(context, c, 'read_requisition')
    if (!who.ok) return problem(c, who.error)
    const asked = c.req.query('version')
    const version = asked === undefined ? null : versionSchema.safeParse(asked)
    if (version && !version.success) {
      return problem(c, refusal('invalid', 'A version is a number from 1.', { version: asked }))
    }
    const id = uuidOrNil(c.req.param('id') ?? '')
    const quote = await quoteOf(context, id, version?.data ?? null)
    if (!quote || !seesCompany(who.value.viewer, quote.companyId)) {
      return problem(
        c,
        refusal('not_found', 'There is no such quote or version, or you may not see it.', { id }),
      )
    }
    const pdf = await quotePdf(await documentOf(context, quote))
    return c.body(new Uint8Array(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${quote.number}-v${quote.revision}.pdf"`,
    })
  })
}

async function quoteOf(
  { db }: GatewayContext,
  id: string,
  version: number | null,
): Promise<Quote | null> {
  const row =
    version === null
      ? await db.selectFrom('quote').select('body').where('id', '=', id).executeTakeFirst()
      : await db
          .selectFrom('quote_revision')
          .select('body')
          .where('quote_id', '=', id)
          .where('revision', '=', version)
          .executeTakeFirst()
  return row?.body ?? null
}

/** What stands on it beside the quote itself: names and addresses as they are now. */
async function documentOf({ db }: GatewayContext, quote: Quote): Promise<QuoteDocument> {
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
