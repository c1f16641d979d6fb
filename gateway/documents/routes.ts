import { Hono, type Context } from 'hono'
import { refusal } from '../../contract/errors'
import type { Quote } from '../../contract/quotes'
import { z } from '../../contract/zod'
import { seesCompany } from '../../domain/access/rights'
import { uuidOrNil } from '../database/uuid'
import type { GatewayContext } from '../gateway-context'
import { authorise } from '../http/identify'
import { problem } from '../http/problem'
import { quoteDocument } from './quote-document'
import { quoteFileName, quotePdf } from './quote-pdf'

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
    const pdf = await quotePdf(await quoteDocument(context.db, quote))
    return c.body(new Uint8Array(pdf), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${quoteFileName(quote)}"`,
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
