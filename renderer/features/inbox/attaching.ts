import type { Requisition } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import type { SavedFile } from '../../../contract/saved-file'
import { MOST_ATTACHMENTS } from '../../../domain/attachment/limits'
import { takesAttachments } from '../../../domain/requisition/attachments'
import { refusalSentence } from '../../../language/refusals'
import type { Texts } from '../../../language/texts'
import { hidden, possible } from '../../actions/action'
import type { Possibility } from '../../actions/action'
import type { Desk } from '../../desk'
import type { LeftOut } from '../../services/attachments'
import { canReachGateway } from '../../state/console'
import { mayFor } from '../quotes/may'

/** What stands in the way of hiding from the customer what is attached to a requisition, and of taking it off. */
export function amendPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
  if (!requisition || !mayFor(desk, requisition.companyId, 'decide_requisition')) return hidden
  if (canReachGateway(desk.console.getState())) return possible
  return { kind: 'disabled', why: ({ t }) => t('attachments.offline') }
}

/** The same of one more file, and of showing one: what has ended gets no more. */
export function attachPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
  if (!requisition || !takesAttachments(requisition.state)) return hidden
  const amend = amendPossibility(desk, requisition)
  const { length: maximum } = requisition.attachments ?? []
  if (amend.kind !== 'possible' || maximum < MOST_ATTACHMENTS) return amend
  return {
    kind: 'disabled',
    why: ({ t }) => t('error.attachment_unfit.too_many', { maximum }),
  }
}

/** Why something about a file did not come about; null is that there was no connection. */
export function whyNot(error: Refusal | null, desk: Desk, texts: Texts): string {
  if (error === null) return texts.t('attachments.noContact')
  if (error.details['reason'] === 'no_answer') return texts.t('attachments.noAnswer')
  const now = new Date(desk.clock.now()).toISOString()
  return refusalSentence(error, texts, texts.formats, now)
}

/** The same of a file that was to be sent. */
export function whyNotSent(error: Refusal | null, desk: Desk, texts: Texts): string {
  // Another content under its id: it was written to between two tries.
  if (error?.code === 'already_exists') return texts.t('error.unavailable.file_changed')
  return whyNot(error, desk, texts)
}

/** Whether sending the same file once more can come to anything else, given whether there is room for it. */
export function isWorthRetrying(error: Refusal | null, hasRoom: boolean): boolean {
  if (error === null) return true
  const { code, details } = error
  if (code === 'attachment_unfit')
    return details['problem'] === 'too_many' ? hasRoom : details['problem'] === 'not_uploaded'
  if (code === 'unavailable')
    return details['reason'] !== 'file_changed' && details['reason'] !== 'file_forgotten'
  return !['too_large', 'already_exists', 'forbidden', 'wrong_state', 'not_found'].includes(code)
}

/** Says how many of the files that were given are not sent, where there are some. */
export function tellLeftOut(desk: Desk, { beyond, unread }: LeftOut): void {
  if (beyond + unread === 0) return
  desk.toasts.tell({
    key: 'attachments left out',
    meaning: 'danger',
    text: ({ t }) =>
      [
        ...(beyond > 0
          ? [t('attachments.beyond', { count: beyond, maximum: MOST_ATTACHMENTS })]
          : []),
        ...(unread > 0 ? [t('attachments.unread', { count: unread })] : []),
      ].join(' '),
    action: null,
  })
}

/** Says what became of keeping a file on this computer. */
export function tellSaved(desk: Desk, told: SavedFile): void {
  if (told.kind === 'cancelled') return
  desk.toasts.tell({
    meaning: told.kind === 'saved' ? 'good' : 'danger',
    text: (texts) =>
      told.kind === 'saved'
        ? texts.t('attachments.saved', { file: told.file })
        : whyNot(told.error, desk, texts),
    action: null,
  })
}
