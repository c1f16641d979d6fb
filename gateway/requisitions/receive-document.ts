import { v7 as uuid } from 'uuid'
import type { Attachment, Requisition, Seller } from '../../contract/entities'
import type { StorefrontDocument, StorefrontLine } from '../../contract/storefront'
import type { ApprovalPolicy } from '../../domain/approval/policy'
import type { IntakeProblem } from '../../domain/requisition/intake-document'
import {
  judgeDocument,
  type Judgement,
  type SoundDocument,
} from '../../domain/requisition/judge-document'
import { arrivalOf, type Arrival, type RevisionRefusal } from '../../domain/requisition/revision'
import type { RequisitionKind } from '../../domain/requisition/states'
import { policyInForce } from '../approval/policy'
import type { Origin } from '../audit/record'
import { answered, ask, together, type Question } from '../database/together'
import { ChangedMeanwhile, type Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { attachmentsShared } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { documentLocked, documentNow, type LockedRequisition } from './aggregate'
import { buildRequisition } from './build-requisition'
import { attachmentsWith, newOf, type AttachmentRefusal } from './document-attachments'
import { contentOfDocument, contentOfRequisition } from './content'
import {
  articlesOf,
  partiesLocked,
  warehousesOf,
  type IntakeParties,
  type NamedArticle,
} from './intake-facts'
import { judgeRevision, type JudgedRevision } from './judge-revision'
import { linesElsewhere } from './other-parts'
import type { PlaceOrder } from './place-order'
import { proposedLines } from './proposed-lines'
import { takeRevision } from './take-revision'
import { nextRequisitionNumber } from './write-intake'

/** A document from a shop that has proved to be it. */
export interface SentDocument {
  readonly shopId: string
  readonly kind: RequisitionKind
  readonly document: StorefrontDocument
  readonly sentAt: string
  readonly now: Date
  readonly origin: Origin
}

/** `pointer` is a JSON pointer into the document. */
export interface DocumentRefusal {
  readonly pointer: string
  readonly problem:
    | IntakeProblem
    | RevisionRefusal['problem']
    | { readonly code: 'revision_changed' }
    | AttachmentRefusal['problem']
    /** The line has gone into another requisition, split off from this one or the one it is the rest of. */
    | { readonly code: 'line_in_other_part'; readonly requisition: string }
}

export type DocumentReception =
  | { readonly kind: 'taken'; readonly requisition: Requisition }
  /** It had been taken in before, saying the same. This is how it stands now. */
  | { readonly kind: 'before'; readonly requisition: Requisition }
  | { readonly kind: 'refused'; readonly refusals: readonly DocumentRefusal[] }

/** A document found sound, with everything that was loaded on the way. */
interface Accepted {
  readonly known: LockedRequisition | null
  readonly parties: IntakeParties
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly sound: SoundDocument<StorefrontLine, NamedArticle>
  readonly seller: Seller
  readonly policy: ApprovalPolicy
  readonly attachments: readonly Attachment[]
}

/** What there is to know about a document before it is looked at. */
export interface DocumentOpening {
  readonly known: LockedRequisition | null
  readonly parties: IntakeParties | null
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly warehouses: ReadonlyMap<string, { readonly id: string; readonly openToWebshop: boolean }>
  readonly seller: Seller
  readonly policy: ApprovalPolicy
}

/** Asks for all of it, and locks the document and its company until the transaction ends. */
export function openingOf(
  tx: Transaction,
  { shopId, document }: Pick<SentDocument, 'shopId' | 'document'>,
): Question<DocumentOpening> {
  const articleIds = document.lines.map(({ article }) => article)
  const namesWarehouse = document.lines.some(({ warehouse }) => warehouse !== null)
  const all = together(
    // The document's own row before the company's: a transaction gets its number, by which the feeds
    // are ordered, with its first lock, so that those that change one requisition follow each other.
    documentLocked(shopId, document.id),
    partiesLocked(tx, document.contact),
    // With what its company now stands for. It is not locked here: the row of a twin that has gone
    // ahead meanwhile would be locked after the company, against the order of all others.
    documentNow(shopId, document.id),
    articlesOf(tx, articleIds),
    namesWarehouse ? warehousesOf(document.contact) : answered(new Map<string, never>()),
    sellerNow(tx),
    policyInForce(tx),
  )
  return {
    ...all,
    read(answers) {
      const [locked, parties, known, articles, warehouses, seller, policy] = all.read(answers)
      if (known && !locked) throw new ChangedMeanwhile('a twin of the document has gone ahead')
      return { known, parties, articles, warehouses, seller, policy }
    },
  }
}

/**
 * Take a document in, in the caller's transaction: the requisition with its lines priced, the
 * revision as it was submitted, audit, feed and what the shop is told; and where nobody needs to
 * decide, its order. A refusal has written nothing.
 *
 * @param opening what `openingOf` the same document has brought in the same transaction
 */
export async function receiveDocument(
  tx: Transaction,
  sent: SentDocument,
  opening: DocumentOpening,
  placeOrder: PlaceOrder,
): Promise<DocumentReception> {
  const { known, parties, articles, seller, policy } = opening
  const arrival = parties && arrive(known, parties, sent.document.revision)
  if (known && arrival?.kind === 'again') return answerAgain(tx, known, sent)

  const judged = judge(sent, opening)
  const files =
    parties &&
    (await attachmentsWith(tx, sent, known?.value ?? null, {
      kind: 'contact',
      id: parties.contact.id,
      name: parties.contact.name,
    }))
  const refusals: readonly DocumentRefusal[] = [
    ...(arrival?.kind === 'refused' ? [arrival.refusal] : []),
    ...(judged.ok ? [] : judged.refusals),
    ...(known && arrival?.kind === 'next' ? await inOtherParts(tx, known, sent) : []),
    ...(files?.refusals ?? []),
  ]
  if (refusals.length > 0 || !judged.ok || !parties || !files) return { kind: 'refused', refusals }

  const { attachments } = files
  const accepted = { known, parties, articles, sound: judged.value, seller, policy, attachments }
  const priced = await price(tx, sent, accepted)
  return priced.ok
    ? { kind: 'taken', requisition: await write(tx, sent, accepted, priced.value, placeOrder) }
    : { kind: 'refused', refusals: priced.refusals }
}

function arrive(
  known: LockedRequisition | null,
  { company }: IntakeParties,
  revision: number,
): Arrival {
  return arrivalOf(
    known && {
      companyId: known.value.companyId,
      revision: known.value.revision,
      state: known.value.state,
    },
    { revision, companyId: company.id },
  )
}

/** The lines sent again that another part has by now: they would be ordered twice. */
async function inOtherParts(
  tx: Transaction,
  { value }: LockedRequisition,
  { document: { lines } }: SentDocument,
): Promise<readonly DocumentRefusal[]> {
  const ids = lines.map(({ id }) => id)
  const elsewhere = await ask(tx, linesElsewhere(value, ids))
  return ids.flatMap((id, at) => {
    const requisition = elsewhere.get(id)
    if (requisition === undefined) return []
    return [{ pointer: `/lines/${at}/id`, problem: { code: 'line_in_other_part', requisition } }]
  })
}

/** A revision that has been taken in: the same words again are no news, other ones are refused. */
async function answerAgain(
  tx: Transaction,
  known: LockedRequisition,
  { document, kind }: SentDocument,
): Promise<DocumentReception> {
  const { body: submitted } = await tx
    .selectFrom('requisition_revision')
    .select('body')
    .where('requisition_id', '=', known.value.id)
    .where('revision', '=', document.revision)
    .executeTakeFirstOrThrow()
  const changed = (pointer: string): DocumentReception => ({
    kind: 'refused',
    refusals: [{ pointer, problem: { code: 'revision_changed' } }],
  })
  if (contentOfDocument(kind, document) !== contentOfRequisition(submitted)) {
    return changed('/revision')
  }
  const { attachments = [] } = document
  const news = attachments.length > 0 ? await newOf(tx, known.value, attachments) : new Set()
  return news.size > 0 ? changed('/attachments') : { kind: 'before', requisition: known.value }
}

function judge(
  { document, kind, sentAt, now }: SentDocument,
  { parties, articles, warehouses }: DocumentOpening,
): Judgement<SoundDocument<StorefrontLine, NamedArticle>> {
  return judgeDocument(
    document,
    { kind, sentAt, now: now.toISOString() },
    {
      contact: parties?.contact ?? null,
      company: parties?.company ?? null,
      group: parties?.group ?? null,
      articles,
      warehouses,
    },
  )
}

/** Priced and judged, and numbered where it is new. */
interface Priced extends JudgedRevision<StorefrontLine> {
  readonly number: string
}

async function price(
  tx: Transaction,
  { now }: SentDocument,
  { known, parties, articles, sound, seller, policy }: Accepted,
): Promise<Judgement<Priced>> {
  const [judged, number] = await judgeRevision(
    tx,
    { sound, parties, articles, seller, policy, now },
    known ? answered(known.value.number) : nextRequisitionNumber(),
  )
  return judged.ok ? { ok: true, value: { ...judged.value, number } } : judged
}

/** Everything that becomes of an accepted document, up to its order where nobody has to decide. */
async function write(
  tx: Transaction,
  sent: SentDocument,
  { known, parties, articles, sound, seller, attachments }: Accepted,
  { intake, number, facts, demanded, stock }: Priced,
  placeOrder: PlaceOrder,
): Promise<Requisition> {
  const version = (known?.version ?? 0) + 1
  const requisition = buildRequisition({
    id: known?.value.id ?? uuid(),
    number,
    shopId: sent.shopId,
    kind: sent.kind,
    document: sent.document,
    sentAt: sent.sentAt,
    receivedAt: sent.now.toISOString(),
    parties,
    deliveryAddress: sound.deliveryAddress,
    intake,
    demanded,
    before: known?.value ?? null,
    attachments,
  })
  // Who may order and whose document nothing speaks against still asks where a rule says so, and of a
  // part somebody has decided already that it is looked at.
  const isOrderedAtOnce = intake.isOrderedAtOnce && demanded.length === 0 && !known?.value.whole
  const taken = await takeRevision(
    tx,
    {
      requisition,
      version,
      parties,
      articles,
      facts,
      how: 'submitted',
      proposed: isOrderedAtOnce ? null : proposedLines(sound.lines, stock, seller, sent.now),
      isOrderedAtOnce,
      told: {
        from: known?.value.state ?? null,
        ...(attachments.length > 0 && {
          attachments: attachments.map(({ id, name, sha256 }) => ({ id, name, sha256 })),
        }),
      },
      now: sent.now,
      origin: sent.origin,
    },
    placeOrder,
  )
  const shared = attachmentsShared(known?.value ?? null, taken, sent.now)
  if (shared) tellShop(tx, sent.shopId, shared)
  return taken
}
