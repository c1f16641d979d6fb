import type { ProblemDocument } from '../../contract/storefront'

/** Every code a shop can be answered with: its HTTP status and what it means. docs/storefront.md lists them. */
export const problems = {
  // The request.
  signature_missing: [401, 'The signature headers are missing'],
  signature_malformed: [401, 'The signature headers cannot be read'],
  signature_expired: [401, 'The signature is too old, or from the future'],
  signature_invalid: [401, 'The signature is not that of a known shop'],
  shop_disabled: [403, 'The shop is disabled'],
  not_found: [404, 'There is nothing at this address'],
  method_not_allowed: [405, 'The address does not take this method'],
  body_too_large: [413, 'The body is too large'],
  body_too_slow: [408, 'The body came too slowly'],
  digest_mismatch: [400, 'The body is not the one whose digest was signed'],
  unsupported_media_type: [415, 'The body is not plain JSON'],
  malformed_json: [400, 'The body is not JSON'],
  invalid_cursor: [400, 'The cursor is not one of ours'],
  invalid_limit: [400, 'The limit is not a number in range'],
  invalid_parameter: [400, 'A parameter of the address is not allowed'],
  too_many_articles: [400, 'Too many articles are asked for at once'],
  too_many_requests: [429, 'The shop sends too much at once'],
  too_many_waiting: [429, 'Too many files of the shop’s wait to be named'],
  // The shape of what was sent.
  missing_field: [422, 'A field is missing'],
  unknown_field: [422, 'There is no such field'],
  wrong_type: [422, 'A value is of the wrong type'],
  invalid_value: [422, 'A value is not allowed'],
  unknown_event_type: [422, 'There is no such event'],
  no_lines: [422, 'The document has no lines'],
  too_many_lines: [422, 'The document has too many lines'],
  attachment_unfit: [422, 'The file cannot be taken'],
  unknown_attachment: [422, 'The file has not come in'],
  attachment_misnamed: [422, 'The file is not what its name says'],
  too_many_attachments: [422, 'The document has too many attachments'],
  // Who sent it.
  unknown_contact: [422, 'The contact is not known'],
  contact_disabled: [422, 'The contact is disabled'],
  company_blocked: [422, 'The company is blocked'],
  company_closed: [422, 'The company is closed'],
  ordering_right_too_low: [422, 'The contact may not send this'],
  may_not_order: [422, 'The contact may not order'],
  over_order_limit: [422, 'The total is above the contact’s limit for an order'],
  over_period_limit: [422, 'The total is above what is left of the contact’s limit'],
  limit_in_other_currency: [422, 'The contact’s limit is in another currency'],
  // What it says.
  wrong_currency: [422, 'The currency is not the company’s'],
  unknown_address: [422, 'The company has no such address'],
  date_out_of_range: [422, 'The date cannot be kept'],
  timestamp_out_of_range: [422, 'The time of the event cannot be right'],
  duplicate_line_id: [422, 'Two lines have the same id'],
  unknown_article: [422, 'The article is not known'],
  quantity_not_positive: [422, 'The quantity is not above zero'],
  quantity_too_large: [422, 'The quantity is too large'],
  quantity_precision: [422, 'The quantity has too many decimals for the article'],
  quantity_below_minimum: [422, 'The quantity is below the article’s minimum'],
  quantity_not_pack_multiple: [422, 'The quantity is not a multiple of the article’s pack'],
  unknown_warehouse: [422, 'The warehouse is not known'],
  warehouse_not_open: [422, 'The warehouse is not open to the webshop'],
  amount_too_large: [422, 'An amount is too large to be counted exactly'],
  // What has happened before.
  attachment_id_reused: [409, 'The id has been used for another file'],
  event_id_reused: [409, 'The webhook id has been used for another event'],
  revision_changed: [409, 'This revision has been taken in, saying something else'],
  revision_not_next: [409, 'The revision is not the next one'],
  not_returned: [409, 'The requisition has not been returned'],
  line_in_other_part: [409, 'A line is in another part of the document'],
  document_of_other_company: [409, 'The document is another company’s'],
  revision_not_current: [409, 'The revision is not the one that was returned'],
  nothing_to_accept: [409, 'There is no proposal to accept'],
  approval_of_other_revision: [409, 'The revision is not the one that waits'],
  no_buyer_asked: [409, 'Nobody of the company’s own is asked'],
  no_longer_open: [409, 'It no longer waits for an answer'],
  unknown_document: [409, 'There is no such document'],
  already_decided: [409, 'It has been decided already'],
  unknown_quote: [409, 'There is no such quote'],
  version_not_newest: [409, 'The version is not the newest one'],
  quote_not_open: [409, 'The quote can no longer be answered'],
  quote_expired: [409, 'The quote is no longer valid'],
  already_ordered: [409, 'It has been ordered already'],
  requisition_closed: [409, 'What the quote answers is no longer open'],
  requisition_revised: [409, 'What the quote answers has been sent anew since'],
  unknown_line: [422, 'The quote has no such line'],
  // The gateway.
  internal: [500, 'The gateway failed'],
  unavailable: [503, 'The gateway cannot take anything in right now'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>

export type ProblemCode = keyof typeof problems

/** One thing that is wrong, and where; of the request as a whole neither of both is told. */
export interface ProblemError {
  readonly code: ProblemCode
  readonly detail: string
  /** A JSON pointer into the body. */
  readonly pointer?: string
  /** The name of a parameter of the address, and of those that may come several times, which. */
  readonly parameter?: string
  readonly value?: string
}

/** Where a problem's description is served. */
export const problemPath = '/storefront/v1/problems'

/** More than this are counted, not listed. */
const listedErrors = 100

/** The problem document that says everything that is wrong; its status and code are those of the first. */
export function problemOf(first: ProblemError, ...more: readonly ProblemError[]): ProblemDocument {
  const { code, detail } = first
  const [status, title] = problems[code]
  const errors = [first, ...more].filter(
    ({ pointer, parameter }) => pointer !== undefined || parameter !== undefined,
  )
  return {
    type: `${problemPath}/${code}`,
    title,
    status,
    detail: more.length === 0 ? detail : `${detail} ${howManyMore(errors.length - 1)}`,
    code,
    ...(errors.length > 0 && { errors: errors.slice(0, listedErrors) }),
  }
}

/** A problem as an answer. */
export function problemResponse(
  problem: ProblemDocument,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}

function howManyMore(count: number): string {
  const unlisted = count + 1 - listedErrors
  const more = count === 1 ? 'One more error is listed.' : `${count} more errors are listed.`
  return unlisted > 0
    ? `${listedErrors - 1} more errors are listed, and there are ${unlisted} besides.`
    : more
}
