import type { availability as original } from '../sv/availability'
import type { Translation } from '../translation'

export const availability: Translation<typeof original> = {
  'availability.now': '{quantity} now',
  'availability.promised': '{date}',
  'availability.promisedPlanned': '{date}, planned',
  'availability.partThen': '{now} now · {rest} on {date}',
  'availability.partThenPlanned': '{now} now · {rest} on {date}, planned',
  'availability.leadTime': '{days, plural, one {# working day} other {# working days}} · {date}',
  'availability.partThenLeadTime':
    '{now} now · the rest {days, plural, one {# working day} other {# working days}}',
  'availability.outOfStock': 'out of stock',
  'availability.partThenOut': '{now} now · the rest out of stock',
  'availability.late': 'late, expected {date}',
  'availability.undated': '{quantity} on the way without a date',
  'availability.unknown': 'no balance',
  'availability.unknownWhy':
    'The warehouse has told no balance for the article: it is not kept there, and cannot be chosen.',
  'availability.noWarehouses': 'No warehouse is open to the webshop',
  'availability.from': '{article} is delivered from',
  'availability.choose': 'Deliver from {warehouse}',
  'availability.automatic': 'Delivered from here unless you choose another',
  'availability.chosen': 'Your choice',
  'availability.parts': 'How the balance is made up',
  'availability.onHand': 'On hand',
  'availability.backlog': 'Backlog',
  'availability.own': 'Our orders on top of it',
  'availability.safety': 'Safety stock',
  'availability.deliverable': 'Deliverable balance',
  'availability.inboundConfirmed': 'Confirmed inbound',
  'availability.inboundPlanned': 'Planned inbound',
  'availability.lateInbound': 'Late inbound',
  'availability.undatedInbound': 'Inbound without a date',
  'availability.leadTimeDays': 'Lead time',
  'availability.days': '{days, plural, one {# working day} other {# working days}}',
  'availability.observed': 'By {source} {when}',
}
