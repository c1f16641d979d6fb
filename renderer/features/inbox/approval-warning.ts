import type { Requisition } from '../../../contract/entities'
import { companyReasons } from '../../../domain/requisition/decision-reasons'
import type { Desk } from '../../desk'
import type { Texts } from '../../../language/texts'

/**
 * What speaks against approving now although it is allowed: the customer is on hold, or its credit
 * does not reach. Approving takes a second press then. Judged by the company as it is, not as it was
 * when the document came in.
 *
 * @param ahead what is ordered for the company before this one, with VAT, where many are approved at once
 */
export function approvalWarning(
  desk: Desk,
  requisition: Requisition,
  ahead = 0,
): ((texts: Texts) => string) | null {
  const company = desk.replica.get('company', requisition.companyId)
  if (!company) return null
  const reasons = companyReasons({
    company,
    totals: requisition.totals,
    exposure: desk.exposure.of(company) + ahead,
  })
  if (reasons.length === 0) return null
  return ({ t, formats }) =>
    reasons
      .map((reason) => {
        if (reason.kind === 'company_on_hold') {
          return reason.reason === null
            ? t('confirm.onHold')
            : t('confirm.onHoldBecause', { reason: reason.reason })
        }
        if (reason.kind !== 'credit_exceeded') return ''
        return t('confirm.credit', {
          limit: formats.wholeMoney(reason.limit, company.currency),
          used: formats.wholeAmount(reason.exposure, company.currency),
          total: formats.wholeAmount(reason.total, requisition.currency),
        })
      })
      .join(' ')
}
