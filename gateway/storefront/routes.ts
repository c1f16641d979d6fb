import { createHash } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { v4 as uuid } from 'uuid'
import type { Refusal } from '../../contract/errors'
import { attachmentIdSchema, keySchema } from '../../contract/primitives'
import { maximumBodyBytes, type AnyStorefrontEvent } from '../../contract/storefront'
import { LARGEST_ATTACHMENT } from '../../domain/attachment/limits'
import { attachmentResponse } from '../attachments/respond'
import { storeAttachment } from '../attachments/store'
import { customersAttachments } from '../customers/attachments'
import { isDatabaseLost, retryAfterSeconds } from '../database/lost'
import type { GatewayContext } from '../gateway-context'
import type { PlaceOrder } from '../requisitions/place-order'
import { requisitionOf } from '../requisitions/aggregate'
import { entityTagOf, isNamedBy } from '../http/entity-tag'
import { availabilityFor } from './availability'
import { parseAvailabilityQuery } from './availability-query'
import { readCursor } from './cursor'
import { parseEvent } from './parse-event'
import {
  problemOf,
  problemResponse,
  problems,
  type ProblemCode,
  type ProblemError,
} from './problem'
import type { AddressOf } from '../http/identify'
import { places } from '../http/places'
import { filePace, readBody } from '../http/read-body'
import { tokenBuckets, type Pace } from '../http/token-buckets'
import { readChanges } from './read-changes'
import { receiveEvent, type EventReception } from './receive-event'
import { findSigningShop, loadShops, type Shop } from './shops'
import {
  digestHeader,
  readSignature,
  signedHeaders,
  toleranceSeconds,
  type SignatureProblem,
  type SignedHeaders,
} from './signature'

const uploadDoor = '/attachments/:id'
const attachmentDoor = '/documents/:document/attachments/:id'
const defaultLimit = 100
const largestLimit = 500
/** Far more than any shop's customers do, and few enough that one shop cannot keep the others out. */
const eventPace: Pace = { perSecond: 50, burst: 200 }
/** A page of a shop's may ask for each of its visitors; what it asks is small, and changes nothing. */
const usualAvailabilityPace: Pace = { perSecond: 500, burst: 1_000 }
/** Large events that are read at a time on this node: who sends one is known only when it has been read. */
const largeEventsAtOnce = 16
/** Files that are held at a time on this node, and of one shop. */
const filesAtOnce = { all: 8, each: 4 }

type Request = Context<{ Bindings: Partial<HttpBindings> }>

/** What is done outside this door. */
export interface StorefrontDeps {
  readonly placeOrder: PlaceOrder
  readonly addressOf?: AddressOf
  /** How often a shop may ask what can be delivered. */
  readonly availabilityPace?: Pace
  /** Whether this node knows of no reason why its database should not answer. */
  readonly hasDatabase?: () => boolean
  /** Called when an event of a known shop has been answered. */
  readonly onEvent?: (type: EventLabel, outcome: EventOutcome, seconds: number) => void
}

/** An event as figures tell it: types of strangers' own making must not become labels. */
export type EventLabel = AnyStorefrontEvent['type'] | 'unknown'
export type EventOutcome = EventReception['kind'] | 'limited' | 'failed'

/**
 * The door to webshops, to be mounted at `/storefront/v1`: events in, changes out, as
 * docs/storefront.md has it. Every refusal is a problem document (RFC 9457) and has changed nothing.
 */
