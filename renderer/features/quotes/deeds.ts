import type { CommandPayload, CommandType } from '../../../contract/commands'
import type { SendResult } from '../../../contract/console'
import type { Quote } from '../../../contract/quotes'
import { MILLI_SCALE } from '../../../domain/money/decimal'
import type { MessageKey } from '../../../language/catalogue'
import type { Desk } from '../../desk'
import { ask } from '../../services/queries'
import { languageOf } from '../../texts'
import { formOf, isSameForm, readForm, typed, type QuoteForm, type RowForm } from './quote-form'
import { QUOTES, quotesOf } from './quotes'

type QuoteCommand = Extract<CommandType, `quote.${string}`>

const articlesOf =
  ({ replica }: Desk) =>
  (id: string) =>
    replica.get('article', id)

/** The fields of a quote: what is being written, or the quote as it is. */
export function fieldsOf(desk: Desk, quote: Quote): QuoteForm {
  return quotesOf(desk).store.getState().drafts.get(quote.id)?.form ?? asIs(desk, quote)
}

function asIs({ console }: Desk, quote: Quote): QuoteForm {
  return formOf(quote, languageOf(console.getState()))
}

/** Writes into the fields. What is written back to what it was is no change. */
export function write(desk: Desk, quote: Quote, change: (form: QuoteForm) => QuoteForm): void {
  const quotes = quotesOf(desk)
  const known = quotes.store.getState().drafts.get(quote.id)
  if (known?.isSent === true) return
  const base = known?.base ?? quote
  const form = change(known?.form ?? asIs(desk, quote))
  const isSame = isSameForm(form, asIs(desk, base))
  quotes.putDraft(
    quote.id,
    isSame
      ? null
      : {
          base,
          baseVersion: known?.baseVersion ?? desk.replica.versionOf('quote', quote.id),
          form,
          isTried: known?.isTried ?? false,
          isSent: false,
        },
  )
}

/** Writes into a row. */
export function writeRow(desk: Desk, quote: Quote, id: string, part: Partial<RowForm>): void {
  write(desk, quote, (form) => ({
    ...form,
    rows: form.rows.map((row) => (row.id === id ? { ...row, ...part } : row)),
  }))
}

export function removeRow(desk: Desk, quote: Quote, id: string): void {
  write(desk, quote, (form) => ({ ...form, rows: form.rows.filter((row) => row.id !== id) }))
}

/**
 * Adds a row of an article in the least quantity it is sold in, and asks for the company's own price.
 * Returns the row's id.
 */
export function addRow(desk: Desk, quote: Quote, articleId: string): string {
  const id = crypto.randomUUID()
  const article = desk.replica.get('article', articleId)
  const least = Math.max(article?.minimumQuantity ?? 0, article?.packMultiple ?? 0, 1_000)
  const quantity = typed(least, MILLI_SCALE, languageOf(desk.console.getState()))
  write(desk, quote, (form) => ({
    ...form,
    rows: [
      ...form.rows,
      { id, articleId, quantity, price: '', rebate: '', requestedDate: '', comment: '' },
    ],
  }))
  const { companyId } = quote
  void ask(desk, 'price.resolve', { companyId, articleId, quantity: least }).then((answer) => {
    // Offline the gateway says it when the quote is saved.
    const isThere = quotesOf(desk)
      .store.getState()
      .drafts.get(quote.id)
      ?.form.rows.some((row) => row.id === id)
    if (!answer.ok || isThere !== true) return
    write(desk, quote, (form) => ({
      ...form,
      resolved: new Map(form.resolved).set(id, answer.value.resolution),
    }))
  })
  return id
}

export function discard(desk: Desk, quoteId: string): void {
  quotesOf(desk).putDraft(quoteId, null)
}

/** Saves what is written; null where something in it is wrong, which is shown at its fields from now on. */
export async function save(desk: Desk, quote: Quote): Promise<SendResult | null> {
  const quotes = quotesOf(desk)
  const draft = quotes.store.getState().drafts.get(quote.id)
  if (!draft || draft.isSent) return null
  const payload = readForm(draft.form, draft.base, articlesOf(desk))
  if (!payload) {
    quotes.putDraft(quote.id, { ...draft, isTried: true })
    return null
  }
  quotes.putDraft(quote.id, { ...draft, isTried: true, isSent: true })
  const result = await send(desk, 'quote.edit', quote.id, draft.baseVersion, payload)
  const now = quotes.store.getState().drafts.get(quote.id)
  // What was refused is still to be mended.
  if (now && result.kind !== 'accepted' && result.kind !== 'queued') {
    quotes.putDraft(quote.id, { ...now, isSent: false })
  }
  return result
}

