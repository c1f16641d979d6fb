import { XMLParser } from 'fast-xml-parser'
import { z } from '../../../contract/zod'

/** What can go wrong between Kontor and the shop, by code; the sentences are for people. */
export interface PrestaShopFailure {
  readonly code: PrestaShopFailureCode
  readonly message: string
  /** What to do about it. */
  readonly advice: string
  readonly resource: string | null
  readonly status: number | null
  /** The shop's own error numbers, in its order. */
  readonly shopCodes: readonly number[]
}

const advices = {
  unreachable: 'Check the address and that the shop is up; the next pass carries on from here.',
  timed_out: 'The shop is slow or the page too large: try later, or lower pageSize.',
  stopped: 'Nothing to do: the next pass carries on from here.',
  redirected: 'Use the address that the shop points to.',
  shop_unknown: 'Check the number of the shop under Advanced Parameters > Multistore.',
  shop_ambiguous: 'Say which shop to read with the option shop.',
  key_refused:
    'Check the key under Advanced Parameters > Webservice: it must be right and enabled. Where it is, the web server keeps the Authorization header from PHP.',
  resource_not_permitted:
    'Give the key the right to read (GET) this resource under Advanced Parameters > Webservice.',
  method_not_permitted: 'Give the key the right to read (GET) this resource.',
  webservice_off: 'Switch it on under Advanced Parameters > Webservice.',
  not_found:
    "Check the address: where the shop's front page answers there but its webservice does not, friendly URLs (rewriting of /api) are off.",
  resource_unknown: 'Check the version of the shop: Kontor reads PrestaShop 1.7 and later.',
  field_unknown: 'Check the version of the shop: Kontor reads PrestaShop 1.7 and later.',
  language_unknown: 'Check that the language is installed and active in the shop.',
  bad_request: 'This is a fault in the connector: please report it with the message.',
  too_many_requests: 'Lower requestsPerSecond, or ask whoever runs the shop to raise the limit.',
  shop_error: "Look in the shop's and PHP's error logs at the time of the request.",
  unreadable:
    'Something other than the webservice answers: a maintenance page, a login, or PHP notices in the output (switch debug mode off).',
  unexpected_value: 'The shop answers in a shape Kontor does not know: please report the message.',
  setting_missing: 'Give the missing setting in the options.',
  too_many_gone:
    'If they really were removed, run the pass again with acceptRemovals; else check the shop and the rights of the key.',
  cursor_unreadable: 'Start over with a full pass without a cursor.',
  cursor_of_another_shop: 'Start over with a full pass without a cursor.',
} as const
export type PrestaShopFailureCode = keyof typeof advices

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: PrestaShopFailure }

/** A failure with the advice that goes with its code. */
export function failure(
  code: PrestaShopFailureCode,
  message: string,
  about: { resource?: string; status?: number; shopCodes?: readonly number[] } = {},
): PrestaShopFailure {
  const { resource = null, status = null, shopCodes = [] } = about
  return { code, message, advice: advices[code], resource, status, shopCodes }
}

/** An HTTP answer that is not a success, as far as it tells something. */
export interface RefusedAnswer {
  readonly resource: string
  readonly status: number
  readonly body: string
  readonly location: string | null
  /** True when the request named a shop. */
  readonly namesShop: boolean
}

/**
 * Turns any answer but a success into a failure. PrestaShop answers in JSON, XML, plain text or with
 * nothing at all, by its own rules, so the status decides where the body is silent.
 */
export function failureOf(answer: RefusedAnswer): PrestaShopFailure {
  const { resource, status } = answer
  const errors = readErrors(answer.body)
  const shopCodes = errors.map(({ code }) => code)
  const said = errors.find(({ code }) => code !== phpNotice)?.message ?? plainText(answer)
  const make = (code: PrestaShopFailureCode, sentence: string) =>
    failure(code, said ? `${sentence} It says: ${quote(said)}` : sentence, {
      resource,
      status,
      shopCodes,
    })
  const has = (...codes: number[]) => codes.some((code) => shopCodes.includes(code))

  if (has(22)) return make('webservice_off', "The shop's webservice is switched off.")
  if (has(26)) {
    return make('resource_not_permitted', `The shop does not let this key read ${resource}.`)
  }
  if (has(23, 25)) return make('method_not_permitted', `The key may not read ${resource}.`)
  if (has(27)) return make('resource_unknown', `The shop has no resource ${resource}.`)
  if (has(32, 35, 38)) return make('field_unknown', `The shop lacks a field of ${resource}.`)
  if (has(81)) return make('language_unknown', 'The shop does not have the language asked for.')
  if (status >= 300 && status < 400) return redirected(answer)
  switch (status) {
    case 401:
    case 403:
      return make('key_refused', 'The shop does not accept the key.')
    case 404:
      return make('not_found', `The shop does not know the address asked for (${resource}).`)
    case 405:
      return make('method_not_permitted', `The shop does not let ${resource} be read.`)
    case 429:
      return make('too_many_requests', 'The shop says it is asked too often.')
  }
  if (status >= 500) return make('shop_error', `The shop failed on ${resource} (${status}).`)
  return make('bad_request', `The shop refused the request for ${resource} (${status}).`)
}

/** Whether the same request may well succeed a little later. */
export function isWorthRetrying({ code }: PrestaShopFailure): boolean {
  return ['unreachable', 'timed_out', 'too_many_requests', 'shop_error'].includes(code)
}

function redirected({ resource, status, location, namesShop }: RefusedAnswer): PrestaShopFailure {
  if (namesShop) {
    return failure('shop_unknown', 'The shop number asked for does not exist there.', {
      resource,
      status,
    })
  }
  const target = location ? ` (${quote(location)})` : ''
  return failure('redirected', `The shop points to another address${target}.`, { resource, status })
}

/** PHP warnings travel as errors of this number beside the real ones. */
const phpNotice = 3

const errorSchema = z.object({ code: z.coerce.number().catch(0), message: z.coerce.string() })
const errorsSchema = z.object({ errors: z.array(errorSchema) })
const xmlErrorsSchema = z.object({
  prestashop: z.object({ errors: z.object({ error: z.array(errorSchema) }) }),
})

// No entities: nothing the shop sends may expand.
const xmlParser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  isArray: (name) => name === 'error',
})

function readErrors(body: string): readonly z.infer<typeof errorSchema>[] {
  const text = body.trim()
  try {
    if (text.startsWith('{')) return errorsSchema.parse(JSON.parse(text)).errors
    if (text.startsWith('<?xml') || text.startsWith('<prestashop')) {
      return xmlErrorsSchema.parse(xmlParser.parse(text)).prestashop.errors.error
    }
  } catch {
    // Neither shape: the status alone must do.
  }
  return []
}

/** A short sentence in `text/html` is the shop's own; a page of HTML says nothing to anyone. */
function plainText({ body }: RefusedAnswer): string | null {
  const text = body.trim()
  return text !== '' && text.length <= 300 && !text.startsWith('<') ? text : null
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > 200 ? `${line.slice(0, 200)}…` : line}”`
}