export function storefrontRoutes(
  context: GatewayContext,
  deps: StorefrontDeps,
): Hono<{ Bindings: Partial<HttpBindings> }> {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  const waitOf = tokenBuckets(eventPace)
  const { hasDatabase = () => true, availabilityPace = usualAvailabilityPace } = deps
  const availabilityWaitOf = tokenBuckets(availabilityPace)
  const largeEvent = places({ all: largeEventsAtOnce, each: largeEventsAtOnce })
  const fileOf = places(filesAtOnce)
  for (const door of ['/events', '/changes', '/availability', uploadDoor, attachmentDoor]) {
    app.use(door, async (_c, next) => (hasDatabase() ? next() : away()))
  }
  app.post('/events', (c) =>
    postEvent(c, context, deps, { waitOf, large: () => largeEvent('event') }),
  )
  app.get('/changes', (c) => getChanges(c, context, deps))
  app.get('/availability', (c) =>
    getAvailability(c, context, deps, { pace: availabilityPace, waitOf: availabilityWaitOf }),
  )
  app.put(uploadDoor, (c) => putAttachment(c, context, deps, { waitOf, fileOf }))
  app.get(attachmentDoor, (c) => getAttachment(c, context, deps))
  app.get('/problems/:code', (c) => describeProblem(c.req.param('code')))
  app.all('/events', () => wrongMethod('POST'))
  app.all('/changes', () => wrongMethod('GET'))
  app.all('/availability', () => wrongMethod('GET'))
  app.all(uploadDoor, () => wrongMethod('PUT'))
  app.all(attachmentDoor, () => wrongMethod('GET'))
  app.all('*', () => refuse({ code: 'not_found', detail: 'There is nothing at this address.' }))
  app.onError((error) => failed(context, error))
  return app
}

async function postEvent(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
  {
    waitOf,
    large,
  }: {
    readonly waitOf: (shopId: string) => number
    readonly large: () => (() => void) | null
  },
): Promise<Response> {
  const tooLarge = `A body may have at most ${maximumBodyBytes} bytes.`
  if (Number(c.req.header('content-length') ?? 0) > maximumBodyBytes) {
    return refuse({ code: 'body_too_large', detail: tooLarge })
  }
  if (!isPlainJson(c)) {
    const detail = 'Send application/json in UTF-8, not compressed.'
    return refuse({ code: 'unsupported_media_type', detail })
  }
  // Before the body is read, so that strangers cost little.
  const signature = readSignature((name) => c.req.header(name), context.now())
  if (!signature.ok) return refuse(wordSignature(signature.error))
  const [read, shops] = await Promise.all([
    readBody(c.env?.incoming ?? c.req.raw, maximumBodyBytes, { large }),
    loadShops(context.db),
  ])
  if (!read.ok) return unread(read.problem, tooLarge)

  const found = authenticate(shops, signature.headers, read.body, context.now())
  if (!found.ok) return turnAway(c, context, deps, found.error)
  const { shop } = found
  const began = performance.now()
  const note = (type: EventLabel, outcome: EventOutcome) =>
    deps.onEvent?.(type, outcome, (performance.now() - began) / 1_000)
  const wait = waitOf(shop.id)
  if (wait > 0) {
    note('unknown', 'limited')
    context.log.warn({ shop: shop.id }, 'a shop sends too much at once')
    return tooMany(wait)
  }
  const webhookId = signature.headers.id
  const parsed = parseEvent(read.body)
  const type = parsed.ok ? parsed.event.type : 'unknown'
  let reception: EventReception
  try {
    reception = parsed.ok
      ? await receiveEvent(context, deps.placeOrder, {
          shopId: shop.id,
          webhookId,
          body: read.body,
          event: parsed.event,
        })
      : { kind: 'refused', errors: parsed.errors }
  } catch (error) {
    note(type, 'failed')
    throw error
  }
  note(type, reception.kind)
  if (reception.kind === 'refused') {
    const codes = [...new Set(reception.errors.map(({ code }) => code))]
    context.log.info({ shop: shop.id, event: webhookId, codes }, 'storefront event refused')
    return refuse(...reception.errors)
  }
  return c.json(reception.receipt, reception.kind === 'taken' ? 202 : 200)
}

/**
 * The shop that has signed a request by its address, or the answer to whoever is none.
 * @param contentOf what is signed; of what is asked for, the method and the address
 */
