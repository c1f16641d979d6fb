import { Hono, type Context } from 'hono'
import type { Kysely } from 'kysely'
import type { Language } from '../../language/catalogue'
import { formatsIn } from '../../language/formats'
import { wordsIn } from '../../language/words'
import { attachmentResponse } from '../attachments/respond'
import { isDatabaseLost, retryAfterSeconds } from '../database/lost'
import type { Database } from '../database/schema'
import { inTransaction, Rollback } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'
import { readBody } from '../http/body'
import type { AddressOf } from '../http/identify'
import { tokenBuckets, type Pace } from '../http/token-buckets'
import { findLink, useLink, type Link } from './links'
import type { Acted, Complaint, Fields, Visit } from './purpose'
import { purposes } from './purposes/purposes'
import { failureResponse, pageResponse, seeAgain, type Failure } from './respond'

/** Far more than people do, an office behind one address included. */
const usualPace: Pace = { perSecond: 5, burst: 60 }
/** More than any form of ours comes to. */
const largestForm = 16_384

export interface PagesDeps {
  readonly addressOf: AddressOf
  /** Whether this node knows of no reason why its database should not answer. */
  readonly hasDatabase: () => boolean
  readonly pace?: Pace
}

/**
 * The pages that mails to customers link to, to be mounted at `/c`: `GET` shows and changes nothing,
 * `POST` does what the page's form says, once.
 */
export function customerPages(context: GatewayContext, deps: PagesDeps): Hono {
  const { addressOf, hasDatabase, pace = usualPace } = deps
  const waitOf = tokenBuckets(pace)
  const app = new Hono()
  app.use(async (c, next) => {
    const wait = waitOf(addressOf(c))
    const later = (failure: Failure, seconds: number) =>
      failureResponse(failure, wordsIn(askedLanguage(c)), '', {
        headers: { 'retry-after': String(seconds) },
      })
    if (wait > 0) return later('tooMany', wait)
    return hasDatabase() ? next() : later('away', retryAfterSeconds)
  })
  app.get('/:token', (c) =>
    visit(c, context, addressOf, (by) => {
      const attachment = c.req.query('attachment')
      return attachment === undefined
        ? show(context, by, null, 200)
        : fetchAttachment(context, by, attachment)
    }),
  )
  app.post('/:token', (c) =>
    visit(c, context, addressOf, async (by) => {
      const sent = await readForm(c)
      return typeof sent === 'number'
        ? failed(context.db, 'wrong', by.link.language, { status: sent })
        : act(context, by, sent, c.req.param('token'))
    }),
  )
  app.all('/:token', (c) =>
    failed(context.db, 'wrong', askedLanguage(c), {
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    }),
  )
  app.all('*', (c) => failed(context.db, 'unknown', askedLanguage(c)))
  app.onError((error, c) => {
    const isLost = isDatabaseLost(error)
    // Without the path: there is a token in it.
    context.log[isLost ? 'warn' : 'error']({ err: error, address: addressOf(c) }, 'a page failed')
    return failureResponse('away', wordsIn(askedLanguage(c)), '', {
      status: isLost ? 503 : 500,
      headers: { 'retry-after': String(retryAfterSeconds) },
    })
  })
  return app
}

/** Find out whom a token was sent to. Nobody learns whether one that does not work ever did. */
async function visit(
  c: Context,
  context: GatewayContext,
  addressOf: AddressOf,
  answer: (visit: Visit) => Promise<Response>,
): Promise<Response> {
  const { db } = context
  const link = await findLink(db, c.req.param('token') ?? '')
  if (link === null) return failed(db, 'unknown', askedLanguage(c))
  if (link.isExpired) return failed(db, 'expired', link.language)
  const origin = { via: 'link', link: link.id, address: addressOf(c) } as const
  return answer({ link, now: context.now(), origin })
}

async function show(
  { db }: GatewayContext,
  by: Visit,
  complaint: Complaint | null,
  status: number,
): Promise<Response> {
  const page = await purposes[by.link.purpose].show(db, by, complaint)
  return page === null ? failed(db, 'outdated', by.link.language) : pageResponse(page, status)
}

/** One of the files that the page offers; whatever else there is, is not there. */
async function fetchAttachment({ db }: GatewayContext, by: Visit, id: string): Promise<Response> {
  const offered = await purposes[by.link.purpose].attachments(db, by)
  const attachment = offered.find((one) => one.id === id.toLowerCase())
  return attachment ? attachmentResponse(db, attachment) : failed(db, 'unknown', by.link.language)
}

async function act(
  context: GatewayContext,
  by: Visit,
  fields: Fields,
  token: string,
): Promise<Response> {
  const { link } = by
  const purpose = purposes[link.purpose]
  const { act: carryOut } = purpose
  if (carryOut === null) {
    const headers = { allow: 'GET, HEAD' }
    return failed(context.db, 'wrong', link.language, { status: 405, headers })
  }
  const words = wordsIn(link.language)
  const texts = { ...words, formats: formatsIn(words, 'UTC') }
  const acted = await once(context, link, (tx) => carryOut(tx, by, fields, texts))
  const { t } = words
  switch (acted.kind) {
    case 'done':
      context.wake()
      return seeAgain(token)
    case 'too_late': {
      // Two of the same person at once, or a button pressed twice: what the first has done is no surprise.
      const now = (await findLink(context.db, token)) ?? link
      const text = t(now.isUsed ? 'page.used' : 'page.changed')
      return show(context, { ...by, link: now }, { about: 'page', text }, 409)
    }
    case 'refused':
      return show(context, by, { about: 'page', text: acted.complaint }, 409)
    case 'invalid':
      return show(context, by, { about: 'form', text: acted.complaint, fields }, 422)
    case 'malformed':
      return failed(context.db, 'wrong', link.language)
  }
}

/** Do it and use the link up, both or neither: of two at once one comes too late. */
async function once(
  { db }: GatewayContext,
  link: Link,
  work: (tx: Parameters<typeof useLink>[0]) => Promise<Acted>,
): Promise<Acted> {
  try {
    return await inTransaction(db, async (tx) => {
      const acted = await work(tx)
      if (acted.kind !== 'done') throw new Rollback(acted)
      // Last, so that what it is about was locked first, as on every other road.
      if (!(await useLink(tx, link.id))) throw new Rollback<Acted>({ kind: 'too_late' })
      return acted
    })
  } catch (error) {
    if (error instanceof Rollback) return error.value as Acted
    throw error
  }
}

/** The fields of a form as browsers send them, or the status of the refusal. */
async function readForm(c: Context): Promise<Fields | number> {
  const [type = ''] = (c.req.header('content-type') ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/x-www-form-urlencoded') return 415
  const body = await readBody(c.req.raw, largestForm)
  if (!body.ok) return body.error.code === 'too_large' ? 413 : 400
  const fields = [...new URLSearchParams(body.value)]
  const byName = Object.fromEntries(fields)
  return Object.keys(byName).length === fields.length ? byName : 400
}

async function failed(
  db: Kysely<Database>,
  failure: Failure,
  language: Language,
  options: Parameters<typeof failureResponse>[3] = {},
): Promise<Response> {
  const seller = await db.selectFrom('seller').select('name').executeTakeFirst()
  return failureResponse(failure, wordsIn(language), seller?.name ?? '', options)
}

/** The language a browser asks for, where nobody is known whose own it would be. */
function askedLanguage(c: Context): Language {
  const wanted = (c.req.header('accept-language') ?? '').toLowerCase().match(/\b(sv|en)\b/)
  return wanted?.[1] === 'en' ? 'en' : 'sv'
}
