import { createHash } from 'node:crypto'
import type { Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import { carriedOver, untaken } from '../../domain/approval/steps'
import { differenceOf, type Difference } from '../../domain/requisition/difference'
import { materialOf } from '../../domain/requisition/material'
import { withWhole } from '../../domain/requisition/split'
import { record, type Origin } from '../audit/record'
import type { Transaction } from '../database/transaction'
import { writable } from '../writable'
import type { LockedRequisition } from './aggregate'
import type { RevisedRequisition } from './revise'
import { rulesOf } from './take-revision'
import { writeIntake } from './write-intake'

/** What one of the seller's people makes of a requisition. */
export interface Edit {
  readonly revised: RevisedRequisition
  /** Undefined leaves it as it is. */
  readonly internalComment: string | null | undefined
  readonly by: Extract<Actor, { kind: 'user' }>
  readonly now: Date
  readonly origin: Origin
}

/**
 * Write the next revision of a requisition, made by one of the seller's people. It stays where it is on
 * its way, and with whoever has it; approvals stand where nothing material has changed, else they are
 * void. Nothing is ordered by an edit, whatever nobody has to decide any more.
 */
export function writeEdit(tx: Transaction, locked: LockedRequisition, edit: Edit): Requisition {
  const before = locked.value
  const after = editedRequisition(before, edit)
  writeMade(tx, locked, after, edit, 'requisition.edited', {
    ...(after.internalComment !== before.internalComment && {
      internalComment: {
        before: before.internalComment ?? null,
        after: after.internalComment ?? null,
      },
    }),
    approvalsKept: keepsApprovals(before, after),
  })
  return after
}

/** Write a revision that one of the seller's people has made, and tell the audit what it changes. */
export function writeMade(
  tx: Transaction,
  { value: before, version: last }: LockedRequisition,
  after: Requisition,
  { revised, by, now, origin }: Pick<Edit, 'revised' | 'by' | 'now' | 'origin'>,
  type: 'requisition.edited' | 'requisition.revived',
  told: Readonly<Record<string, unknown>> = {},
): void {
  const version = last + 1
  writeIntake(tx, after, {
    before,
    version,
    parties: revised.parties,
    articles: revised.articles,
    facts: revised.facts,
    proposed: revised.proposed,
    madeBy: by,
    how: 'edited',
    at: now,
    isPublished: true,
  })
  record(tx, [
    {
      type,
      actor: by,
      aggregateKind: 'requisition',
      aggregateId: after.id,
      version,
      data: {
        revision: after.revision,
        from: before.state,
        to: after.state,
        ...changeTold(before, after),
        ...told,
        reasons: after.reasons.map(({ kind }) => kind),
        rules: rulesOf(after),
      },
      origin,
    },
  ])
}

function editedRequisition(
  before: Requisition,
  { revised, internalComment, by, now }: Edit,
): Requisition {
  const { steps: taken, editedBy, internalComment: comment, choices, reminder, ...rest } = before
  const { content, intake } = revised
  const demanded = withWhole(revised.demanded, before.whole)
  const isSame = materialOf(before) === materialOf({ ...content, companyId: before.companyId })
  const steps = isSame && taken ? carriedOver(demanded, taken) : untaken(demanded)
  const authors = isSame ? editedBy : withAuthor(editedBy, by)
  const note = internalComment === undefined ? comment : internalComment
  return {
    ...rest,
    ...content,
    revision: before.revision + 1,
    reasons: writable(intake.reasons),
    ...(steps.length > 0 && { steps: writable(steps) }),
    // Whoever is asked anew has as long as anybody.
    ...(isSame ? reminder && { reminder } : { revisedAt: now.toISOString() }),
    // What was chosen of other lines and prices is chosen anew.
    ...(isSame && choices && { choices }),
    ...(authors && { editedBy: authors }),
    ...(note != null && { internalComment: note }),
    outcome: null,
  }
}

/** The people who have made a revision what it is, with one more; each once, the last one last. */
export function withAuthor(
  authors: Requisition['editedBy'] = [],
  { id, name }: { readonly id: string; readonly name: string },
): NonNullable<Requisition['editedBy']> {
  return [...authors.filter((one) => one.id !== id), { id, name }]
}

type Content = Parameters<typeof differenceOf>[0] & Parameters<typeof materialOf>[0]

/** What the audit is told of a change of content: old and new, sums, and by what it can be seen that the material is the same. */
export function changeTold(
  before: Content & Pick<Requisition, 'totals'>,
  after: Content & Pick<Requisition, 'totals'>,
): {
  readonly difference: Difference
  readonly totals: { readonly before: Requisition['totals']; readonly after: Requisition['totals'] }
  readonly material: string
} {
  return {
    difference: differenceOf(before, after),
    totals: { before: before.totals, after: after.totals },
    material: createHash('sha256').update(materialOf(after)).digest('hex'),
  }
}

function keepsApprovals(before: Requisition, after: Requisition): boolean {
  const given = (requisition: Requisition) =>
    (requisition.steps ?? []).flatMap(({ approvals }) => approvals).length
  return given(before) > 0 && given(after) === given(before)
}
