import type { StorefrontEventInput } from '../../contract/storefront'
import type { CalendarDate, Instant } from '../../domain/units'
import { openCatalogue, type Buyer, type Catalogue } from '../seller/catalogue'
import { withdrawalReasons } from '../seller/data/remarks'
import { stagedStock } from '../seller/data/staged-stock'
import {
  composeDocument,
  documentPrefix,
  drawLines,
  drawNotes,
  drawType,
  type DocumentEvent,
  type DocumentType,
} from '../seller/documents'
import { documentEvent, makeInbox } from '../seller/inbox'
import { createRandom } from '../seller/random'
import { makeSeller } from '../seller/seller'

/** Something a customer did, with the names to tell it by. */
export interface ShopEvent<E extends StorefrontEventInput> {
  readonly event: E
  readonly company: string
  readonly contact: string
}

export interface DocumentWish {
  readonly type: DocumentType | undefined
  /** The document's id; one of its own by default. */
  readonly id: string | undefined
  readonly now: Instant
  /** Only by people whose documents wait for someone at the seller. */
  readonly toBeDecided: boolean
}

/** The demo seller's webshop with its customers, who go on and on. */
export interface ShopFloor {
  nextDocument(wish: DocumentWish): ShopEvent<DocumentEvent>
  /** Null when nobody here has sent such a document, and nobody is named who takes it back. */
  withdrawal(
    id: string,
    by: string | null,
    now: Instant,
  ): ShopEvent<Extract<StorefrontEventInput, { type: 'requisition.withdrawn' }>> | null
}

/** Opens the shop of a demo seller on a day; `seed` decides who comes in and what they want. */
export function openShopFloor(
  made: { readonly seed: number; readonly today: CalendarDate },
  today: CalendarDate,
  seed: number,
): ShopFloor {
  const seller = makeSeller(made)
  const catalogue = openCatalogue(seller, today)
  const random = createRandom(seed, 'shop floor')
  const avoid = new Set(Object.keys(stagedStock))
  let drawn = 0

  return {
    nextDocument({ type: wanted, id, now, toBeDecided }) {
      const buyer = random.pick(buyersFor(catalogue, wanted, toBeDecided))
      const type = wanted ?? drawType(buyer, random)
      drawn += 1
      const documentId = id ?? `${documentPrefix(type)}-${ticket(now)}-${drawn}`
      const lines = drawLines(catalogue, buyer, random.whole(1, 12), random, avoid)
      const notes = drawNotes(catalogue, buyer, type, random)
      const document = composeDocument(catalogue, buyer, documentId, lines, notes)
      return { event: documentEvent(type, now, document), ...namesOf(buyer) }
    },

    withdrawal(id, by, now) {
      const contact = by ?? senderOf(openCatalogue(seller), id)
      const buyer = catalogue.buyers.find((candidate) => candidate.id === contact)
      if (!buyer) return null
      const reason = random.pick(withdrawalReasons[buyer.company.row.language ?? 'sv'])
      const data = { id, contact: buyer.id, reason }
      return { event: { type: 'requisition.withdrawn', timestamp: now, data }, ...namesOf(buyer) }
    },
  }
}

function buyersFor(
  { buyers }: Catalogue,
  type: DocumentType | undefined,
  toBeDecided: boolean,
): Buyer[] {
  return buyers.filter(({ right, company }) => {
    if (company.row.status !== 'active') return false
    if (toBeDecided && right === 'order') return false
    return type !== 'requisition.submitted' || right !== 'lists'
  })
}

/** Who sent a document of the first inbox. */
function senderOf(catalogue: Catalogue, id: string): string | null {
  const sent = makeInbox(catalogue).find(({ event }) => event.data.id === id)
  return sent?.event.data.contact ?? null
}

function namesOf({ name, company }: Buyer) {
  return { company: company.row.name, contact: name }
}

/** Short, and never the same twice from one shop: the millisecond it was drawn in. */
function ticket(now: Instant): string {
  return Date.parse(now).toString(36).toUpperCase()
}
