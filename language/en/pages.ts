import type { pages as original } from '../sv/pages'
import type { Translation } from '../translation'

export const pages: Translation<typeof original> = {
  'page.state.open': 'In progress',
  'page.state.open.detail':
    'We are looking through what you sent. You will hear from us as soon as it is decided.',
  'page.state.open.approved':
    'Approved at your company by {names}. We are looking through it, and you will hear from us as soon as it is decided.',
  'page.state.approved': 'Approved',
  'page.state.approved.detail': 'It will be placed as an order as soon as possible.',
  'page.state.ordered': 'Order {order} is placed',
  'page.state.ordered.detail': 'It was placed {when}.',
  'page.state.ordered.dates':
    '{lines, plural, one {The delivery date is confirmed.} other {Every line has a confirmed delivery date.}}',
  'page.state.ordered.someDates':
    '{confirmed} of {lines} lines have a confirmed delivery date. We will be in touch about the others.',
  'page.state.rejected': 'We cannot go ahead',
  'page.state.rejected.detail': 'It was decided {when}. This is why:',
  'page.state.refused': 'Not approved',
  'page.state.refused.detail': '{name} at your company said no {when}. Here is the reason:',
  'page.state.returned': 'We need your answer',
  'page.state.returned.detail':
    'Change it and send a new version from the webshop, or withdraw it here.',
  'page.state.quoted': 'We have answered with quote {number}',
  'page.state.quoted.detail':
    'Open the link in the mail about the quote to read and answer it, or sign in to the webshop.',
  'page.state.withdrawn': 'Withdrawn',
  'page.state.withdrawn.detail': '{name} withdrew it {when}.',
  'page.state.expired': 'Expired',
  'page.state.expired.detail': 'Please send a new version from the webshop.',

  'page.state.proposed.detail':
    'We propose some changes. Accept them, send a new version from the webshop, or withdraw.',

  'page.attachments': 'Attachments',

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

  'page.state.asked': 'Waiting for approval at your company',
  'page.state.asked.detail': 'Somebody at your company who may order needs to approve it.',
  'page.asked.heading': '{sender} asks for your approval',
  'page.asked.own.heading': 'The purchase waits for your approval',
  'page.asked.detail':
    'Once you approve the purchase it goes on to us, and may become an order at once.',
  'page.asked.approve': 'Approve the purchase of {sum} excl. VAT',
  'page.asked.reject': 'Reject',
  'page.asked.reject.detail': 'There will be no order. {sender} will read the reason.',
  'page.asked.own.reject.detail': 'There will be no order.',
  'page.asked.reject.reason': 'Why?',
  'page.asked.reject.confirm': 'Yes, reject it',
  'page.asked.reject.empty': 'Give a reason first.',
  'page.asked.blocked': 'We cannot take orders from you at the moment. Please contact us.',
  'page.asked.mayNotOrder':
    'You do not have the right to order, so somebody else at your company needs to answer.',
  'page.asked.overOrder':
    'With its parts the purchase comes to {total}, above your limit of {limit} per order. Somebody with a higher limit needs to approve it.',
  'page.asked.overMonth':
    'The purchase goes above your limit of {limit} a month: {left} is left. Somebody else needs to approve it.',
  'page.asked.overYear':
    'The purchase goes above your limit of {limit} a year: {left} is left. Somebody else needs to approve it.',
  'page.asked.otherCurrency':
    'Your limit is in {currency} and cannot be compared with the purchase. Please contact us.',

  'page.quote.open': 'The quote is valid through {day}',
  'page.quote.open.detail': 'Accept it here, ask for a change, or decline.',
  'page.quote.accept': 'Accept the quote',
  'page.quote.accept.detail': 'When you accept, we place the order at once, for {sum} incl. VAT.',
  'page.quote.counter': 'Ask for a change',
  'page.quote.counter.detail':
    'We read what you write and answer with a new version. This one can then no longer be accepted.',
  'page.quote.counter.message': 'What would you like changed?',
  'page.quote.counter.confirm': 'Send',
  'page.quote.counter.empty': 'Write what you would like changed.',
  'page.quote.decline': 'Decline',
  'page.quote.decline.detail':
    'The quote will then not become an order. This cannot be undone, but you can always ask for a new one.',
  'page.quote.decline.confirm': 'Yes, decline it',
  'page.quote.refused': 'The quote cannot be accepted as things are. Please contact us.',
  'page.quote.ordered.detail': '{name} accepted the quote {when}.',
  'page.quote.countered': 'We have received your answer',
  'page.quote.countered.detail':
    '{name} answered {when}. You will get a mail when we have a new version.',
  'page.quote.declined': 'You have declined',
  'page.quote.declined.detail':
    '{name} declined {when}. Please contact us if you change your mind.',
  'page.quote.withdrawn': 'The quote is no longer valid',
  'page.quote.withdrawn.detail':
    'We withdrew it {when}. Please contact us if you have any questions.',
  'page.quote.expired': 'The quote has expired',
  'page.quote.expired.detail':
    'It was valid through {day}. Please contact us, and we will gladly make a new one.',
  'page.quote.superseded': 'There is a newer version',
  'page.quote.superseded.detail':
    'This one is no longer valid. Open the link in the mail about the new version, or sign in to the webshop.',
  'page.quote.revised': 'This version is no longer valid',
  'page.quote.revised.detail':
    'We are looking over the quote. If we send a new version, you will get a mail about it. Please contact us if you have any questions.',
  'page.fact.validUntil': 'Valid through',
  'page.fact.answers': 'In answer to',
  'page.fact.freight': 'Freight',

  'page.fact.name': 'Name',
  'page.fact.rest': 'Other lines',
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
    'Open it once more from the mail, and make sure that the whole address is there. If that does not help, please contact us.',
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
