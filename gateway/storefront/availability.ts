import { sql, type Kysely } from 'kysely'
import type { ArticleAvailability, AvailabilityAnswer } from '../../contract/availability'
import type { Article } from '../../domain/article'
import {
  customerView,
  type ArticleView,
  type ViewContext,
} from '../../domain/availability/customer-view'
import {
  displayRuleFor,
  staleBefore,
  type ShownQuantity,
  type StockDisplay,
} from '../../domain/availability/stock-display'
import { todayIn } from '../../domain/calendar'
import { MILLI_SCALE, printDecimal } from '../../domain/money/decimal'
import { quantityRefusals } from '../../domain/quantity'
import type { CalendarDate } from '../../domain/units'
import type { Language } from '../../language/catalogue'
import { formatsIn } from '../../language/formats'
import { wordsIn } from '../../language/words'
import type { Database } from '../database/schema'
import { ask, question, together, type Question } from '../database/together'
import { stockOf } from '../stock/load'
import { unfit, type AskedArticle, type AvailabilityQuery } from './availability-query'
import { availabilityWords, type AvailabilityWording } from './availability-words'
import type { ProblemError } from './problem'

export type AvailabilityAnswered =
  | { readonly ok: true; readonly answer: AvailabilityAnswer }
  | { readonly ok: false; readonly errors: readonly [ProblemError, ...ProblemError[]] }

/** What can be delivered of what a shop asks for, as the customer it asks for may see it. */
export async function availabilityFor(
  db: Kysely<Database>,
  { asked, contact, language }: AvailabilityQuery,
  now: Date,
): Promise<AvailabilityAnswered> {
  const ids = [...new Set(asked.map(({ article }) => article))]
  const [setting, articles, stock] = await ask(
    db,
    together(settingOf(contact), articlesAsked(ids), stockOf(ids, contact)),
  )
  const errors = [
    ...contactProblems(contact, setting),
    ...asked.flatMap((one) => quantityProblems(one, articles.get(one.article))),
  ]
  const [first, ...more] = errors
  if (first) return { ok: false, errors: [first, ...more] }

  const spoken = language ?? setting.language ?? 'sv'
  const words = wordsIn(spoken)
  const texts = { ...words, formats: formatsIn(words, setting.time_zone) }
  const today = todayIn(setting.time_zone, now.toISOString())
  const context = {
    today,
    calendar: { holidays: new Set(setting.holidays) },
    rule: displayRuleFor(setting.stock_display, setting.group_id),
    staleBefore: staleBefore(setting.stock_display, now),
  } satisfies ViewContext
  const dayOf = onceEach((date: CalendarDate) => texts.formats.day(date, today))
  const daysOf = onceEach((days: number) => texts.t('availability.days', { days }))
  const nameOf = (id: string) => setting.warehouses[id] ?? id
  return {
    ok: true,
    answer: {
      today,
      language: spoken,
      articles: asked.map((one): ArticleAvailability => {
        const article = articles.get(one.article)
        if (!article) return unknownArticle(one, texts.t('shopStock.unknown'))
        const options = stock.get(one.article) ?? []
        const view = customerView(one.quantity, article, options, context)
        return told(one, view, { texts, unit: article.unit, dayOf, daysOf, nameOf })
      }),
    },
  }
}

/** The same, with each answer kept for as long as the function is. */
function onceEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    let value = made.get(key)
    if (value === undefined) made.set(key, (value = make(key)))
    return value
  }
}

/** What holds for every article that is asked about. */
interface Setting {
  readonly time_zone: string
  readonly holidays: readonly string[]
  /** Names by id. */
  readonly warehouses: Readonly<Record<string, string>>
  /** Of the contact: null where there is no such one, or none is asked for. */
  readonly status: 'active' | 'disabled' | null
  readonly language: Language | null
  readonly group_id: string | null
  readonly stock_display: StockDisplay
}

function settingOf(contactId: string | null): Question<Setting> {
  const row = sql<Setting>`
    select s.time_zone, s.stock_display, c.status, company.language,
      coalesce(c.customer_group_id, company.customer_group_id) as group_id,
      array(select date::text from holiday) as holidays,
      (select coalesce(jsonb_object_agg(id, name), '{}') from warehouse) as warehouses
    from seller s
    left join contact c on c.id = ${contactId}
    left join company on company.id = c.company_id`
  return question(row, ([found]) => {
    if (!found) throw new Error('The database has no seller.')
    return found
  })
}

/** What of an article matters to what is said of its stock. */
type ArticleOfStock = Pick<Article, 'unit' | 'precision' | 'packMultiple'>

function articlesAsked(ids: readonly string[]): Question<ReadonlyMap<string, ArticleOfStock>> {
  const rows = sql<ArticleOfStock & { readonly id: string }>`
    select id, unit, precision, pack_multiple as "packMultiple" from article
    where id = any(${ids as string[]}::text[])`
  return question(rows, (found) => new Map(found.map((row) => [row.id, row])))
}

function contactProblems(contact: string | null, { status }: Setting): ProblemError[] {
  if (contact === null || status === 'active') return []
  const parameter = 'contact'
  return status === null
    ? [{ code: 'unknown_contact', parameter, detail: `There is no contact “${contact}”.` }]
    : [{ code: 'contact_disabled', parameter, detail: `The contact “${contact}” is disabled.` }]
}

/** Only what cannot be delivered at all is refused: less than the minimum may be asked about. */
function quantityProblems(
  { quantity, sent }: AskedArticle,
  article: ArticleOfStock | undefined,
): ProblemError[] {
  if (!article) return []
  const terms = { precision: article.precision, packMultiple: 0, minimumQuantity: 0 }
  const refusals = quantityRefusals(quantity, terms)
  return refusals.length > 0 ? [unfit(sent, refusals)] : []
}

function unknownArticle({ article, quantity }: AskedArticle, text: string): ArticleAvailability {
  return {
    article,
    quantity: decimal(quantity),
    unit: null,
    status: 'unknown_article',
    best: null,
    text,
    warehouses: [],
    split: null,
  }
}

function told(
  { article, quantity }: AskedArticle,
  view: ArticleView | null,
  wording: AvailabilityWording,
): ArticleAvailability {
  const words = availabilityWords(view, wording)
  const best = view?.warehouses.find(({ warehouseId }) => warehouseId === view.bestId)
  return {
    article,
    quantity: decimal(quantity),
    unit: wording.unit,
    status: best?.kind ?? 'not_stocked',
    best: best?.warehouseId ?? null,
    text: words.article,
    warehouses: (view?.warehouses ?? []).map((one, at) => ({
      warehouse: one.warehouseId,
      name: wording.nameOf(one.warehouseId),
      status: one.kind,
      now: shown(one.now),
      date: one.date,
      confirmed: one.confirmed,
      leadTimeDays: one.leadTimeDays,
      observedAt: one.observedAt,
      stale: one.isStale,
      text: words.warehouses[at] ?? '',
    })),
    split: view?.split
      ? {
          parts: view.split.parts.map((part) => ({
            warehouse: part.warehouseId,
            quantity: shown(part.quantity),
          })),
          whole: view.split.isWhole,
          missing: view.split.missing === null ? null : decimal(view.split.missing),
          text: words.split ?? '',
        }
      : null,
  }
}

function shown(quantity: ShownQuantity | null) {
  return quantity && { quantity: decimal(quantity.quantity), orMore: quantity.orMore }
}

function decimal(quantity: number): string {
  return printDecimal(quantity, MILLI_SCALE)
}
