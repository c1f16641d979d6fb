import type { Requisition } from '../../../contract/entities'
import { differenceOf } from '../../../domain/requisition/difference'
import { useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { DifferenceList } from './difference-list'

/** What was proposed to the customer, against what they sent in. */
export function ProposalNotice({ requisition }: { readonly requisition: Requisition }) {
  const { t, formats } = useTexts()
  const { outcome } = requisition
  const proposal = outcome?.kind === 'returned' ? outcome.proposal : undefined
  if (!proposal) return null
  const { net, currency } = proposal.totals
  return (
    <Banner meaning="plain">
      <strong>{t('edit.proposed', { total: formats.money(net, currency) })}</strong>
      <DifferenceList difference={differenceOf(requisition, proposal)} />
    </Banner>
  )
}
