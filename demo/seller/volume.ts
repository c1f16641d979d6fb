import type { Instant } from '../../domain/units'
import { openCatalogue, type Buyer, type Catalogue } from './catalogue'
import { stagedStock } from './data/staged-stock'
import { composeDocument, drawLines, drawNotes, drawType, type DocumentEvent } from './documents'
import { documentEvent } from './inbox'
import { createRandom } from './random'
import { makeSeller } from './seller'
import type { DemoEvent, DemoOptions } from './types'

export interface VolumeOptions {
  /** The seller that the documents are for: the options its demo was made with. */
  readonly seller: DemoOptions
  /** What the documents are drawn from; another seed gives other documents with other ids. */
  readonly seed: number
  readonly count: number
  /** Lines a document, from and to; 1 to 12 by default. */
  readonly lines?: readonly [number, number]
  /**
   * `decision`: proposals by contacts who may not order, at active companies, so that each of them
   * waits for someone at the seller. `any`: whatever the contact may send, as in a day's work.
   */
  readonly mix?: 'decision' | 'any'
  /** When the last one is sent, the others a second apart before it; the seller's now by default. */
  readonly until?: Instant
}

/** `count` documents over the demo seller, oldest first. Articles that scenes are built on are left alone. */
export function generateVolume({ seller, ...options }: VolumeOptions): DemoEvent[] {
  return drawVolume(openCatalogue(makeSeller(seller)), options)
}

/** The same over a catalogue already open. */
export function drawVolume(
  catalogue: Catalogue,
  {
    seed,
    count,
    lines: [fewest, most] = [1, 12],
    mix = 'decision',
    until,
  }: Omit<VolumeOptions, 'seller'>,
): DemoEvent[] {
  const random = createRandom(seed, `volume ${mix}`)
  const avoid = new Set(Object.keys(stagedStock))
  const buyers = catalogue.buyers.filter(mix === 'decision' ? awaitsDecision : isActive)
  const end = Date.parse(until ?? catalogue.seller.now)
  return Array.from({ length: count }, (_, index) => {
    const buyer = random.pick(buyers)
    const type: DocumentEvent['type'] =
      mix === 'decision' ? 'requisition.submitted' : drawType(buyer, random)
    const number = `${seed}-${String(index + 1).padStart(6, '0')}`
    const wanted = drawLines(catalogue, buyer, random.whole(fewest, most), random, avoid)
    const notes = drawNotes(catalogue, buyer, type, random)
    const timestamp = new Date(end - (count - 1 - index) * 1_000).toISOString()
    const document = composeDocument(catalogue, buyer, `V${number}`, wanted, notes)
    return { id: `msg_volume_${number}`, event: documentEvent(type, timestamp, document) }
  })
}

function isActive({ company }: Buyer): boolean {
  return company.row.status === 'active'
}

function awaitsDecision(buyer: Buyer): boolean {
  return buyer.right === 'requisition' && isActive(buyer)
}