async function askingShop(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
  contentOf = (address: string) => `GET ${address}`,
): Promise<
  { readonly ok: true; readonly shop: Shop } | { readonly ok: false; readonly response: Response }
> {
  const signature = readSignature((name) => c.req.header(name), context.now())
  if (!signature.ok) return { ok: false, response: refuse(wordSignature(signature.error)) }
  const shops = await loadShops(context.db)
  const content = Buffer.from(contentOf(addressAsSent(c)))
  const found = authenticate(shops, signature.headers, content, context.now())
  return found.ok ? found : { ok: false, response: turnAway(c, context, deps, found.error) }
}

/**
 * A file that a document is to name afterwards. What is signed is the address and the digest that a header
 * gives of the body, so that nothing is read of what a stranger sends.
 */
async function putAttachment(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
  {
    waitOf,
    fileOf,
  }: {
    readonly waitOf: (shopId: string) => number
    readonly fileOf: (shopId: string) => (() => void) | null
  },
): Promise<Response> {
  const digest = c.req.header(digestHeader)
  if (digest === undefined || !/^[0-9a-f]{64}$/.test(digest)) {
    const code = digest === undefined ? 'signature_missing' : 'signature_malformed'
    const detail = `Send the SHA-256 of the body in ${digestHeader}, in lower-case hexadecimal.`
    return refuse({ code, detail })
  }
  const found = await askingShop(c, context, deps, (address) => `PUT ${address} ${digest}`)
  if (!found.ok) return found.response
  const { shop } = found
  const wait = waitOf(shop.id)
  if (wait > 0) return tooMany(wait)
  const id = attachmentIdSchema.safeParse(c.req.param('id'))
  if (!id.success) return refuse({ code: 'invalid_value', detail: 'The id of a file is a UUID.' })
  const leave = fileOf(shop.id)
  if (!leave) return tooManyFiles()
  try {
    const read = await readBody(c.env?.incoming ?? c.req.raw, LARGEST_ATTACHMENT, {
      pace: filePace,
    })
    if (!read.ok) {
      return unread(read.problem, `A file may have at most ${LARGEST_ATTACHMENT} bytes.`)
    }
    if (createHash('sha256').update(read.body).digest('hex') !== digest) {
      const detail = `The body that came in has another SHA-256 than ${digestHeader} says.`
      return refuse({ code: 'digest_mismatch', detail })
    }
    const by = { user_id: null, shop_id: shop.id }
    const stored = await storeAttachment(context, { id: id.data, by, bytes: read.body })
    const about = { shop: shop.id, attachment: id.data, size: read.body.length }
    if (!stored.ok) {
      context.log.info({ ...about, code: stored.error.code }, 'a shop’s file was refused')
      return unstored(stored.error)
    }
    const { isNew, ...answer } = stored.value
    context.log.info({ ...about, kind: answer.kind, isNew }, 'a shop’s file was taken in')
    return c.json(answer, isNew ? 201 : 200)
  } finally {
    leave()
  }
}

/** Parsing it could change how it is written. */
function addressAsSent(c: Request): string {
  return c.env?.incoming?.url ?? c.req.raw.url.replace(/^[a-z]+:\/\/[^/]+/, '')
}

/** What a file holds that the shop was told of by `requisition.attachments`, and that still stands there. */
async function getAttachment(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
): Promise<Response> {
  const found = await askingShop(c, context, deps)
  if (!found.ok) return found.response
  // The database objects to some texts instead of saying that there is no such row.
  const document = keySchema.safeParse(c.req.param('document'))
  const row = await context.db
    .selectFrom('requisition')
    .select(['body', 'progress'])
    .where('shop_id', '=', found.shop.id)
    .where('document_id', '=', document.data ?? '')
    .executeTakeFirst()
  const attachments = row ? customersAttachments(requisitionOf(row)) : []
  const attachment = attachments.find(({ id }) => id === c.req.param('id')?.toLowerCase())
  if (attachment) return attachmentResponse(context.db, attachment)
  const detail = 'The document has no such attachment for its customer, or none any more.'
  return refuse({ code: 'not_found', detail })
}

