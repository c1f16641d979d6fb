import { Hono } from 'hono'
import { refusal, type Refusal } from '../../contract/errors'
import { attachmentIdSchema } from '../../contract/primitives'
import { seesCompany } from '../../domain/access/rights'
import { LARGEST_ATTACHMENT } from '../../domain/attachment/limits'
import { uuidOrNil } from '../database/uuid'
import type { GatewayContext } from '../gateway-context'
import { authorise } from '../http/identify'
import { problem } from '../http/problem'
import { places } from '../http/places'
import { filePace, readBody } from '../http/read-body'
import { requisitionOf } from '../requisitions/aggregate'
import { attachmentResponse } from './respond'
import { storeAttachment } from './store'

/** At a time on this node: each is held in memory until it has been judged, and nobody keeps the others out. */
const uploadsAtOnce = { all: 8, each: 2 }

/** `PUT /api/attachments/:id`: a file on its way to a requisition, from whoever may decide on some. */
export function uploadRoutes(context: GatewayContext): Hono {
  const placeFor = places(uploadsAtOnce)
  return new Hono().put('/:id', async (c) => {
    const who = await authorise(context, c, 'decide_requisition')
    if (!who.ok) return problem(c, who.error)
    const id = attachmentIdSchema.safeParse(c.req.param('id'))
    if (!id.success) return problem(c, refusal('invalid', 'The id of a file is a UUID.'))
    const { user } = who.value
    const leave = placeFor(user.id)
    if (!leave) {
      const details = { problem: 'others_upload', retryAfterSeconds: 10 }
      const message = 'Other files are taken in just now. Send it again in a while.'
      return problem(c, refusal('too_many_requests', message, details))
    }
    try {
      const read = await readBody(c.req.raw, LARGEST_ATTACHMENT, { pace: filePace })
      if (!read.ok) return problem(c, unread(read.problem))
      const stored = await storeAttachment(context, {
        id: id.data,
        by: { user_id: user.id, shop_id: null },
        bytes: read.body,
      })
      if (!stored.ok) return problem(c, stored.error)
      const { isNew, ...answer } = stored.value
      return c.json(answer, isNew ? 201 : 200)
    } finally {
      leave()
    }
  })
}

function unread(why: 'too_large' | 'too_slow' | 'no_room'): Refusal {
  if (why === 'too_large') {
    const message = `A file may have at most ${LARGEST_ATTACHMENT} bytes.`
    return refusal('too_large', message, { maximum: LARGEST_ATTACHMENT })
  }
  const message = 'The file came too slowly. Send it again.'
  return refusal('unavailable', message, { reason: 'upload_too_slow' })
}

/** `GET /api/requisitions/:id/attachments/:attachment`: what it holds, for whoever sees the requisition. */
export function attachmentRoutes(context: GatewayContext): Hono {
  return new Hono().get('/:id/attachments/:attachment', async (c) => {
    const who = await authorise(context, c, 'read_requisition')
    if (!who.ok) return problem(c, who.error)
    const { id, attachment: wanted } = c.req.param()
    const row = await context.db
      .selectFrom('requisition')
      .select(['body', 'progress', 'company_id'])
      .where('id', '=', uuidOrNil(id))
      .executeTakeFirst()
    const isSeen = row !== undefined && seesCompany(who.value.viewer, row.company_id)
    const attachments = (isSeen && requisitionOf(row).attachments) || []
    const attachment = attachments.find((one) => one.id === wanted.toLowerCase())
    if (!attachment) {
      const message = 'There is no such file any more, or you may not see it.'
      return problem(c, refusal('not_found', message, { id, attachment: wanted }))
    }
    return attachmentResponse(context.db, attachment)
  })
}
