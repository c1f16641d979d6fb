import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { Attachment, Requisition } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import { MOST_ATTACHMENTS } from '../../domain/attachment/limits'
import { judgeName } from '../../domain/attachment/name'
import { takesAttachments } from '../../domain/requisition/attachments'
import { record } from '../audit/record'
import { saveProgress, type LockedRequisition } from '../requisitions/aggregate'
import { forgetAttachment, nameAttachments, takenOff } from '../requisitions/attachments'
import { attachmentsShared } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import { notFound } from './requisition-refusals'

type AttachmentCommand = 'requisition.attach' | 'requisition.detach'

/**
 * What belongs to a requisition beside its lines. Nobody decides anything by it: it needs no claim, takes
 * no step and is no new revision, and approvals stand.
 */
export const attachmentHandlers: { readonly [T in AttachmentCommand]: Handler<T> } = {
  async 'requisition.attach'(handling) {
    const { payload, tx, who, actor, now } = handling
    const hides = ({ attachments = [] }: Requisition) =>
      payload.visibility === 'internal' && attachments.some(({ id }) => id === payload.attachmentId)
    return amend(handling, hides, async ({ value, version }) => {
      const before = value.attachments ?? []
      const known = before.find(({ id }) => id === payload.attachmentId)
      const { attachmentId, onlyNew = false } = payload
      // Somebody has changed it or taken it off since.
      if (onlyNew && (known || (await takenOff(tx, value.id, [attachmentId])).size > 0))
        return handled(version)
      // Kept from being swept until it is named.
      const file = await tx
        .selectFrom('attachment')
        .select(['id', 'user_id', 'kind', 'size', 'sha256'])
        .where('id', '=', payload.attachmentId)
        .modifyEnd(sql`for key share`)
        .executeTakeFirst()
      if (!file || (!known && file.user_id !== who.user.id)) return refused(notUploaded())
      const named = judgeName(payload.name, file.kind)
      if (!named.ok) return refused(misnamed(named.ending, file.kind))
      const { name, kind } = named
      const { visibility } = payload
      if (known) {
        if (known.name === name && known.visibility === visibility) return handled(version)
        const changed = { ...known, name, kind, visibility }
        return write(handling, { value, version }, 'requisition.attachment_changed', {
          attachments: before.map((one) => (one === known ? changed : one)),
          told: { attachment: told(changed), before: told(known) },
        })
      }
      if (before.length >= MOST_ATTACHMENTS) {
        const message = `A document has at most ${MOST_ATTACHMENTS} attachments. Remove one first.`
        const details = { problem: 'too_many', maximum: MOST_ATTACHMENTS }
        return refused(refusal('attachment_unfit', message, details))
      }
      const attachment: Attachment = {
        id: file.id,
        name,
        kind,
        size: file.size,
        sha256: file.sha256.toString('hex'),
        visibility,
        by: actor,
        at: now.toISOString(),
      }
      return write(handling, { value, version }, 'requisition.attached', {
        attachments: [...before, attachment],
        told: { attachment: told(attachment) },
      })
    })
  },

  async 'requisition.detach'(handling) {
    const { payload, tx } = handling
    const always = () => true
    return amend(handling, always, async ({ value, version }) => {
      const before = value.attachments ?? []
      const known = before.find(({ id }) => id === payload.attachmentId)
      // Somebody has been faster, and it is as it was wanted.
      if (!known) return handled(version)
      await forgetAttachment(tx, value.id, known.id)
      return write(handling, { value, version }, 'requisition.detached', {
        attachments: before.filter((one) => one !== known),
        told: { attachment: told(known) },
      })
    })
  },
}

/**
 * Check sight, right, state and version, in that order; then let `carryOut` do the rest.
 * @param takesBack whether it only takes from what there is, which is done in every state
 */
async function amend(
  { who, aggregateId, expectedVersion, requisition: locked }: Handling<AttachmentCommand>,
  takesBack: (value: Requisition) => boolean,
  carryOut: (locked: Pick<LockedRequisition, 'value' | 'version'>) => Promise<Handled>,
): Promise<Handled> {
  if (!locked || !seesCompany(who.viewer, locked.value.companyId))
    return refused(notFound(aggregateId))
  const { value, version } = locked
  if (!decidesFor(who.viewer, value.companyId)) {
    const message = 'You may see this requisition but not attach anything to it.'
    return refused(refusal('forbidden', message, { aggregateId }))
  }
  if (!takesAttachments(value.state) && !takesBack(value)) {
    const message = `Nothing is attached or shown to the customer any more once it is ${value.state}.`
    return refused(refusal('wrong_state', message, { state: value.state, currentVersion: version }))
  }
  if (expectedVersion !== null && expectedVersion !== version) {
    const message = 'It has changed since you saw it. Look at it again.'
    return refused(refusal('stale_version', message, { currentVersion: version, expectedVersion }))
  }
  return carryOut(locked)
}

function write(
  { tx, actor, origin, now }: Handling<AttachmentCommand>,
  { value: before, version: last }: Pick<LockedRequisition, 'value' | 'version'>,
  type: AuditType,
  {
    attachments,
    told: data,
  }: {
    readonly attachments: readonly Attachment[]
    readonly told: Readonly<Record<string, unknown>>
  },
): Handled {
  const version = last + 1
  const value = saveProgress(tx, before, { attachments: [...attachments] }, version)
  nameAttachments(tx, value)
  const change = attachmentsShared(before, value, now)
  if (change) tellShop(tx, value.shop.id, change)
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version,
      data: { ...data, revision: value.revision },
      origin,
    },
  ])
  return handled(version)
}

/** What the audit keeps of a file: by its digest it can be told apart, whatever it was called. */
function told({ id, name, kind, size, sha256, visibility }: Attachment) {
  return { id, name, kind, size, sha256, visibility }
}

function notUploaded(): Refusal {
  const message = 'The file has not come in, or has been swept away since. Send it again.'
  return refusal('attachment_unfit', message, { problem: 'not_uploaded' })
}

function misnamed(ending: string, kind: string): Refusal {
  const message = `The file’s name ends in .${ending}, but what it holds is ${kind}. Give it the ending it is.`
  return refusal('attachment_unfit', message, { problem: 'misnamed', ending, kind })
}
