import type { Attachment, Requisition, RequisitionLine } from '../../contract/entities'
import type { StorefrontDocument, StorefrontLine } from '../../contract/storefront'
import type { DemandedStep } from '../../domain/approval/evaluate'
import { untaken } from '../../domain/approval/steps'
import { withWhole } from '../../domain/requisition/split'
import type { Address } from '../../domain/company'
import type { Intake, TakenLine } from '../../domain/requisition/intake'
import type { IntakeLine } from '../../domain/requisition/intake-document'
import type { RequisitionKind } from '../../domain/requisition/states'
import { writable } from '../writable'
import { originOf } from './content'
import type { IntakeParties } from './intake-facts'

/** What a requisition is made of when its document has been taken in. */
export interface RequisitionParts {
  readonly id: string
  readonly number: string
  readonly shopId: string
  readonly kind: RequisitionKind
  readonly document: StorefrontDocument
  readonly sentAt: string
  readonly receivedAt: string
  readonly parties: IntakeParties
  readonly deliveryAddress: Address | null
  readonly intake: Intake<StorefrontLine>
  /** What the seller's rules demand. */
  readonly demanded: readonly DemandedStep[]
  /** It as it was before this revision; null when this is the first. */
  readonly before: Pick<Requisition, 'restOf' | 'rest' | 'whole'> | null
  readonly attachments: readonly Attachment[]
}

/** A requisition as it stands when a revision of it has just come in. */
export function buildRequisition(parts: RequisitionParts): Requisition {
  const { document, parties, intake, kind, before, attachments } = parts
  const demanded = withWhole(parts.demanded, before?.whole)
  const { totals } = intake
  return {
    id: parts.id,
    number: parts.number,
    kind,
    origin: originOf(kind, document),
    state: 'submitted',
    revision: document.revision,
    shop: { id: parts.shopId, documentId: document.id },
    name: document.name,
    submittedAt: new Date(parts.sentAt).toISOString(),
    receivedAt: parts.receivedAt,
    companyId: parties.company.id,
    contactId: parties.contact.id,
    currency: document.currency,
    deliveryAddress: parts.deliveryAddress && { ...parts.deliveryAddress },
    yourReference: document.yourReference,
    purchaseOrderNumber: document.purchaseOrderNumber,
    goodsMark: document.goodsMark,
    freightTerms: document.freightTerms,
    partDeliveries: document.partDeliveries,
    requestedDate: document.requestedDate,
    comment: document.comment,
    reasons: writable(intake.reasons),
    ...(before?.restOf && { restOf: before.restOf }),
    ...(before?.rest && { rest: before.rest }),
    ...(before?.whole && { whole: before.whole }),
    ...(demanded.length > 0 && { steps: writable(untaken(demanded)) }),
    lines: intake.lines.map(buildLine),
    totals: writable(totals),
    ...(attachments.length > 0 && { attachments: [...attachments] }),
    claimedBy: null,
    outcome: null,
  }
}

/** A line taken in, as a requisition has it. */
export function buildLine({
  line,
  set,
  shown,
  resolved,
  vatRate,
  rowAmount,
}: TakenLine<IntakeLine & { readonly comment: string | null }>): RequisitionLine {
  return {
    id: line.id,
    articleId: line.article,
    quantity: line.quantity,
    shown,
    ...(set && { set: writable(set) }),
    resolved: writable(resolved),
    vatRate,
    rowAmount,
    warehouseId: line.warehouse,
    requestedDate: line.requestedDate,
    comment: line.comment,
  }
}