/** Says that it answers what it was asked for as that is now. */
export async function answerRevision(
  desk: Desk,
  { id, revision }: Quote,
  answers: number,
): Promise<void> {
  const payload = { revision, head: {}, lines: [], removed: [], answers }
  await send(desk, 'quote.edit', id, desk.replica.versionOf('quote', id), payload)
}

/** Has it reviewed, saved first where something is written. */
export async function submit(desk: Desk, quote: Quote): Promise<void> {
  let version = desk.replica.versionOf('quote', quote.id)
  if (quotesOf(desk).store.getState().drafts.has(quote.id)) {
    const saved = await save(desk, quote)
    if (saved?.kind !== 'accepted') return
    version = saved.version
  }
  const { revision } = quote
  const result = await send(desk, 'quote.submit_for_review', quote.id, version, { revision })
  if (result.kind === 'accepted') tell(desk, 'quote.toast.submitted', quote)
}

type Plain = 'quote.approve' | 'quote.send'
const told = {
  'quote.approve': 'quote.toast.approved',
  'quote.send': 'quote.toast.sent',
} as const satisfies Record<Plain, MessageKey>

/** A decision that is made by one press. */
export async function decide(desk: Desk, quote: Quote, type: Plain): Promise<void> {
  const { revision, id } = quote
  const result = await send(desk, type, id, desk.replica.versionOf('quote', id), { revision })
  if (result.kind === 'accepted') tell(desk, told[type], quote)
}

/** Begins the next version. @param withCounter as the customer wants it */
export async function beginVersion(
  desk: Desk,
  { id, revision }: Quote,
  withCounter: boolean,
): Promise<void> {
  const payload = { revision, withCounter }
  await send(desk, 'quote.new_version', id, desk.replica.versionOf('quote', id), payload)
}

/** Sends the words that were written with the decision they belong to. */
export async function sendWriting(desk: Desk, quote: Quote): Promise<void> {
  const { store } = quotesOf(desk)
  const { writing } = store.getState()
  if (writing?.id !== quote.id) return
  const { id, revision } = quote
  const reason = writing.text.trim()
  const version = desk.replica.versionOf('quote', id)
  if (writing.kind === 'refuse' && reason === '') return
  const result =
    writing.kind === 'refuse'
      ? await send(desk, 'quote.refuse', id, version, { revision, reason })
      : await send(desk, 'quote.withdraw', id, version, { revision, reason: reason || null })
  if (result.kind !== 'accepted' && result.kind !== 'queued') return
  if (store.getState().writing === writing) store.setState({ writing: null })
  tell(desk, writing.kind === 'refuse' ? 'quote.toast.refused' : 'quote.toast.withdrawn', quote)
}

/** Makes a draft, and opens it when it has come. */
export async function create(
  desk: Desk,
  from: CommandPayload<'quote.create'>['from'],
): Promise<void> {
  const id = crypto.randomUUID()
  const result = await send(desk, 'quote.create', id, null, { from })
  if (result.kind === 'accepted') {
    const { companyId } = quotesOf(desk).store.getState()
    // Whatever was looked for last, what is new is to be seen.
    if (companyId !== null) quotesOf(desk).showCompany(null)
    quotesOf(desk).setFilter('open')
    desk.navigation.go(QUOTES, id)
    return
  }
  if (result.kind !== 'refused') return
  const { quoteId } = result.error.details
  if (result.error.code === 'already_exists' && typeof quoteId === 'string') {
    desk.commands.dismissAll(id)
    desk.navigation.go(QUOTES, quoteId)
    return
  }
  const { error } = result
  const { refusalSentence } = await import('../../../language/refusals')
  desk.toasts.tell({
    meaning: 'danger',
    text: (texts) =>
      refusalSentence(error, texts, texts.formats, new Date(desk.clock.now()).toISOString()),
    action: null,
  })
  desk.commands.dismissAll(id)
}

function send<T extends QuoteCommand>(
  desk: Desk,
  type: T,
  aggregateId: string,
  expectedVersion: number | null,
  payload: CommandPayload<T>,
): Promise<SendResult> {
  return desk.commands.send({ type, aggregateId, expectedVersion, payload })
}

function tell(desk: Desk, key: Extract<MessageKey, `quote.toast.${string}`>, quote: Quote): void {
  const { number, companyId } = quote
  const company = desk.replica.get('company', companyId)?.name ?? companyId
  desk.toasts.tell({ meaning: 'good', text: ({ t }) => t(key, { number, company }), action: null })
}
