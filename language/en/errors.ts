import type { errors as original } from '../sv/errors'
import type { Translation } from '../translation'

export const errors: Translation<typeof original> = {
  'error.malformed': 'What was sent could not be read.',
  'error.invalid': 'Something in what was sent cannot be taken as it is.',
  'error.invalid.field': '{field} cannot be taken as it is written.',
  'error.invalid.tooSmall': '{field} is too short or too small.',
  'error.invalid.tooBig': '{field} is too long or too large.',
  'error.invalid.warehouses':
    'A line can no longer be delivered from the warehouse that was chosen. Choose another.',
  'error.field.username': 'The user name',
  'error.field.displayName': 'The name',
  'error.field.password': 'The password',
  'error.field.roles': 'The choice of roles',
  'error.field.team': 'The name of the team',
  'error.field.approvalLimit': 'The amount of the approval limit',
  'error.field.discountLimit': 'The discount limit',
  'error.field.marginFloor': 'The margin floor',
  'error.field.reason': 'The reason',
  'error.field.message': 'The message',
  'error.field.text': 'What you search for',
  'error.field.quantity': 'The quantity',
  'error.other': 'The gateway said no, for a reason that this version of Kontor does not know.',
  'error.unknown_command': 'The gateway does not know that action. Kontor may need an update.',
  'error.unknown_query': 'The gateway does not know that question. Kontor may need an update.',
  'error.too_large': 'What was sent is too large.',
  'error.too_large.maximum': 'The file is too large: at most {maximum} is taken.',
  'error.attachment_unfit': 'The file cannot be attached.',
  'error.attachment_unfit.empty': 'The file is empty.',
  'error.attachment_unfit.unknown_kind':
    'Files of this kind are not taken. Attach PDF, images (PNG, JPEG, WebP), drawings (DWG), documents (DOCX, XLSX), mail (EML) or text (TXT, CSV).',
  'error.attachment_unfit.macros':
    'The document holds macros or embedded objects. Save it without them and attach that.',
  'error.attachment_unfit.misnamed':
    'The file’s ending is another than what it holds. Give it the right ending, or save it anew.',
  'error.attachment_unfit.too_many':
    'There are {maximum} attachments already, and no more can be added. Remove one first.',
  'error.attachment_unfit.not_uploaded':
    'The file never reached the gateway, or has been swept away there. Attach it again.',
  'error.too_many_requests': 'Too many attempts in a short time. Wait {seconds} s and try again.',
  'error.too_many_requests.others_upload':
    'The gateway is taking in other files just now. Try again in a moment.',
  'error.too_many_requests.too_many_waiting':
    'You have sent many files that are attached to nothing. They are swept away within a day; try again then.',
  'error.protocol_mismatch':
    'Kontor and the gateway are of different versions and do not understand each other.',
  'error.unauthenticated': 'You are not signed in. Sign in again.',
  'error.session_expired': 'Your sign-in has run out. Sign in again.',
  'error.wrong_credentials': 'The user name or the password is not right.',
  'error.user_disabled': 'The account is disabled. An administrator can enable it.',
  'error.forbidden': 'You do not have the right to do this.',
  'error.above_limit': 'This is above your limit.',
  'error.above_limit.figures':
    'The total {total} is above your limit of {limit}. Someone with a higher limit has to approve.',
  'error.not_your_step': 'Others are to approve it now.',
  'error.cannot_skip': 'The step cannot be skipped.',
  'error.cannot_skip.not_pending': 'The step is no longer the one that waits.',
  'error.cannot_skip.not_named':
    'The step waits for nobody in particular. Approve it yourself, or reject it.',
  'error.cannot_skip.not_approver': 'Only an approver can skip somebody else’s step.',
  'error.cannot_skip.own_step': 'The step is yours to approve.',
  'error.cannot_skip.last_step': 'It is the last step, and somebody has to approve.',
  'error.reminded_lately': 'They have been reminded within the hour.',
  'error.customer_approves': 'The customer approves it as it is.',
  'error.customer_approves.prices':
    'The customer approves these prices. Change the lines instead, and they are asked anew.',
  'error.customer_approves.parts':
    'The customer approves it whole. Split it first, and they are asked for each part.',
  'error.own_work':
    'You have changed it beyond what you may approve alone. Somebody else has to approve it.',
  'error.own_work.discount':
    'You have changed it, and a discount of {value} is above your limit of {allowed}. Somebody else has to approve it.',
  'error.own_work.margin':
    'You have changed it, and a margin of {value} is below your floor of {allowed}. Somebody else has to approve it.',
  'error.beyond_price_limit': 'A price goes beyond what you may set by yourself.',
  'error.beyond_price_limit.discount':
    '{article}: a discount of {value} is above your limit of {allowed}.',
  'error.beyond_price_limit.margin':
    '{article}: a margin of {value} is below your floor of {allowed}.',
  'error.edit_unsound': 'The changes cannot be made as they are.',
  'error.edit_unsound.quantity_not_positive': 'A quantity must be above zero.',
  'error.edit_unsound.quantity_too_large': 'A quantity is too large.',
  'error.edit_unsound.quantity_precision': 'A quantity has too many decimals for its article.',
  'error.edit_unsound.quantity_below_minimum': 'A quantity is below the article’s minimum.',
  'error.edit_unsound.quantity_not_pack_multiple':
    'A quantity is not a multiple of the article’s pack.',
  'error.edit_unsound.unknown_article': 'There is no such article any more.',
  'error.edit_unsound.unknown_warehouse': 'There is no such warehouse any more.',
  'error.edit_unsound.warehouse_not_open': 'The warehouse is no longer open to the webshop.',
  'error.edit_unsound.unknown_address': 'The customer no longer has that address.',
  'error.edit_unsound.unknown_line': 'A line is no longer there.',
  'error.edit_unsound.no_lines': 'At least one line has to stay.',
  'error.edit_unsound.amount_too_large': 'An amount is too large to be counted exactly.',
  'error.edit_unsound.duplicate_line_id': 'A line is named twice.',
  'error.edit_unsound.date_out_of_range': 'A date does not exist.',
  'error.edit_unsound.date_past': 'A date is already over.',
  'error.edit_unsound.nothing_changed': 'Nothing is changed.',
  'error.not_found': 'It no longer exists, or is not yours to see.',
  'error.stale_version':
    'It changed while you were reading. Read the latest through and try again.',
  'error.stale_version.by': '{name} changed it {when}. Read the latest through and try again.',
  'error.command_id_reused': 'The same action was already sent with another content. Try again.',
  'error.already_decided': 'It has already been decided.',
  'error.already_decided.by': 'It has already been decided: {name} was first, {when}.',
  'error.wrong_state': 'That cannot be done in the state it is in now.',
  'error.claimed_by_other': 'Someone else has taken it on.',
  'error.claimed_by_other.by': '{name} has taken it on.',
  'error.company_blocked':
    'The customer is blocked. Orders are taken again once the block is lifted.',
  'error.company_closed': 'The customer is closed and takes no new orders.',
  'error.company_on_hold': 'The customer is on hold.',
  'error.figures_changed': 'Figures have changed since you saw them. Nothing was approved.',
  'error.price_missing': 'At least one line has no price and cannot be ordered.',
  'error.price_missing.lines':
    '{count, plural, one {# line has no price} other {# lines have no price}} and cannot be ordered.',
  'error.quote_unsound': 'Something in the quote cannot be as it is.',
  'error.quote_empty': 'There is nothing in the quote to offer.',
  'error.validity_past': 'The last day of the quote is over. Choose a later one.',
  'error.requisition_ordered': 'What the quote answers has become an order already.',
  'error.requisition_closed':
    'What the quote answers has been withdrawn or rejected, or has expired.',
  'error.already_exists': 'It already exists. Load it again and retry.',
  'error.username_taken': 'The user name is taken.',
  'error.password_too_short': 'The password is too short.',
  'error.password_too_short.minimum':
    'The password is too short. It must have at least {minimum} characters.',
  'error.password_too_common': 'The password is on lists of common passwords. Choose another.',
  'error.delegation_impossible': 'It cannot be handed over like that.',
  'error.delegation_impossible.nothing_to_hand_over':
    'Who hands over decides nothing, so there is nothing to hand over.',
  'error.delegation_impossible.to_oneself': 'Nobody can stand in for themselves.',
  'error.delegation_impossible.cannot_decide':
    'The colleague decides nothing. Choose a rep or an approver.',
  'error.delegation_impossible.no_days':
    'It would be over before it begins. Choose a last day that is today or later.',
  'error.delegation_impossible.already_there':
    'The same colleague stands in on some of those days already.',
  'error.delegation_impossible.in_circle':
    'It would lead back to the one who hands over. Choose somebody else, or other days.',
  'error.delegation_impossible.chain_too_long':
    'The steps would be handed on too often. Choose somebody who has not handed over in turn.',
  'error.last_approver':
    'The rules demand an approver, and this is the last one. Change the rules first, or make someone else an approver.',
  'error.last_admin': 'There must be at least one administrator.',
  'error.unavailable': 'The gateway cannot be reached right now. Try again in a moment.',
  'error.unavailable.database_full':
    'The gateway’s disk is full, so nothing has changed. Whoever runs the gateway needs to make room.',
  'error.unavailable.disk_full':
    'This computer’s disk is full, so it could not be saved and has not been sent. Make room and try again.',
  'error.unavailable.disk_refused':
    'This computer’s disk could not be written to, so it could not be saved and has not been sent.',
  'error.unavailable.file_unreadable':
    'The file could not be read on this computer. It may have been moved, or be open in another program.',
  'error.unavailable.file_changed': 'The file has changed since it was chosen. Choose it again.',
  'error.unavailable.file_forgotten': 'The file is no longer here to be sent. Choose it again.',
  'error.unavailable.too_slow':
    'The answer took too long to find. Search for something more particular.',
  'error.unavailable.upload_too_slow':
    'The file reached the gateway too slowly, or stopped on its way. Check the network and try again.',
  'error.unavailable.unknown_host': 'No computer has that address. Check the spelling.',
  'error.unavailable.timeout':
    'The gateway did not answer in time. Check the address and the network and try again.',
  'error.unavailable.certificate':
    'The gateway’s certificate cannot be trusted, so no password was sent. Ask whoever looks after the gateway.',
  'error.unavailable.unencrypted':
    'What answers at the address answers without encryption, so no password was sent. Type the gateway’s https address; if it is on this computer, the address begins with http://.',
  'error.unavailable.redirected':
    'The address leads on to another one. Type the gateway’s own address.',
  'error.unavailable.not_a_gateway': 'Something answers at the address, but it is no gateway.',
  'error.unavailable.unreachable':
    'No gateway answers at the address. Check it, and that the gateway is running.',
  'error.internal':
    'Something went wrong at the gateway. Nothing has been changed. Try again, and get in touch with the reference if it happens again.',
  'error.reference': 'Reference {reference}',
  'error.code': 'Code {code}',
  'error.forSupport': 'For support',
}