async function getChanges(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
): Promise<Response> {
  const found = await askingShop(c, context, deps)
  if (!found.ok) return found.response
  const limit = c.req.query('limit') || String(defaultLimit)
  if (!/^\d{1,6}$/.test(limit) || Number(limit) < 1 || Number(limit) > largestLimit) {
    return refuse({ code: 'invalid_limit', detail: `The limit is from 1 to ${largestLimit}.` })
  }
  const since = c.req.query('since')
  const cursor = since ? readCursor(since) : null
  if (since && !cursor) {
    const detail = 'Hand back the cursor of an earlier answer as it was, or none at all.'
    return refuse({ code: 'invalid_cursor', detail })
  }
  const page = await readChanges(context.db, found.shop.id, cursor, Number(limit))
  const body = Buffer.from(JSON.stringify(page))
  return new Response(body, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...signedHeaders(found.shop.secrets, uuid(), context.now(), body),
    },
  })
}

/** What can be delivered of some articles. Asking changes nothing, so nothing of it is remembered. */
async function getAvailability(
  c: Request,
  context: GatewayContext,
  deps: StorefrontDeps,
  { pace, waitOf }: { readonly pace: Pace; readonly waitOf: (shopId: string) => number },
): Promise<Response> {
  const found = await askingShop(c, context, deps)
  if (!found.ok) return found.response
  const { shop } = found
  const wait = waitOf(shop.id)
  if (wait > 0) {
    const detail = `A shop may ask ${pace.perSecond} times a second. Ask again in ${wait} s.`
    return tooMany(wait, detail)
  }
  const parsed = parseAvailabilityQuery(new URL(c.req.url).searchParams)
  if (!parsed.ok) return refuse(...parsed.errors)
  const answered = await availabilityFor(context.db, parsed.query, context.now())
  if (!answered.ok) return refuse(...answered.errors)
  const body = Buffer.from(JSON.stringify(answered.answer))
  const tag = entityTagOf(body)
  // To be kept for no customer but the one it was asked for, and asked about again each time.
  const caching = { etag: tag, 'cache-control': 'private, no-cache' }
  if (isNamedBy(tag, c.req.header('if-none-match')))
    return new Response(null, { status: 304, headers: caching })
  return new Response(body, {
    headers: {
      'content-type': 'application/json',
      ...caching,
      ...signedHeaders(shop.secrets, uuid(), context.now(), body),
    },
  })
}

type Authenticated =
  { readonly ok: true; readonly shop: Shop } | { readonly ok: false; readonly error: ProblemError }

function authenticate(
  shops: Awaited<ReturnType<typeof loadShops>>,
  headers: SignedHeaders,
  content: Uint8Array,
  now: Date,
): Authenticated {
  const shop = findSigningShop(shops, headers, content, now)
  if (!shop) return { ok: false, error: wordSignature({ code: 'signature_invalid' }) }
  if (shop.status === 'disabled') {
    const detail = `The shop “${shop.id}” is disabled here.`
    return { ok: false, error: { code: 'shop_disabled', detail } }
  }
  return { ok: true, shop }
}

/** Someone who is no shop, or a shop that is kept out: the log says from where. */
function turnAway(
  c: Request,
  { log }: GatewayContext,
  { addressOf }: StorefrontDeps,
  error: ProblemError,
): Response {
  log.info({ address: addressOf?.(c) ?? null, code: error.code }, 'a shop was turned away')
  return refuse(error)
}

function isPlainJson(c: Request): boolean {
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='))
  const encoding = c.req.header('content-encoding') ?? 'identity'
  return (
    type.trim() === 'application/json' &&
    (charset === undefined || /=\s*"?utf-8"?\s*$/.test(charset)) &&
    encoding === 'identity'
  )
}

