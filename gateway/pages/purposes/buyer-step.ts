import { buyerStepFormSchema, maximumReason } from '../../../contract/pages'
import type { BuyerRefusal } from '../../../domain/requisition/buyer-decision'
import { html, type Markup } from '../../customers/markup'
import type { RequisitionView } from '../../customers/requisition-view'
import { ask } from '../../database/together'
import { uuidOrNil } from '../../database/uuid'
import { answerAsBuyer, buyerOpeningOf } from '../../requisitions/answer-as-buyer'
import { placeOrder } from '../../requisitions/place-order'
import { awaitsBuyer } from '../../requisitions/tell-buyers'
import type { Texts } from '../../../language/texts'
import type { Complaint, Purpose } from '../purpose'
import { requisitionAttachments, requisitionPage } from '../requisition-page'
import { typedComplaint } from '../typed-complaint'

/** What a colleague has sent and one of the customer's people who may order is asked to approve. */
export const buyerStep: Purpose = {
  show: (db, visit, complaint) =>
    requisitionPage(db, visit, complaint, (view) => {
      const isAsked =
        awaitsBuyer(view.requisition) &&
        view.requisition.revision === visit.link.revision &&
        !visit.link.isUsed
      return isAsked ? html`${approvalForm(view)} ${rejectionForm(view, complaint)}` : null
    }),

  attachments: requisitionAttachments,

  async act(tx, { link, now, origin }, fields, texts) {
    const form = buyerStepFormSchema.safeParse(fields)
    if (!form.success) {
      return typedComplaint(
        form.error.issues,
        ['reason'],
        texts.t('page.asked.reject.empty'),
        texts,
      )
    }
    const known = await tx
      .selectFrom('requisition')
      .select(['shop_id', 'document_id', 'currency'])
      .where('id', '=', uuidOrNil(link.aggregateId))
      .executeTakeFirstOrThrow()
    const { contactId, revision } = link
    const sent = {
      shopId: known.shop_id,
      documentId: known.document_id,
      contactId,
      revision,
      answer:
        form.data.action === 'approve'
          ? ({ kind: 'approve' } as const)
          : ({ kind: 'reject', reason: form.data.reason } as const),
      now,
      origin,
    }
    const opening = await ask(tx, buyerOpeningOf(tx, sent))
    const reception = await answerAsBuyer(tx, sent, opening, placeOrder)
    switch (reception.kind) {
      case 'taken':
        return { kind: 'done' }
      case 'before':
        return { kind: 'too_late' }
      case 'refused': {
        const [refusal] = reception.refusals
        const complaint = refusal ? obstacle(refusal.problem, known.currency, texts) : null
        return complaint === null ? { kind: 'too_late' } : { kind: 'refused', complaint }
      }
    }
  },
}

/** What keeps this person from answering while the question stands; null where it no longer does. */
function obstacle(
  problem: BuyerRefusal['problem'],
  currency: string,
  { t, formats }: Texts,
): string | null {
  const money = (amount: number) => formats.money(amount, currency)
  switch (problem.code) {
    case 'company_blocked':
    case 'company_closed':
      return t('page.asked.blocked')
    case 'may_not_order':
      return t('page.asked.mayNotOrder')
    case 'over_order_limit':
      return t('page.asked.overOrder', {
        total: money(problem.total),
        limit: money(problem.limit),
      })
    case 'over_period_limit': {
      const left = money(Math.max(0, problem.limit - problem.used))
      const words = { limit: money(problem.limit), left }
      return t(problem.period === 'month' ? 'page.asked.overMonth' : 'page.asked.overYear', words)
    }
    case 'limit_in_other_currency':
      return t('page.asked.otherCurrency', { currency: problem.limitCurrency })
    default:
      return null
  }
}

/** They ask themselves, which their rights and limits may let them. */
function isOwn({ contact, requisition }: RequisitionView): boolean {
  return contact.id === requisition.contactId
}

function approvalForm(view: RequisitionView): Markup {
  const { requisition, texts } = view
  const { t, formats } = texts
  const { totals } = requisition
  const sum = formats.money(totals.net, totals.currency)
  return html`<section aria-labelledby="asked" class="action">
    <h2 id="asked">
      ${isOwn(view) ? t('page.asked.own.heading') : t('page.asked.heading', { sender: view.senderName })}
    </h2>
    <p>${t('page.asked.detail')}</p>
    <form method="post">
      <button class="button" name="action" value="approve">
        ${t('page.asked.approve', { sum })}
      </button>
    </form>
  </section>`
}

/** Behind a summary, so that nobody says no with a slip of the finger; without a line of script. */
function rejectionForm(view: RequisitionView, complaint: Complaint | null): Markup {
  const {
    senderName: sender,
    texts: { t },
  } = view
  const said = complaint?.about === 'form' ? complaint : null
  return html`<details class="action" ${said && html`open`}>
    <summary class="button quiet">${t('page.asked.reject')}</summary>
    <form method="post">
      <p>
        ${isOwn(view) ? t('page.asked.own.reject.detail') : t('page.asked.reject.detail', { sender })}
      </p>
      <label for="reason">${t('page.asked.reject.reason')}</label>
      ${said && html`<p class="complaint" id="complaint" role="alert">${said.text}</p>`}
      <textarea
        id="reason"
        name="reason"
        rows="3"
        required
        maxlength="${maximumReason}"
        ${said && html`aria-invalid="true" aria-describedby="complaint"`}
      >
${said?.fields['reason'] ?? ''}</textarea>
      <button class="button danger" name="action" value="reject">
        ${t('page.asked.reject.confirm')}
      </button>
    </form>
  </details>`
}
