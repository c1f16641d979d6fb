import type { Actor } from '../../../contract/primitives'
import { daysBetween } from '../../../domain/calendar'
import { quoteDocument } from '../../documents/quote-document'
import { quoteFileName, quotePdf } from '../../documents/quote-pdf'
import { quoteTitle, quoteView, quoteWords, type QuoteView } from '../../customers/quote-view'
import type { Letter, LetterWriter } from '../letter'
import type { MailKind } from '../tell-customer'

/** What one kind says that another does not; null where things have gone on since. */
type Said = Pick<Letter, 'subject' | 'body' | 'words'> & { readonly label: string }
type Saying = (view: QuoteView) => Said | null

/** The page has all of them. */
const mostLines = 100

/** The letters about a quote: each tells of one version, and of nothing that has been overtaken. */
export const quoteLetters: Readonly<Record<Extract<MailKind, `quote.${string}`>, LetterWriter>> = {
  'quote.sent': letter((view) => {
    const { standing, offer, texts, today } = view
    if (standing !== 'open') return null
    const { t, formats } = texts
    const day = formats.day(offer.validUntil, today)
    return {
      subject: quoteTitle(view),
      body: t(offer.revision === 1 ? 'mail.quote.sent.body' : 'mail.quote.sentAgain.body', { day }),
      words: offer.message === null ? null : { text: offer.message, by: nameOf(offer.sent?.by) },
      label: t('mail.answer'),
    }
  }),
  'quote.ordered': letter((view) => {
    const { order, texts } = view
    if (order === null) return null
    const { t } = texts
    return {
      subject: t('mail.ordered.subject', { order: order.number }),
      body: t('mail.quote.ordered.body', { quote: quoteTitle(view), order: order.number }),
      words: null,
      label: t('mail.open'),
    }
  }),
  'quote.withdrawn': letter((view) => {
    const { standing, quote, texts } = view
    const { outcome } = quote
    if (standing !== 'withdrawn' || outcome?.kind !== 'withdrawn') return null
    const { t } = texts
    const title = quoteTitle(view)
    return {
      subject: t('mail.quote.withdrawn.subject', { quote: title }),
      body: t('mail.quote.withdrawn.body', { quote: title }),
      words: outcome.reason === null ? null : { text: outcome.reason, by: nameOf(outcome.by) },
      label: t('mail.open'),
    }
  }),
  'quote.expired': letter((view) => {
    const { standing, offer, texts, today } = view
    if (standing !== 'expired') return null
    const { t, formats } = texts
    const quote = quoteTitle(view)
    return {
      subject: t('mail.quote.expired.subject', { quote }),
      body: t('mail.quote.expired.body', { quote, day: formats.day(offer.validUntil, today) }),
      words: null,
      label: t('mail.open'),
    }
  }),
}

function letter(say: Saying): LetterWriter {
  return async (db, mail) => {
    const { aggregateId, revision, contactId } = mail
    const view = await quoteView(db, aggregateId, revision, contactId)
    // The contact may have moved to another company, which this is no business of.
    if (!view || view.quote.revision !== revision) return { kind: 'skip', why: 'overtaken' }
    if (view.contact.status === 'disabled') return { kind: 'skip', why: 'contact_disabled' }
    const said = say(view)
    if (said === null) return { kind: 'skip', why: 'overtaken' }
    const { label, ...words } = said
    const { offer, standing, today } = view
    return {
      kind: 'letter',
      letter: {
        ...words,
        link: {
          purpose: 'quote_answer',
          label,
          // Whoever may accept on the last day must be able to, wherever in the day the link was made.
          ...(standing === 'open' && { daysAtLeast: daysBetween(today, offer.validUntil) + 1 }),
        },
        texts: view.texts,
        recipientName: view.contact.name,
        sellerName: view.sellerName,
        companyName: view.companyName,
        document: quoteWords(view, mostLines),
        // An offer is to be kept and passed on; the others only tell of it.
        ...(standing === 'open' && {
          attachment: {
            fileName: quoteFileName(offer),
            pdf: await quotePdf(await quoteDocument(db, offer)),
          },
        }),
      },
    }
  }
}

/** Whoever signs it: a person, or nobody in particular. */
function nameOf(by: Actor | undefined): string | null {
  return by?.kind === 'user' ? by.name : null
}
