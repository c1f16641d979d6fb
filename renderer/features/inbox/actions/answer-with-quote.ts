import { FileSignature } from 'lucide-react'
import type { Quote } from '../../../../contract/quotes'
import { isOpenQuote } from '../../../../domain/quote/states'
import { isOpen } from '../../../../domain/requisition/states'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway } from '../../../state/console'
import { mayFor } from '../../quotes/may'
import { selectedRequisition } from '../selection'

/** The quote that a requisition is being answered with. */
function answering(desk: Desk, requisitionId: string): Quote | undefined {
  return [...desk.replica.all('quote').values()].find(
    ({ requisition, state }) => requisition?.id === requisitionId && isOpenQuote(state),
  )
}

/** Answers it with a quote, or goes on with the one that was begun. */
export const answerWithQuoteAction: Action = {
  id: 'requisition.quote',
  title: 'action.requisition.quote',
  group: 'decide',
  icon: FileSignature,
  keys: ['o'],
  when: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition || !isOpen(requisition.state)) return hidden
    if (!mayFor(desk, requisition.companyId, 'draft_quote')) return hidden
    if (answering(desk, requisition.id)) return possible
    return canReachGateway(desk.console.getState())
      ? possible
      : { kind: 'disabled', why: ({ t }) => t('quote.offline') }
  },
  run: (desk) => {
    const requisition = selectedRequisition(desk)
    if (!requisition) return
    const known = answering(desk, requisition.id)
    if (known) return desk.navigation.open('quote', known.id)
    const { id: requisitionId, revision } = requisition
    import('../../quotes/deeds')
      .then(({ create }) => create(desk, { kind: 'requisition', requisitionId, revision }))
      .catch(desk.report)
  },
}
