import type { settings as original } from '../sv/settings'
import type { Translation } from '../translation'

export const settings: Translation<typeof original> = {
  'action.go.settings': 'Settings',

  'settings.title': 'Settings',
  'settings.here': 'They are yours on this computer and are saved at once.',
  'settings.appearance': 'Appearance',
  'settings.language': 'Language',
  'settings.language.system': 'As the computer ({language})',
  'settings.language.sv': 'Svenska',
  'settings.language.en': 'English',
  'settings.theme': 'Light or dark',
  'settings.theme.system': 'As the computer',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',
  'settings.density': 'Density',
  'settings.density.comfortable': 'Comfortable',
  'settings.density.compact': 'Compact',
  'settings.keyboard': 'Keyboard',
  'settings.singleKeys': 'Single-key shortcuts',
  'settings.singleKeysDetail':
    'For example {approve} to approve. Switch them off if you dictate, or hit keys by mistake; those with Ctrl or ⌘ remain.',
  'settings.showShortcuts': 'Show all shortcuts',
  'settings.account': 'Account',
  'settings.user': 'User',
  'settings.username': 'User name',
  'settings.roles': 'Roles',
  'settings.approvalLimit': 'Approval limit',
  'settings.noApprovalLimit': 'no limit',
  'settings.limitWithoutVat': '{limit} without VAT',
  'settings.rolesChangedBy': 'Roles and limits are changed by {names}.',
  'settings.rolesChangedByAdmin': 'Roles and limits are changed by an administrator.',
  'settings.openUsers': 'Users and roles',
  'settings.signOutTitle': 'Sign out',
  'settings.signOutDetail':
    'What is kept on this computer is deleted, and fetched anew the next time you sign in.',
  'settings.signOutWaiting':
    '{count, plural, one {# thing you did has not been sent yet. It stays on this computer and is sent when you sign in here again, not before.} other {# things you did have not been sent yet. They stay on this computer and are sent when you sign in here again, not before.}}',
  'settings.signOutRefused':
    '{count, plural, one {# thing came back from the gateway and waits for you.} other {# things came back from the gateway and wait for you.}}',
  'settings.showOutbox': 'Show what is waiting',
  'settings.noScreens':
    '{roles}: the role is for answering questions about articles and stock. Customers, inbox and orders belong to other roles and are not shown. An administrator can give you more.',
  'settings.about': 'About Kontor',
  'settings.version': 'Version',
  'settings.gateway': 'Gateway',
  'settings.gatewayDemo': 'the demo on this computer',
  'settings.seller': 'Seller',
  'settings.copyGateway': 'Copy the address',
  'settings.recovered': 'Recovered files',
  'settings.failed': 'The setting could not be saved. Reference {reference}.',

  'standIn.title': 'Stand-in',
  'standIn.detail':
    'While you are away, a colleague takes the approval steps that are yours, within their own limit and for the customers they see. It shows who did what, and for whom.',
  'standIn.takesYours': '{name} takes your steps',
  'standIn.takesTheirs': 'You take steps for {name}',
  'standIn.days': '{from} – {until}',
  'standIn.end': 'End',
  'standIn.giveBack': 'Give back',
  'standIn.begin': 'Hand over…',
  'standIn.to': 'To',
  'standIn.from': 'From',
  'standIn.until': 'Until',
  'standIn.reason': 'Reason (optional)',
  'standIn.noDate': 'Write a day that exists: YYYY-MM-DD.',
  'standIn.reasonTooLong': 'At most {limit} characters.',
  'standIn.handOver': 'Hand over',
  'standIn.nobody':
    'Nobody else can decide for these customers, so there is nobody to hand over to.',
  'standIn.offline': 'Handing over needs contact with the gateway.',
  'standIn.noAnswer':
    'The gateway did not answer, so it is not certain that it went through. Look in the list before you try again.',
}
