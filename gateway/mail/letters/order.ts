import type { Kysely } from 'kysely'
import type { Order } from '../../../contract/entities'
import { takesDates } from '../../../domain/order/confirm'
import type { Texts } from '../../../language/texts'
import { documentWords } from '../../customers/document-words'
import { quoteView, quoteWords } from '../../customers/quote-view'
import { requisitionView } from '../../customers/requisition-view'
import type { Database } from '../../database/schema'
import { uuidOrNil } from '../../database/uuid'
import type { Letter, LetterWriter } from '../letter'
import type { DueMail } from '../queue'
import type { MailKind } from '../tell-customer'

/** The page has all of them. */
const mostLines = 100

/** The letters about an order; each links to the page of what the order was made of. */
export const orderLetters: Readonly<Record<Extract<MailKind, `order.${string}`>, LetterWriter>> = {
  async 'order.dates_confirmed'(db, mail, now) {
    const order = await orderOf(db, mail.aggregateId)
    if (!order || !takesDates(order.state) || (await isToldAnew(db, mail))) {
      return { kind: 'skip', why: 'overtaken' }
    }
    const shown = await shownOf(db, order, mail.contactId, now)
    // The contact may have moved to another company, which this is no business of.
    if (!shown) return { kind: 'skip', why: 'overtaken' }
    const { isDisabled, ...rest } = shown
    if (isDisabled) return { kind: 'skip', why: 'contact_disabled' }
    return {
      kind: 'letter',
      letter: { ...rest, ...datesSaid(order, shown.texts), words: null },
    }
  },
}

/** As the dates stand when it is written: all of them promised, some, or none any more. */
function datesSaid(
  { number: order, lines }: Order,
  { t }: Texts,
): Pick<Letter, 'subject' | 'body'> {
  const count = lines.filter(({ confirmedDate }) => confirmedDate !== null).length
  if (count === 0) {
    return {
      subject: t('mail.dates.none.subject', { order }),
      body: t('mail.dates.none.body', { order }),
    }
  }
  return count === lines.length
    ? { subject: t('mail.dates.subject', { order }), body: t('mail.dates.body', { order }) }
    : {
        subject: t('mail.dates.some.subject', { order }),
        body: t('mail.dates.some.body', { order, confirmed: count, lines: lines.length }),
      }
}

type Shown = Pick<
  Letter,
  'texts' | 'recipientName' | 'sellerName' | 'companyName' | 'document' | 'link'
> & { readonly isDisabled: boolean }

/** The order as its contact sees it, on the page of what it was made of. */
async function shownOf(
  db: Kysely<Database>,
  { source }: Order,
  contactId: string,
  now: Date,
): Promise<Shown | null> {
  const { id, kind } = source
  if (kind === 'quote') {
    const view = await quoteView(db, id, await versionAccepted(db, id), contactId)
    if (view?.order?.source.id !== id) return null
    const { quote } = view
    const of = { aggregateKind: kind, aggregateId: id, revision: quote.revision }
    return {
      ...reader(view, { purpose: 'quote_answer', of }),
      document: quoteWords(view, mostLines),
    }
  }
  const view = await requisitionView(db, id, contactId)
  if (view?.order?.source.id !== id) return null
  const { revision } = view.requisition
  return {
    ...reader(view, {
      purpose: 'requisition_status',
      of: { aggregateKind: kind, aggregateId: id, revision },
    }),
    document: documentWords(view, now, mostLines),
  }
}

function reader(
  {
    texts,
    contact,
    sellerName,
    companyName,
  }: Pick<
    NonNullable<Awaited<ReturnType<typeof requisitionView>>>,
    'texts' | 'contact' | 'sellerName' | 'companyName'
  >,
  link: Omit<Letter['link'], 'label'>,
) {
  return {
    texts,
    sellerName,
    companyName,
    recipientName: contact.name,
    isDisabled: contact.status === 'disabled',
    link: { ...link, label: texts.t('mail.open') },
  }
}

async function orderOf(db: Kysely<Database>, id: string): Promise<Order | null> {
  const row = await db
    .selectFrom('sales_order')
    .select('body')
    .where('id', '=', uuidOrNil(id))
    .executeTakeFirst()
  return row?.body ?? null
}

async function versionAccepted(db: Kysely<Database>, quoteId: string): Promise<number> {
  const { revision } = await db
    .selectFrom('quote')
    .select('revision')
    .where('id', '=', quoteId)
    .executeTakeFirstOrThrow()
  return revision
}

/** Whether the same is told of a later version: of dates changed twice in a minute nobody hears twice. */
async function isToldAnew(
  db: Kysely<Database>,
  { kind, aggregateId, contactId, version }: DueMail,
): Promise<boolean> {
  const later = await db
    .selectFrom('mail')
    .select('id')
    .where('kind', '=', kind)
    .where('aggregate_id', '=', aggregateId)
    .where('contact_id', '=', contactId)
    .where('version', '>', version)
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}
