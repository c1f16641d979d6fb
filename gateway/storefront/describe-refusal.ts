import { MILLI_SCALE, printDecimal } from '../../domain/money/decimal'
import type { AcceptanceRefusal } from '../../domain/requisition/acceptance'
import type { BuyerRefusal } from '../../domain/requisition/buyer-decision'
import type { ChangeProblem } from '../../domain/requisition/changes'
import type { AnswerRefusal } from '../quotes/answer-quote'
import type { DocumentRefusal } from '../requisitions/receive-document'
import type { WithdrawalReception } from '../requisitions/withdraw-document'
import { valueAt } from '../http/json-pointer'
import type { ProblemError } from './problem'

type Refusal =
  | DocumentRefusal
  | Extract<WithdrawalReception, { kind: 'refused' }>['refusals'][number]
  | AcceptanceRefusal
  | BuyerRefusal
  | AnswerRefusal

/** A refusal in words, pointing into the whole body. `data` is what was sent, as parsed. */
export function describeRefusal({ pointer, problem }: Refusal, data: unknown): ProblemError {
  const place = problem.code === 'timestamp_out_of_range' ? '/timestamp' : `/data${pointer}`
  // Our own pointers hold nothing that is escaped.
  const sent = valueAt(data, pointer.split('/').slice(1))
  return { code: problem.code, pointer: place, detail: wordProblem(problem, String(sent)) }
}

/** A problem as an English sentence. */
export function wordProblem(problem: Refusal['problem'] | ChangeProblem, sent: string): string {
  const quantity = (value: number) => printDecimal(value, MILLI_SCALE)
  switch (problem.code) {
    case 'unknown_attachment':
      return `The shop has sent no file ${sent}, or it has been swept away since. Send it again.`
    case 'attachment_misnamed':
      return `“${sent}” ends in what the file is not: it holds ${problem.kind}.`
    case 'too_many_attachments':
      return `A document has at most ${problem.maximum} attachments, with those that it has already.`
    case 'unknown_contact':
      return `There is no contact “${sent}”.`
    case 'contact_disabled':
      return `The contact “${sent}” is disabled and may send nothing.`
    case 'company_blocked':
      return `The contact’s company is blocked${because(problem.reason)}.`
    case 'company_closed':
      return `The contact’s company is closed${because(problem.reason)}.`
    case 'ordering_right_too_low':
      return `This takes the ordering right “${problem.needs}”, and the contact has “${problem.has}”.`
    case 'wrong_currency':
      // Of what was accepted nobody has said it: it is as old as the document.
      return sent === 'undefined'
        ? `The company trades in ${problem.currency} by now.`
        : `The company trades in ${problem.currency}, not in ${sent}.`
    case 'unknown_address':
      return `The company has no address “${sent}”.`
    case 'date_out_of_range':
      return `The date ${sent} cannot be kept.`
    case 'timestamp_out_of_range':
      return 'The event is from before the year 2000 or more than a day ahead. Check the shop’s clock.'
    case 'duplicate_line_id':
      return `The line id “${sent}” stands on /data/lines/${problem.first} already.`
    case 'unknown_article':
      return `There is no article “${sent}”.`
    case 'quantity_not_positive':
      return 'The quantity must be above 0.'
    case 'quantity_too_large':
      return `The quantity may be at most ${quantity(problem.largest)}.`
    case 'quantity_precision':
      return problem.precision === 0
        ? 'The article is sold in whole units only.'
        : `The article’s quantity may have at most ${problem.precision} decimals.`
    case 'quantity_below_minimum':
      return `The article is sold from ${quantity(problem.minimum)} upwards.`
    case 'quantity_not_pack_multiple':
      return `The article comes in packs of ${quantity(problem.packMultiple)}${nearest(problem, quantity)}.`
    case 'unknown_warehouse':
      return `There is no warehouse “${sent}”.`
    case 'warehouse_not_open':
      return `The warehouse “${sent}” is not open to the webshop.`
    case 'amount_too_large':
      return 'The amount is more than can be counted exactly.'
    case 'document_of_other_company':
      return 'The document was sent in by another company’s contact.'
    case 'revision_not_next':
      return `The next revision of this document is ${problem.expected}, not ${sent}.`
    case 'not_returned':
      return `A new revision is taken in when the requisition has been returned. This one is ${words(problem.state)}.`
    case 'revision_changed':
      return 'This revision was taken in before and said something else. Send changes as the next revision when it has been returned.'
    case 'line_in_other_part':
      return `The line “${sent}” is part of ${problem.requisition} since the document was split.`
    case 'unknown_document':
      return `No document “${sent}” has come in from this shop.`
    case 'revision_not_current':
      return `The proposal came with revision ${problem.current}, not ${sent}.`
    case 'nothing_to_accept':
      return `No proposal waits for an answer: it is ${words(problem.state)}.`
    case 'unknown_line':
      return `There is no line “${sent}”.`
    case 'line_exists':
      return `There is a line “${sent}” already.`
    case 'line_named_twice':
      return `The line “${sent}” is changed at /lines/${problem.first} already.`
    case 'no_lines':
      return 'A document needs a line at least.'
    case 'too_many_lines':
      return `A document has ${problem.most} lines at most.`
    case 'already_decided':
      return `It can no longer be withdrawn: it is ${words(problem.state)}.`
    case 'approval_of_other_revision':
      return `It is revision ${problem.current} that waits for an answer, not ${sent}.`
    case 'no_longer_open':
      return `It no longer waits for an answer: it is ${words(problem.state)}.`
    case 'no_buyer_asked':
      return 'Nobody of the company’s own is asked to approve it now.'
    case 'may_not_order':
      return `To approve takes the ordering right “order”, and the contact has “${problem.has}”.`
    case 'limit_in_other_currency':
      return `The contact’s limit is in ${problem.limitCurrency} and cannot be compared with the total.`
    case 'over_order_limit':
      return 'The total is above the contact’s limit for one order.'
    case 'over_period_limit':
      return `The total is above what is left of the contact’s limit for the ${problem.period}.`
    case 'unknown_quote':
      return `This shop has been told of no quote “${sent}”.`
    case 'version_not_newest':
      return `The newest version of this quote is ${problem.newest}, not ${sent}.`
    case 'quote_not_open':
      return `The quote can no longer be answered: it is ${words(problem.state)}.`
    case 'quote_expired':
      return `The quote was valid until ${problem.validUntil}.`
    case 'already_ordered':
      return 'What the quote answers has become an order by another way.'
    case 'requisition_closed':
      return `What the quote answers is ${words(problem.state)}, so no order can come of it.`
    case 'requisition_revised':
      return 'The customer has sent another revision of what the quote answers since: the seller answers that one.'
  }
}

function because(reason: string | null): string {
  return reason === null ? '' : `: ${reason.replace(/\.$/, '')}`
}

function nearest(
  { below, above }: { readonly below: number | null; readonly above: number | null },
  quantity: (value: number) => string,
): string {
  const possible = [below, above].filter((value) => value !== null).map(quantity)
  return possible.length === 0 ? '' : `: ${possible.join(' or ')} would do`
}

function words(state: string): string {
  return state.replaceAll('_', ' ')
}
