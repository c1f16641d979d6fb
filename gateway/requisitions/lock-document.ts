import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Company } from '../../domain/company'
import type { RequisitionProgress } from '../database/schema'
import { question, type Question } from '../database/together'
import { requisitionOf, type LockedRequisition } from './aggregate'

/** The requisition made of a shop's document, locked; null when there is none. */
export function documentLocked(
  shopId: string,
  documentId: string,
): Question<LockedRequisition | null> {
  const row = sql<{
    body: Requisition
    progress: Partial<RequisitionProgress>
    version: number
    company_status: Company['status']
  }>`
    select r.body, r.progress, r.version, c.status as company_status
    from requisition r join company c on c.id = r.company_id
    where r.shop_id = ${shopId} and r.document_id = ${documentId}
    for update of r`
  return question(row, ([found]) =>
    found
      ? {
          value: requisitionOf(found),
          version: found.version,
          companyStatus: found.company_status,
        }
      : null,
  )
}
