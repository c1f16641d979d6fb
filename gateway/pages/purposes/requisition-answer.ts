import { maximumReason, requisitionAnswerSchema } from '../../../contract/pages'
import { html, type Markup } from '../../customers/markup'
import { proposalOf, type RequisitionView } from '../../customers/requisition-view'
import { ask } from '../../database/together'
import type { Transaction } from '../../database/transaction'
import { uuidOrNil } from '../../database/uuid'
import { acceptanceOpeningOf, acceptProposal } from '../../requisitions/answer-proposal'
import { placeOrder } from '../../requisitions/place-order'
import { withdrawalOpeningOf, withdrawDocument } from '../../requisitions/withdraw-document'
import type { Acted, Complaint, Purpose, Visit } from '../purpose'
import { requisitionAttachments, requisitionPage } from '../requisition-page'

/** A requisition that was returned: what the seller says of it, and what the customer answers. */
export const requisitionAnswer: Purpose = {
  show: (db, visit, complaint) =>
    requisitionPage(db, visit, complaint, (view) => {
      const { state, revision } = view.requisition
      const isAsked = state === 'returned' && revision === visit.link.revision
      return isAsked ? html`${acceptanceForm(view)} ${withdrawalForm(view, complaint)}` : null
    }),

  attachments: requisitionAttachments,

  async act(tx, { link, now, origin }, fields, { t }) {
    const form = requisitionAnswerSchema.safeParse(fields)
    if (!form.success) {
      const { issues } = form.error
      if (issues.some(({ path }) => path[0] !== 'reason')) return { kind: 'malformed' }
      const isTooLong = issues.some(({ code }) => code === 'too_big')
      const complaint = isTooLong
        ? t('page.reason.tooLong', { maximum: maximumReason })
        : t('page.reason.unreadable')
      return { kind: 'invalid', complaint }
    }
    const known = await tx
      .selectFrom('requisition')
      .select(['shop_id', 'document_id'])
      .where('id', '=', uuidOrNil(link.aggregateId))
      .executeTakeFirstOrThrow()
    const document = { shopId: known.shop_id, documentId: known.document_id }
    return form.data.action === 'accept'
      ? accept(tx, { link, now, origin }, document, t('page.accept.refused'))
      : withdraw(tx, { link, now, origin }, document, form.data.reason)
  },
}

/** Which document of a shop's it is about. */
interface Named {
  readonly shopId: string
  readonly documentId: string
}

async function accept(
  tx: Transaction,
  { link: { contactId, revision }, now, origin }: Visit,
  named: Named,
  complaint: string,
): Promise<Acted> {
  const sent = { ...named, contactId, revision, sentAt: now.toISOString(), now, origin }
  const opening = await ask(tx, acceptanceOpeningOf(tx, sent))
  const [locked] = opening
  if (locked?.value.revision !== revision || proposalOf(locked.value) === null)
    return { kind: 'too_late' }
  const { kind } = await acceptProposal(tx, sent, opening, placeOrder)
  return kind === 'taken' ? { kind: 'done' } : { kind: 'refused', complaint }
}

async function withdraw(
  tx: Transaction,
  { link: { contactId, revision }, now, origin }: Visit,
  named: Named,
  reason: string | null,
): Promise<Acted> {
  const sent = { ...named, contactId, reason, now, origin }
  const opening = await ask(tx, withdrawalOpeningOf(tx, sent))
  const [locked] = opening
  // The shop would let a requisition be withdrawn in other states too; this page is about an answer.
  if (locked?.value.revision !== revision || locked.value.state !== 'returned')
    return { kind: 'too_late' }
  return withdrawDocument(tx, sent, opening).kind === 'taken'
    ? { kind: 'done' }
    : { kind: 'too_late' }
}

function acceptanceForm({ requisition, texts: { t } }: RequisitionView): Markup | null {
  if (proposalOf(requisition) === null) return null
  return html`<form method="post" class="action">
    <p>${t('page.accept.detail')}</p>
    <button class="button" name="action" value="accept">${t('page.accept')}</button>
  </form>`
}

/** Behind a summary, so that nobody withdraws with a slip of the finger; without a line of script. */
function withdrawalForm({ texts: { t } }: RequisitionView, complaint: Complaint | null): Markup {
  const said = complaint?.about === 'form' ? complaint : null
  return html`<details class="action" ${said && html`open`}>
    <summary class="button quiet">${t('page.withdraw')}</summary>
    <form method="post">
      <p>${t('page.withdraw.detail')}</p>
      <label for="reason">${t('page.withdraw.reason')}</label>
      ${said && html`<p class="complaint" id="complaint" role="alert">${said.text}</p>`}
      <textarea
        id="reason"
        name="reason"
        rows="3"
        maxlength="${maximumReason}"
        ${said && html`aria-invalid="true" aria-describedby="complaint"`}
      >
${said?.fields['reason'] ?? ''}</textarea>
      <button class="button danger" name="action" value="withdraw">
        ${t('page.withdraw.confirm')}
      </button>
    </form>
  </details>`
}