function wordSignature(
  problem: SignatureProblem | { readonly code: 'signature_invalid' },
): ProblemError {
  const { code } = problem
  switch (problem.code) {
    case 'signature_missing':
      return { code, detail: 'Send webhook-id, webhook-timestamp and webhook-signature.' }
    case 'signature_malformed':
      return {
        code,
        detail:
          'The id is up to 200 printable ASCII characters, the timestamp seconds since 1970, the signature v1,<base64>.',
      }
    case 'signature_expired':
      return {
        code,
        detail: `The timestamp is ${howFar(problem.ahead)} the gateway’s clock, and may be ${toleranceSeconds / 60} minutes off. Sign each attempt afresh, and check the clock.`,
      }
    case 'signature_invalid':
      return { code, detail: 'No shop known here has signed this with its secret.' }
  }
}

/** `10 min 0 s ahead of`, `26 h 5 min behind`. */
function howFar(ahead: number): string {
  const seconds = Math.abs(ahead)
  const far =
    seconds < 2 * 3_600
      ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
      : `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`
  return `${far} ${ahead > 0 ? 'ahead of' : 'behind'}`
}

function describeProblem(code: string): Response {
  if (!Object.hasOwn(problems, code)) {
    return refuse({ code: 'not_found', detail: 'There is no such problem.' })
  }
  const [status, title] = problems[code as ProblemCode]
  return new Response(JSON.stringify({ code, status, title }), {
    headers: { 'content-type': 'application/json' },
  })
}

function wrongMethod(allowed: string): Response {
  const detail = `This address takes ${allowed}.`
  return problemResponse(problemOf({ code: 'method_not_allowed', detail }), { allow: allowed })
}

function refuse(...[first, ...more]: readonly [ProblemError, ...ProblemError[]]): Response {
  return problemResponse(problemOf(first, ...more))
}

function tooMany(
  seconds: number,
  detail = `A shop may send ${eventPace.perSecond} events a second. Nothing was taken in; send the same again in ${seconds} s.`,
): Response {
  return problemResponse(problemOf({ code: 'too_many_requests', detail }), {
    'retry-after': String(seconds),
  })
}

function tooManyFiles(): Response {
  const detail = 'As many files as may be are on their way already. Send this one again in 5 s.'
  return problemResponse(problemOf({ code: 'too_many_requests', detail }), { 'retry-after': '5' })
}

/** Why a file is not kept. */
function unstored({ code, message: detail, details }: Refusal): Response {
  switch (code) {
    case 'already_exists':
      return refuse({ code: 'attachment_id_reused', detail })
    case 'too_many_requests':
      return problemResponse(problemOf({ code: 'too_many_waiting', detail }), {
        'retry-after': String(details['retryAfterSeconds']),
      })
    default:
      return refuse({ code: 'attachment_unfit', detail })
  }
}

/** Why a body was not read to its end. */
function unread(problem: 'too_large' | 'too_slow' | 'no_room', tooLarge: string): Response {
  switch (problem) {
    case 'too_large':
      return refuse({ code: 'body_too_large', detail: tooLarge })
    case 'too_slow':
      return refuse({ code: 'body_too_slow', detail: 'The body came too slowly. Send it again.' })
    case 'no_room':
      return away()
  }
}

function away(): Response {
  const detail = 'The gateway cannot take anything in right now. Send the same again in a while.'
  return problemResponse(problemOf({ code: 'unavailable', detail }), {
    'retry-after': String(retryAfterSeconds),
  })
}

/** A database out of reach is the gateway's trouble, not a crash: the shop tries again. */
function failed(context: GatewayContext, error: Error): Response {
  if (isDatabaseLost(error)) {
    context.log.warn({ err: error }, 'the database cannot be reached')
    return away()
  }
  context.log.error({ err: error }, 'a storefront request failed')
  const detail = 'The gateway failed, and nothing was taken in. Send the same again later.'
  return problemResponse(problemOf({ code: 'internal', detail }))
}
