import type { pages as original } from '../sv/pages'
import type { Translation } from '../translation'

export const pages: Translation<typeof original> = {
  'page.state.open': 'In progress',
  'page.state.open.detail':
    'We are looking through what you sent. You will hear from us as soon as it is decided.',
  'page.state.approved': 'Approved',
  'page.state.approved.detail': 'It will be placed as an order as soon as possible.',
  'page.state.ordered': 'Order {order} is placed',
  'page.state.ordered.detail': 'It was placed {when}.',
  'page.state.rejected': 'We cannot go ahead',
  'page.state.rejected.detail': 'It was decided {when}. This is why:',
  'page.state.returned': 'We need your answer',
  'page.state.returned.detail':
    'Change it and send a new version from the webshop, or withdraw it here.',
  'page.state.withdrawn': 'Withdrawn',
  'page.state.withdrawn.detail': '{name} withdrew it {when}.',
  'page.state.expired': 'Expired',
  'page.state.expired.detail': 'Please send a new version from the webshop.',

  'page.state.proposed.detail':
    'We propose some changes. Accept them, send a new version from the webshop, or withdraw.',

  'page.accept': 'Accept the changes',
  'page.accept.detail': 'Our proposal then stands instead of what you sent.',
  'page.accept.refused': 'The changes cannot be accepted as things are. Please contact us.',
  'page.withdraw': 'Withdraw',
  'page.withdraw.detail':
    'There will be no order then. This cannot be undone, but you can always send a new one from the webshop.',
  'page.withdraw.reason': 'Why? (optional)',
  'page.withdraw.confirm': 'Yes, withdraw it',
  'page.reason.tooLong': 'At most {maximum} characters.',
  'page.reason.unreadable': 'There are characters in the text that cannot be taken.',

  'page.fact.name': 'Name',
  'page.fact.sent': 'Sent',
  'page.fact.yourReference': 'Your reference',
  'page.fact.purchaseOrder': 'Your order number',
  'page.fact.goodsMark': 'Goods mark',
  'page.fact.requested': 'Requested delivery date',
  'page.fact.delivery': 'Delivery address',
  'page.fact.comment': 'Comment',
  'page.for': 'This page is for {contact}, {company}. The link works until {day}.',

  'page.changed': 'It changed before your answer arrived. This is how it stands now.',
  'page.used': 'Your answer has already arrived. This is how it stands now.',
  'page.unknown': 'The link does not work',
  'page.unknown.detail':
    'Open it once more from the mail, and make sure that all of the address comes along. If that does not help, please contact us.',
  'page.expired': 'The link has expired',
  'page.expired.detail':
    'Links in our mails work for a limited time. Sign in to the webshop to see how things stand, or contact us.',
  'page.outdated': 'The link is no longer current',
  'page.outdated.detail':
    'It has changed since the mail was sent. Open the link in the latest mail, or sign in to the webshop.',
  'page.tooMany': 'One moment',
  'page.tooMany.detail': 'There were many requests at once. Reload the page in a little while.',
  'page.away': 'We cannot show the page right now',
  'page.away.detail': 'Nothing is lost. Reload the page in a little while.',
  'page.wrong': 'That could not be taken',
  'page.wrong.detail': 'Nothing has changed. Open the link in the mail again and try once more.',
}
