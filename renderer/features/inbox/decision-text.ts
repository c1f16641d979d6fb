import { DECISION_TEXT_LIMIT } from '../../../contract/decision-text'
import { awaitsDecision } from '../../../domain/requisition/states'
import type { Desk } from '../../desk'
import { isUnderway, pendingOf } from '../../state/sends'
import type { Texts } from '../../../language/texts'
import type { Writing } from '../../state/inbox'
import {
  decisionPossibility,
  draftKey,
  isDecision,
  pendingSentence,
  skipPossibility,
} from './decisions'
import { editProblem, isProposing } from './edit/editing'

/** Why the text that is being written cannot be sent now. */
export interface TextProblem {
  readonly kind: 'gone' | 'sending' | 'blocked' | 'empty' | 'long'
  readonly why: (texts: Texts) => string
}

/** What has been written for a document, as it would be sent. */
export function textToSend(desk: Desk, id: string, writing: Writing): string {
  return (desk.drafts.store.getState().texts.get(draftKey(id, writing)) ?? '').trim()
}

/** What stands in the way of sending it; the document first, then the text itself. */
export function textProblem(desk: Desk, id: string, writing: Writing): TextProblem | null {
  const pending = pendingOf(desk.sends.getState().byId, desk.console.getState().outbox, id).find(
    (send) => isUnderway(send) && isDecision(send.type),
  )
  if (pending) return { kind: 'sending', why: ({ t }) => pendingSentence(pending, t) }
  const requisition = desk.replica.requisition(id)
  const isComing =
    desk.replica.requisitions.has(id) || desk.replica.store.getState().phase !== 'loaded'
  if (!requisition && isComing) {
    return { kind: 'blocked', why: ({ t }) => t('session.loadingReplica') }
  }
  if (!requisition || !awaitsDecision(requisition.state)) {
    return { kind: 'gone', why: ({ t }) => t('decide.textTooLate') }
  }
  const decision =
    writing === 'skip' ? skipPossibility(desk, requisition) : decisionPossibility(desk, requisition)
  if (decision.kind === 'disabled') return { kind: 'blocked', why: decision.why }
  const edit =
    writing === 'return' && isProposing(desk, requisition) ? editProblem(desk, requisition) : null
  if (edit && edit.kind !== 'nothing') return { kind: 'blocked', why: edit.why }
  const text = textToSend(desk, id, writing)
  if (text === '') return { kind: 'empty', why: ({ t }) => t('decide.textRequired') }
  if (text.length > DECISION_TEXT_LIMIT) {
    return {
      kind: 'long',
      why: ({ t, formats }) =>
        t('decide.textTooLong', { limit: formats.integer(DECISION_TEXT_LIMIT) }),
    }
  }
  return null
}
