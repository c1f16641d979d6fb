import { maximumReason, quoteAnswerFormSchema, type QuoteAnswerForm } from '../../../contract/pages'
import { html, type Markup } from '../../customers/markup'
import type { QuoteView } from '../../customers/quote-view'
import { ask } from '../../database/together'
import {
  answerOpeningOf,
  answerQuote,
  type AnswerRefusal,
  type QuoteAnswer,
} from '../../quotes/answer-quote'
import type { Complaint, Purpose } from '../purpose'
import { quoteAttachments, quotePage } from '../quote-page'
import { typedComplaint } from '../typed-complaint'

/** A quote that was sent: the offer and what became of it, and what the customer answers. */
export const quoteAnswer: Purpose = {
  show: (db, visit, complaint) =>
    quotePage(db, visit, complaint, (view) =>
      view.standing === 'open'
        ? html`${acceptanceForm(view)} ${counterForm(view, complaint)}
          ${declineForm(view, complaint)}`
        : null,
    ),

  attachments: quoteAttachments,

  async act(tx, { link, origin }, fields, texts) {
    const form = quoteAnswerFormSchema.safeParse(fields)
    if (!form.success) {
      return typedComplaint(
        form.error.issues,
        ['reason', 'message'],
        texts.t('page.quote.counter.empty'),
        texts,
      )
    }
    const sent = {
      quoteId: link.aggregateId,
      revision: link.revision,
      contactId: link.contactId,
      answer: answerOf(form.data),
      origin,
    }
    const reception = await answerQuote(tx, sent, await ask(tx, answerOpeningOf(tx, sent)))
    switch (reception.kind) {
      case 'taken':
        return { kind: 'done' }
      case 'before':
        return { kind: 'too_late' }
      case 'refused':
        return reception.refusals.some(({ problem }) => isObstacle(problem))
          ? { kind: 'refused', complaint: texts.t('page.quote.refused') }
          : { kind: 'too_late' }
    }
  },
}

/** What the page cannot tell by itself: the quote stands, and it can be no order all the same. */
function isObstacle({ code }: AnswerRefusal['problem']): boolean {
  return (
    code === 'already_ordered' ||
    code === 'requisition_revised' ||
    code === 'company_blocked' ||
    code === 'company_closed'
  )
}

function answerOf(form: QuoteAnswerForm): QuoteAnswer {
  switch (form.action) {
    case 'accept':
      return { kind: 'accept' }
    case 'decline':
      return { kind: 'decline', reason: form.reason }
    case 'counter':
      return { kind: 'counter', message: form.message, lines: [] }
  }
}

function acceptanceForm({ offer: { totals }, texts: { t, formats } }: QuoteView): Markup {
  const sum = formats.money(totals.gross, totals.currency)
  return html`<form method="post" class="action">
    <p>${t('page.quote.accept.detail', { sum })}</p>
    <button class="button" name="action" value="accept">${t('page.quote.accept')}</button>
  </form>`
}

function counterForm({ texts: { t } }: QuoteView, complaint: Complaint | null): Markup {
  return wordsForm(
    {
      action: 'counter',
      field: 'message',
      summary: t('page.quote.counter'),
      detail: t('page.quote.counter.detail'),
      label: t('page.quote.counter.message'),
      button: html`<button class="button" name="action" value="counter">
        ${t('page.quote.counter.confirm')}
      </button>`,
    },
    complaint,
  )
}

function declineForm({ texts: { t } }: QuoteView, complaint: Complaint | null): Markup {
  return wordsForm(
    {
      action: 'decline',
      field: 'reason',
      summary: t('page.quote.decline'),
      detail: t('page.quote.decline.detail'),
      label: t('page.withdraw.reason'),
      button: html`<button class="button danger" name="action" value="decline">
        ${t('page.quote.decline.confirm')}
      </button>`,
    },
    complaint,
  )
}

interface WordsForm {
  readonly action: QuoteAnswerForm['action']
  readonly field: 'reason' | 'message'
  readonly summary: string
  readonly detail: string
  readonly label: string
  readonly button: Markup
}

/** Behind a summary, so that nobody answers with a slip of the finger; without a line of script. */
function wordsForm(
  { action, field, summary, detail, label, button }: WordsForm,
  complaint: Complaint | null,
): Markup {
  const said =
    complaint?.about === 'form' && complaint.fields['action'] === action ? complaint : null
  return html`<details class="action" ${said && html`open`}>
    <summary class="button quiet">${summary}</summary>
    <form method="post">
      <p>${detail}</p>
      <label for="${field}">${label}</label>
      ${said && html`<p class="complaint" id="complaint" role="alert">${said.text}</p>`}
      <textarea
        id="${field}"
        name="${field}"
        rows="3"
        maxlength="${maximumReason}"
        ${field === 'message' && html`required`}
        ${said && html`aria-invalid="true" aria-describedby="complaint"`}
      >
${said?.fields[field] ?? ''}</textarea>
      ${button}
    </form>
  </details>`
}
