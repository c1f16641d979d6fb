import type { inbox as original } from '../sv/inbox'
import type { Translation } from '../translation'

export const inbox: Translation<typeof original> = {
  'inbox.title': 'Inbox',
  'inbox.filter': 'Which ones are shown',
  'inbox.filter.to_decide': 'To decide',
  'inbox.filter.mine': 'Mine',
  'inbox.filter.all': 'All',
  'inbox.filter.finished': 'Finished',
  'inbox.search': 'Search the inbox',
  'inbox.searchPlaceholder': 'Number, customer, mark, article …',
  'inbox.list': 'Received',
  'inbox.new': '{count, plural, one {# new} other {# new}}',
  'inbox.reminded': 'reminded',
  'inbox.remindedBy': '{name} reminds you',
  'inbox.waitsFor': 'waits for {who}',
  'inbox.waitsForCustomer': 'waits for the customer',
  'inbox.unread': 'Unread',
  'inbox.restOf': 'the rest of {number}',
  'inbox.lines': '{count, plural, one {# line} other {# lines}}',
  'inbox.hits': '{count, plural, one {# match} other {# matches}}',
  'inbox.hint.move': 'move',
  'inbox.hint.approve': 'approve',
  'inbox.hint.reject': 'reject',
  'inbox.hint.all': 'all',
  'inbox.empty.to_decide': 'Nothing to decide',
  'inbox.empty.to_decide.detail':
    'Lists, quote requests and proposals from the webshop arrive here the moment they are sent.',
  'inbox.empty.mine': 'You have not taken anything on',
  'inbox.empty.mine.detail':
    'Press {key} on a row of the inbox to show colleagues that you have it.',
  'inbox.empty.all': 'Nothing has come in yet',
  'inbox.empty.all.detail':
    'Lists, quote requests and proposals from the webshop arrive here the moment they are sent.',
  'inbox.empty.finished': 'Nothing finished in the last 30 days',
  'inbox.empty.finished.detail': 'What was ordered, rejected or withdrawn is shown here.',
  'inbox.nothingFound': 'Nothing matches “{query}”',
  'inbox.nothingFoundDetail':
    'The search covers number, customer, contact, references, mark, articles and amounts among what is shown.',
  'inbox.searchAll': 'Search among all',
  'inbox.notAllowed': 'You do not see the inbox',
  'inbox.notAllowedDetail': 'What comes in is shown to reps, approvers and administrators.',
  'inbox.nothingSelected': 'Choose something in the list',
  'inbox.nothingSelectedDetail': 'Move with {down} and {up}.',
  'inbox.missing': 'Not all of this can be read just now',
  'inbox.missingDetail':
    'What was kept on this computer cannot be read. Kontor fetches it again as soon as the gateway can be reached; open it again then.',
  'inbox.gone': 'What you had open is no longer here',
  'inbox.goneDetail':
    'It has become too old to be kept on this computer, or no longer belongs to you.',
}
