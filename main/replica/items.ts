import { entitySchemas, type EntityKind, type Requisition } from '../../contract/entities'
import type { Change } from '../../contract/feed'
import { inBrief } from '../../contract/outcome'
import { restText, stepsInBrief } from '../../contract/replica-items'
import type { ReplicaItem, RequisitionRest } from '../../contract/replica-items'
import { z } from '../../contract/zod'
import { fold, foldNumber } from '../../language/folding'

const batchSchemas = new Map<EntityKind, z.ZodType<readonly unknown[]>>()

function batchSchema(kind: EntityKind): z.ZodType<readonly unknown[]> {
  let schema = batchSchemas.get(kind)
  if (!schema) batchSchemas.set(kind, (schema = z.array(entitySchemas[kind])))
  return schema
}

/**
 * Changes as the replica keeps them, in their order, each value checked by its kind's schema. A whole
 * kind is checked at a time; only when it holds something that does not pass is it gone through one by
 * one, so that one broken value costs itself and nothing else.
 */
export function itemsOf(changes: readonly Change[]): readonly ReplicaItem[] {
  const items = new Map<Change, ReplicaItem>()
  for (const [kind, group] of grouped(changes)) {
    const living = group.filter(({ value }) => value !== null)
    for (const change of group) {
      if (change.value === null) items.set(change, { ...named(change), form: 'gone' })
    }
    const together = batchSchema(kind).safeParse(living.map(({ value }) => value))
    for (const [index, change] of living.entries()) {
      items.set(
        change,
        together.success ? itemOf(change, together.data[index]) : checkedAlone(change),
      )
    }
  }
  return changes.flatMap((change) => items.get(change) ?? [])
}

function grouped(changes: readonly Change[]): ReadonlyMap<EntityKind, readonly Change[]> {
  const groups = new Map<EntityKind, Change[]>()
  for (const change of changes) {
    const group = groups.get(change.kind)
    if (group) group.push(change)
    else groups.set(change.kind, [change])
  }
  return groups
}

function checkedAlone(change: Change): ReplicaItem {
  const alone = entitySchemas[change.kind].safeParse(change.value)
  return alone.success
    ? itemOf(change, alone.data)
    : { ...named(change), form: 'unreadable', why: z.prettifyError(alone.error) }
}

function itemOf(change: Change, value: unknown): ReplicaItem {
  const text = JSON.stringify(value)
  if (change.kind !== 'requisition') return { ...named(change), form: 'value', value: text }
  const requisition = value as Requisition
  const { state, receivedAt, outcome, claimedBy, companyId, contactId, currency, totals } =
    requisition
  return {
    ...named(change),
    form: 'requisition',
    head: {
      state,
      receivedAt,
      endedAt: outcome?.at ?? null,
      claimerId: claimedBy?.id ?? null,
      companyId,
      contactId,
      currency,
      net: totals.net,
      gross: totals.gross,
      steps: stepsInBrief(requisition),
    },
    rest: restText(rowOf(requisition)),
    words: {
      words: wordsOf(requisition),
      articles: JSON.stringify([...new Set(requisition.lines.map(({ articleId }) => articleId))]),
    },
    whole: text,
  }
}

function named({ kind, id, version }: Change): Pick<ReplicaItem, 'kind' | 'id' | 'version'> {
  return { kind, id, version }
}

function rowOf(requisition: Requisition): RequisitionRest {
  const { lines, steps = [], ...whole } = requisition
  const { number, kind, revision, reasons, claimedBy, outcome, reminder } = whole
  const names = steps.flatMap(({ because }) => because.map(({ name }) => name))
  const rules = [...new Set(names)]
  const said = { number, kind, revision, reasons, claimedBy, outcome: inBrief(outcome), reminder }
  return { ...said, lineCount: lines.length, rules, restOf: whole.restOf?.number }
}

/** What it says itself; the words of company, contact and articles are theirs. */
function wordsOf(requisition: Requisition): string {
  const { number, shop, name, yourReference, goodsMark, comment } = requisition
  const { purchaseOrderNumber, outcome, restOf } = requisition
  return [
    foldNumber(number),
    foldNumber(restOf?.number ?? ''),
    foldNumber(shop.documentId),
    ...[name, yourReference, goodsMark, comment].map((text) => fold(text ?? '')),
    foldNumber(purchaseOrderNumber ?? ''),
    outcome?.kind === 'ordered' ? foldNumber(outcome.orderNumber) : '',
  ]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}
