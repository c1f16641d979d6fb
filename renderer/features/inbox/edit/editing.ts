import type { CommandPayload } from '../../../../contract/commands'
import type { Requisition } from '../../../../contract/entities'
import { awaitsDecision } from '../../../../domain/requisition/states'
import type { Desk } from '../../../desk'
import { isUnderway, pendingOf } from '../../../state/sends'
import { textsOf } from '../../../texts'
import type { Texts } from '../../../../language/texts'
import { decisionPossibility } from '../decisions'
import { focusList } from '../focus'
import { focusFirstCell } from './focus-cell'
import { selectedId } from '../selection'
import { editedOf } from './use-edited'

/** Why changes cannot be saved as they stand. */
export interface EditProblem {
  readonly kind: 'sending' | 'gone' | 'changed' | 'blocked' | 'nothing' | 'wrong'
  readonly why: (texts: Texts) => string
}

/** What stands in the way of saving the changes to a requisition, or of proposing them. */
export function editProblem(desk: Desk, requisition: Requisition): EditProblem | null {
  const draft = desk.edits.of(requisition.id)
  if (!draft) return null
  const pending = pendingOf(
    desk.sends.getState().byId,
    desk.console.getState().outbox,
    requisition.id,
  ).find((send) => isUnderway(send) && send.type === 'requisition.edit')
  if (pending) return { kind: 'sending', why: ({ t }) => t('edit.saving') }
  if (!awaitsDecision(requisition.state)) {
    return { kind: 'gone', why: ({ t }) => t('edit.tooLate') }
  }
  if (draft.revision !== requisition.revision) {
    const by = requisition.editedBy?.at(-1)?.name
    return {
      kind: 'changed',
      why: ({ t }) =>
        by === undefined ? t('edit.changedMeanwhile') : t('edit.changedMeanwhileBy', { name: by }),
    }
  }
  const decision = decisionPossibility(desk, requisition)
  if (decision.kind === 'disabled') return { kind: 'blocked', why: decision.why }
  const edited = editedOf(desk, requisition, draft, textsOf(desk))
  if (edited.problems > 0) {
    return {
      kind: 'wrong',
      why: ({ t }) =>
        edited.totals === null
          ? t('error.edit_unsound.amount_too_large')
          : edited.lines.every(({ kind }) => kind === 'removed')
            ? t('error.edit_unsound.no_lines')
            : t('edit.wrong', { count: edited.problems }),
    }
  }
  return edited.isChanged ? null : { kind: 'nothing', why: ({ t }) => t('edit.nothing') }
}

/** The changes as they are sent; null where there are none, or they cannot be sent. */
export function changesToSend(
  desk: Desk,
  requisition: Requisition,
): Pick<CommandPayload<'requisition.edit'>, 'changes' | 'internalComment'> | null {
  const draft = desk.edits.of(requisition.id)
  if (!draft || editProblem(desk, requisition) !== null) return null
  const { changes, internalComment } = editedOf(desk, requisition, draft, textsOf(desk))
  return {
    changes: changes as CommandPayload<'requisition.edit'>['changes'],
    ...(internalComment !== undefined && { internalComment }),
  }
}

/** Whether what is sent back now takes what has been typed along. */
export function isProposing({ edits }: Desk, { id }: Requisition): boolean {
  return edits.of(id) !== undefined && edits.store.getState().isProposing
}

/** What is proposed to the customer with the message; undefined for nothing. */
export function proposalToSend(
  desk: Desk,
  requisition: Requisition,
): CommandPayload<'requisition.return'>['proposal'] {
  if (!isProposing(desk, requisition)) return undefined
  return changesToSend(desk, requisition)?.changes
}

/** Sends the changes; they are forgotten here when they are on their way for certain. */
export async function saveEdit(desk: Desk, requisition: Requisition): Promise<void> {
  const toSend = changesToSend(desk, requisition)
  if (!toSend) return
  const { id, number, revision } = requisition
  const result = await desk.commands.send({
    type: 'requisition.edit',
    aggregateId: id,
    expectedVersion: desk.replica.versionOf('requisition', id),
    payload: { revision, ...toSend },
  })
  if (result.kind !== 'accepted' && result.kind !== 'queued') return
  desk.edits.drop(id)
  if (result.kind === 'accepted') {
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('edit.saved', { number }),
      action: null,
    })
  }
  if (selectedId(desk) === id) focusList()
}

/** Out of the changes: at once where there are none, else after asking. */
export function leaveEdit(desk: Desk, requisition: Requisition): void {
  const { edits } = desk
  const draft = edits.of(requisition.id)
  if (!draft) return
  if (edits.store.getState().leaving === requisition.id) {
    edits.askLeaving(null)
    focusFirstCell()
    return
  }
  if (editedOf(desk, requisition, draft, textsOf(desk)).isChanged || isHalfTyped(draft)) {
    edits.askLeaving(requisition.id)
    return
  }
  edits.drop(requisition.id)
  focusList()
}

/** Something stands in a field that comes to no change, such as a figure that is none. */
function isHalfTyped({ lines }: NonNullable<ReturnType<Desk['edits']['of']>>): boolean {
  return [...lines.values()].some((line) => Object.keys(line).length > 0)
}

/** Puts the changes onto the revision that has come in between; lines that have gone take theirs along. */
export function carryOver(desk: Desk, requisition: Requisition): void {
  const there = new Set(requisition.lines.map(({ id }) => id))
  desk.edits.change(requisition.id, (draft) => ({
    ...draft,
    revision: requisition.revision,
    lines: new Map([...draft.lines].filter(([id]) => there.has(id))),
    removed: new Set([...draft.removed].filter((id) => there.has(id))),
    resolved: new Map(),
  }))
}
