import { addDays } from '../../domain/calendar'
import { parseDecimal } from '../../domain/money/decimal'
import type { Milli } from '../../domain/units'
import type { Buyer, Catalogue } from './catalogue'
import type { Scene, SceneLine } from './data/scene'
import { firstInboxSize, scenes } from './data/scenes'
import { stagedStock } from './data/staged-stock'
import {
  composeDocument,
  documentPrefix,
  drawLines,
  drawNotes,
  drawType,
  type DocumentEvent,
  type DocumentInput,
  type DocumentNotes,
  type WantedLine,
} from './documents'
import { createRandom, type Random } from './random'
import type { DemoEvent } from './types'

/** What has come in over the last two days, oldest first. */
export function makeInbox(catalogue: Catalogue): DemoEvent[] {
  const random = createRandom(catalogue.seller.seed, 'inbox')
  const plans = [
    ...scenes.map((scene) => planScene(catalogue, scene, random)),
    ...drawPlans(catalogue, firstInboxSize - scenes.length, random),
  ].sort((a, b) => b.minutesAgo - a.minutesAgo)
  return plans.map((plan, index) => ({
    id: `msg_demo_${catalogue.seller.today}_${String(index + 1).padStart(2, '0')}`,
    event: plan.compose(`${documentPrefix(plan.type)}-${4_180 + index}`),
  }))
}

interface Plan {
  readonly type: DocumentEvent['type']
  readonly minutesAgo: number
  readonly compose: (documentId: string) => DocumentEvent
}

/** Articles that scenes depend on are left alone by everything that is drawn. */
const stagedArticles: ReadonlySet<string> = new Set(Object.keys(stagedStock))

function planScene(catalogue: Catalogue, scene: Scene, random: Random): Plan {
  const buyer = catalogue.findBuyer(scene.company, scene.contact)
  const written = scene.lines.map((line) => wantedLine(catalogue, line))
  const drawn = drawLines(
    catalogue,
    buyer,
    scene.more?.count ?? 0,
    random,
    new Set([...stagedArticles, ...scene.lines.map(({ article }) => article)]),
    scene.more?.groups?.split(' '),
  )
  const addresses = buyer.company.addresses
  const address = (scene.toSite && addresses[1]) || addresses[0]
  const notes = {
    ...scene.notes,
    deliveryAddress: address?.id ?? null,
    requestedDate: dateIn(catalogue, scene.wantedInDays),
  }
  return plan(catalogue, buyer, scene, [...written, ...drawn], notes)
}

/** Hours ago, from and to. */
const workingHours = [
  [5, 7],
  [20, 30],
  [20, 30],
  [44, 47],
] as const

function drawPlans(catalogue: Catalogue, count: number, random: Random): Plan[] {
  const { buyers } = catalogue
  const unstaged = buyers.filter(
    ({ company }) => !company.featured && company.row.status === 'active',
  )
  return random.sample(unstaged, count).map((buyer) => {
    const type = drawType(buyer, random)
    // Seen from the afternoon: this morning, all day yesterday, and late the day before.
    const [latest, earliest] = random.pick(workingHours)
    const minutesAgo = random.whole(latest * 60, earliest * 60)
    const size = random.pick([1, 2, 3, 3, 4, 5, 6, 8, 11, 16])
    const lines = drawLines(catalogue, buyer, size, random, stagedArticles)
    return plan(
      catalogue,
      buyer,
      { type, minutesAgo },
      lines,
      drawNotes(catalogue, buyer, type, random),
    )
  })
}

function plan(
  catalogue: Catalogue,
  buyer: Buyer,
  { type, minutesAgo }: Pick<Plan, 'type' | 'minutesAgo'>,
  lines: readonly WantedLine[],
  notes: DocumentNotes,
): Plan {
  const sentAt = Date.parse(catalogue.seller.now) - minutesAgo * 60_000
  const timestamp = new Date(sentAt).toISOString()
  return {
    type,
    minutesAgo,
    compose: (id) =>
      documentEvent(type, timestamp, composeDocument(catalogue, buyer, id, lines, notes)),
  }
}

/** The one union member that goes with a type, which a spread type would not tell the compiler. */
export function documentEvent(
  type: DocumentEvent['type'],
  timestamp: string,
  data: DocumentInput,
): DocumentEvent {
  return { type, timestamp, data }
}

function wantedLine(catalogue: Catalogue, line: SceneLine): WantedLine {
  const { shown, rebate, warehouse, comment } = line
  return {
    article: catalogue.findArticle(line.article),
    quantity: milli(line.quantity),
    extra: {
      ...(shown === undefined
        ? {}
        : { price: { amount: shown, basis: 'net', rebate: rebate ?? '0' } }),
      ...(warehouse === undefined ? {} : { warehouse }),
      ...(comment === undefined ? {} : { comment }),
      ...(line.wantedInDays === undefined
        ? {}
        : { requestedDate: dateIn(catalogue, line.wantedInDays) }),
    },
  }
}

/** Today stays today; anything later is moved to a working day. */
function dateIn(catalogue: Catalogue, days: number | undefined): string | null {
  if (days === undefined) return null
  const { today } = catalogue.seller
  return days === 0 ? today : catalogue.workingDay(addDays(today, days))
}

function milli(quantity: string): Milli {
  const parsed = parseDecimal(quantity, 3)
  if (!parsed.ok) throw new Error(`"${quantity}" is no quantity`)
  return parsed.value
}
