import type { allowances as original } from '../sv/allowances'
import type { Translation } from '../translation'

export const allowances: Translation<typeof original> = {
  'allowance.title': 'Right and limits, without VAT',
  'allowance.titleRight': 'Right',
  'allowance.lists': 'may send lists, not propose or order',
  'allowance.requisition': 'may propose, not order',
  'allowance.order': 'may order up to {limit} per order',
  'allowance.orderAny': 'may order without a limit per order',
  'allowance.orderFree': 'may order without a limit',
  'allowance.atMost': 'at most {limit}',
  'allowance.used': '{used} of {limit}',
  'allowance.left': '{amount} left',
  'allowance.over': '{amount} over the limit',
  'allowance.offline': 'What has been used cannot be seen without contact.',
  'allowance.failed': 'What has been used could not be fetched.',
  'allowance.lastKnown': 'last known {when}',
  'buyers.title': 'Who at the customer may approve',
  'buyers.for': '{amount} without VAT',
  'buyers.noPeriod': 'without a limit for a month or a year',
  'buyers.tooLittle': 'only {left}',
  'buyers.nobody': 'Nobody at the customer may order so much.',
  'buyers.nobodyLeft': 'None of them has so much left.',
  'buyers.whatToDo':
    'An approver can skip the step, or an administrator can give somebody at the customer the right.',
}
