import type { RequisitionOutcome } from '../../../contract/entities'
import { awaitsDecision } from '../../../domain/requisition/states'
import { documentWords, numberWords, proposalWords } from '../../customers/document-words'
import { proposalOf, requisitionView, type RequisitionView } from '../../customers/requisition-view'
import { awaitsBuyer } from '../../requisitions/tell-buyers'
import type { Letter, LetterWriter } from '../letter'
import type { MailKind } from '../tell-customer'

/** What one kind says that another does not; null where things have gone on since. */
type Said = Pick<Letter, 'subject' | 'body' | 'words'> & Partial<Pick<Letter, 'link'>>
type Saying = (view: RequisitionView, named: Named) => Said | null

/** What the requisition is called in a sentence. */
interface Named {
  readonly document: string
  readonly number: string
}

/** The page has all of them. */
const mostLines = 100

/** The letters about a requisition: each tells of one revision, and of nothing that has been overtaken. */
export const requisitionLetters: Readonly<
  Record<Extract<MailKind, `requisition.${string}`>, LetterWriter>
> = {
  'requisition.received': letter(
    ({ requisition, texts: { t } }, named) =>
      awaitsDecision(requisition.state)
        ? {
            subject: t('mail.received.subject', named),
            body: t('mail.received.body', named),
            words: null,
          }
        : null,
    { isAsSent: true },
  ),
  'requisition.asked': letter(({ requisition, contact, senderName, texts: { t } }, named) =>
    awaitsBuyer(requisition)
      ? {
          subject: t('mail.asked.subject', named),
          body:
            contact.id === requisition.contactId
              ? t('mail.asked.own.body', named)
              : t('mail.asked.body', { ...named, sender: senderName }),
          words: null,
          link: { purpose: 'buyer_step', label: t('mail.answer') },
        }
      : null,
  ),
  'requisition.ordered': letter(({ order, requisition, texts: { t, formats } }, named) =>
    order === null
      ? null
      : {
          subject: t('mail.ordered.subject', { order: order.number }),
          body: [
            t('mail.ordered.body', { ...named, order: order.number }),
            ...(requisition.rest
              ? [
                  t('mail.ordered.rest', {
                    numbers: formats.list(requisition.rest.map(({ number }) => number)),
                  }),
                ]
              : []),
          ].join(' '),
          words: null,
        },
  ),
  'requisition.rejected': letter(({ requisition: { outcome }, texts: { t } }, named) =>
    outcome?.kind !== 'rejected'
      ? null
      : outcome.by.kind === 'contact'
        ? {
            subject: t('mail.refused.subject', { ...named, name: outcome.by.name }),
            body: t('mail.refused.body', { ...named, name: outcome.by.name }),
            words: { text: outcome.reason, by: outcome.by.name, isCustomers: true },
          }
        : {
            subject: t('mail.rejected.subject', named),
            body: t('mail.rejected.body', named),
            words: { text: outcome.reason, by: writerOf(outcome) },
          },
  ),
  'requisition.returned': letter(({ requisition, texts: { t } }, named) => {
    const { outcome } = requisition
    return outcome?.kind !== 'returned'
      ? null
      : {
          subject: t('mail.returned.subject', named),
          body: t(proposalOf(requisition) ? 'mail.proposed.body' : 'mail.returned.body', named),
          words: { text: outcome.message, by: writerOf(outcome) },
          link: { purpose: 'requisition_answer', label: t('mail.answer') },
        }
  }),
}

/** @param isAsSent that the seller's people have edited the revision since changes nothing about it */
function letter(say: Saying, { isAsSent = false } = {}): LetterWriter {
  return async (db, mail, now) => {
    const sent = isAsSent ? mail.revision : null
    const view = await requisitionView(db, mail.aggregateId, mail.contactId, sent)
    // The contact may have moved to another company, which this is no business of.
    if (!view || view.requisition.revision !== mail.revision)
      return { kind: 'skip', why: 'overtaken' }
    if (view.contact.status === 'disabled') return { kind: 'skip', why: 'contact_disabled' }
    const { requisition, texts } = view
    const { t } = texts
    const proposal = proposalOf(requisition)
    const said = say(view, {
      document: t(`document.${requisition.kind}`),
      number: numberWords(requisition, texts),
    })
    if (said === null) return { kind: 'skip', why: 'overtaken' }
    return {
      kind: 'letter',
      letter: {
        link: { purpose: 'requisition_status', label: t('mail.open') },
        ...said,
        texts,
        recipientName: view.contact.name,
        sellerName: view.sellerName,
        companyName: view.companyName,
        document:
          proposal === null
            ? documentWords(view, now, mostLines)
            : proposalWords(view, proposal, now, mostLines),
      },
    }
  }
}

/** Whoever signs it: a person, or nobody in particular. */
function writerOf({ by }: RequisitionOutcome): string | null {
  return by.kind === 'user' ? by.name : null
}
