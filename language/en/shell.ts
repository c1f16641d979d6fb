import type { shell as original } from '../sv/shell'
import type { Translation } from '../translation'

export const shell: Translation<typeof original> = {
  'shell.product': 'Kontor',
  'shell.search': 'Search customer, order, quote or action',
  'shell.rail': 'Screens',
  'shell.demo': 'Demo',
  'shell.user': 'Account and application',
  'shell.signedInAs': 'Signed in as {name}',
  'shell.notRemembered':
    'This computer has no keyring, so your sign-in is not kept. You will sign in again next time.',
  'shell.recovered':
    '{file} could not be read and starts afresh. What it held is kept as {keptAs}.',
  'shell.unreadable':
    '{count, plural, one {# item from the gateway could not be read and is not shown.} other {# items from the gateway could not be read and are not shown.}} Kontor may be too old.',
  'shell.crashed': 'This part of the window stopped working.',
  'shell.crashedDetail':
    'Nothing you have sent is lost. Reload the part, and get in touch with the reference if it happens again.',
  'shell.reload': 'Reload',

  'connection.live': 'Connected',
  'connection.connecting': 'Connecting…',
  'connection.catching_up': 'Catching up…',
  'connection.offline': 'No contact',
  'connection.age': 'What you see was fetched {when}.',
  'connection.ageUnknown': 'What you see is what was last kept on this computer.',
  'connection.unreachable': 'No contact with the gateway.',
  'connection.refused': 'The gateway did not accept the connection.',
  'connection.unavailable': 'The gateway is running but cannot answer right now.',
  'connection.protocol_older':
    'This version of Kontor is older than the gateway. Update Kontor to go on; what waits to be sent is kept.',
  'connection.protocol_newer':
    'This version of Kontor is newer than the gateway. Ask the administrator to update the gateway; what waits to be sent is kept.',
  'connection.meanwhile':
    'You can read, reject and send back. It is sent once contact is back. Approving has to wait until then.',
  'connection.nextTry': 'Next try {when}.',
  'connection.catchingUpDetail': 'Fetching what changed since {when}.',
  'connection.restored': 'Contact is back.',

  'storage.full': 'This computer’s disk is full.',
  'storage.refused': 'This computer’s disk cannot be written to.',
  'storage.meanwhile':
    'What already waits to be sent is still there, and approving works as usual. Rejections, messages and settings cannot be saved until the disk can be written to again; Kontor notices that by itself.',

  'outbox.title': 'Waiting to be sent',
  'outbox.indicator': '{count, plural, one {# waiting} other {# waiting}}',
  'outbox.refusedIndicator': '{count, plural, one {# came back} other {# came back}}',
  'outbox.empty': 'Everything you have done is sent.',
  'outbox.state.waiting': 'Waiting for contact',
  'outbox.state.sending': 'Sending…',
  'outbox.state.refused': 'Came back',
  'outbox.other': 'A change',

  'palette.title': 'Search or do something',
  'palette.placeholder': 'Search customer, order or action',
  'palette.empty': 'Nothing called “{query}”',
  'palette.openFirst': 'Open a document in the inbox first.',
  'palette.actions': 'Actions',
  'palette.requisitions': 'Inbox',
  'palette.orders': 'Orders',
  'palette.quotes': 'Quotes',
  'palette.companies': 'Customers',
  'shortcuts.title': 'Keyboard shortcuts',
  'shortcuts.singleKeysOff': 'Switched off. Those without Ctrl or ⌘ do nothing.',
}
