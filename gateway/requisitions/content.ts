import type { Requisition } from '../../contract/entities'
import type { StorefrontDocument } from '../../contract/storefront'
import type { RequisitionKind } from '../../domain/requisition/states'

/**
 * What a customer said, apart from what we made of it, as text. A document and the requisition that
 * was made of it give the same text, so that one sent again can be told from one that was changed.
 */
export function contentOfDocument(kind: RequisitionKind, document: StorefrontDocument): string {
  const { deliveryAddress: address } = document
  return JSON.stringify([
    kind,
    originOf(kind, document),
    document.contact,
    ...headOf(document),
    typeof address === 'string' || address === null ? address : writtenOut(address),
    document.lines.map((line) => [
      line.id,
      line.article,
      line.quantity,
      line.price && [line.price.amount, line.price.basis, line.price.rebate],
      line.warehouse,
      line.requestedDate,
      line.comment,
    ]),
  ])
}

/** The same of a requisition as it was submitted. */
export function contentOfRequisition(requisition: Requisition): string {
  const { deliveryAddress: address } = requisition
  return JSON.stringify([
    requisition.kind,
    requisition.origin,
    requisition.contactId,
    ...headOf(requisition),
    // One of the company's is known by its key: what it says may have changed since.
    address && (address.id === '' ? writtenOut(address) : address.id),
    requisition.lines.map(({ shown, ...line }) => [
      line.id,
      line.articleId,
      line.quantity,
      shown && [shown.unitPrice.amount, shown.unitPrice.basis, shown.rebate],
      line.warehouseId,
      line.requestedDate,
      line.comment,
    ]),
  ])
}

/** Where it was put together: as the shop says, else what its kind usually comes from. */
export function originOf(
  kind: RequisitionKind,
  { origin }: StorefrontDocument,
): Requisition['origin'] {
  return origin ?? (kind === 'list' ? 'list' : 'cart')
}

function headOf(head: StorefrontDocument | Requisition): unknown[] {
  return [
    head.name,
    head.currency,
    head.yourReference,
    head.purchaseOrderNumber,
    head.goodsMark,
    head.freightTerms,
    head.partDeliveries,
    head.requestedDate,
    head.comment,
  ]
}

function writtenOut(address: Exclude<StorefrontDocument['deliveryAddress'], string | null>) {
  return [address.name, address.street, address.postalCode, address.city, address.country]
}
