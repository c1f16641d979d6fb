import type { session as original } from '../sv/session'
import type { Translation } from '../translation'

export const session: Translation<typeof original> = {
  'session.welcome': 'Welcome to Kontor',
  'session.welcomeDetail':
    'The desk where a seller meets what comes in from the webshop: proposals, lists and quote requests become orders.',
  'session.tryDemo': 'Try it with a made-up wholesaler',
  'session.tryDemoDetail':
    '2,000 articles, 200 customers and three warehouses, on this computer. Nothing else has to be installed.',
  'session.connect': 'Sign in to your gateway',
  'session.connectDetail': 'Whoever looks after Kontor where you work has the address.',
  'session.address': 'Address of the gateway',
  'session.addressHint': 'for example https://kontor.company.com',
  'session.addressEmpty': 'Type the address of the gateway.',
  'session.addressMalformed': 'That is not an address. It looks like https://kontor.company.com.',
  'session.addressScheme': 'The address should begin with https://.',
  'session.addressInsecure':
    'The address must begin with https://. Only a gateway on this computer may be used without encryption.',
  'session.addressCredentials': 'Type the address without user name and password.',
  'session.addressLong': 'The address is too long. It looks like https://kontor.company.com.',
  'session.username': 'User name',
  'session.password': 'Password',
  'session.usernameEmpty': 'Type your user name.',
  'session.passwordEmpty': 'Type your password.',
  'session.usernameForm': 'The user name has characters that no name can have.',
  'session.tooLong': 'At most {maximum} characters.',
  'session.requestFailed':
    'It could not be sent, and nothing has happened. For support: reference {reference}.',
  'session.waiting':
    '{count, plural, one {# decision waits on this computer and is sent when you sign in as {name} again.} other {# decisions wait on this computer and are sent when you sign in as {name} again.}}',
  'session.signOutWaitingTitle':
    '{count, plural, one {Sign out with # decision waiting?} other {Sign out with # decisions waiting?}}',
  'session.signIn': 'Sign in',
  'session.signingIn': 'Signing in…',
  'session.signInTo': 'Sign in to {gateway}',
  'session.signInToDemo': 'Sign in to the demo',
  'session.demoAccounts': 'Who do you want to be?',
  'session.demoAccountsDetail': 'Demo accounts, with passwords made for this computer.',
  'session.otherAccount': 'Another account',
  'session.otherGateway': 'Change gateway',
  'session.ended.expired': 'Your sign-in has run out. Sign in again; nothing you typed is lost.',
  'session.ended.revoked': 'An administrator withdrew your sign-in. Sign in again.',
  'session.ended.wiped':
    'What was kept on this computer belonged to someone else or was damaged, and has been removed. Sign in again and it is fetched anew.',
  'session.starting': 'Kontor is starting',
  'session.step.database': 'Starting the database',
  'session.step.demo_data': 'Putting in the made-up wholesaler’s articles, customers and stock',
  'session.step.demo_data.detail': 'It takes a few seconds the first time.',
  'session.step.signing_in': 'Signing you in',
  'session.loadingReplica': 'Fetching the work',
  'session.failed': 'Kontor could not start its own gateway',
  'session.failedForSupport': 'For support:',
  'session.failedReference': 'Reference {reference}',
  'session.signOut': 'Sign out',
}
