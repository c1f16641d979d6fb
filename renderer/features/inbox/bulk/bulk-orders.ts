import type { Desk } from '../../../desk'
import type { BulkKind, BulkOrder, BulkRow } from '../../../services/bulk'
import { approvalOf } from '../decisions'
import { inboxView } from '../selection'
import { outlooks, type Outlook } from './outlook'

/** One of those that are asked about, and what deciding on it would come to. */
export interface Asked extends Omit<BulkRow, 'result'> {
  readonly outlook: Outlook
}

/** All that is picked as the list has it, with what cannot be decided first: it is to be seen. */
export function asked(desk: Desk, kind: BulkKind): readonly Asked[] {
  const { replica, picked } = desk
  const { ids } = picked.store.getState()
  const shown = inboxView(desk).ids.filter((id) => ids.has(id))
  const inOrder = [...new Set([...shown, ...ids])]
  const found = outlooks(desk, inOrder, kind)
  const rows = inOrder.flatMap((id): readonly Asked[] => {
    const brief = replica.get('requisition', id)
    const outlook = found.get(id)
    if (!brief || !outlook) return []
    const { number, companyId, net, currency } = brief
    return [{ id, number, companyId, net, currency, outlook }]
  })
  const place = ({ outlook }: Asked) =>
    outlook.kind === 'left_out' ? 0 : 'warning' in outlook && outlook.warning !== null ? 1 : 2
  return rows.toSorted((a, b) => place(a) - place(b))
}

/** What is to be sent for each: as it is now, in the version that was looked at. */
export function ordersOf(
  desk: Desk,
  kind: BulkKind,
  rows: readonly Asked[],
  reasonOf: (id: string) => string,
): readonly BulkOrder[] {
  return rows.map(({ outlook, ...row }): BulkOrder => {
    const { id } = row
    if (outlook.kind === 'left_out') {
      return { ...row, command: null, result: { kind: 'left_out', why: outlook.why } }
    }
    const expectedVersion = desk.replica.versionOf('requisition', id)
    const command = commandFor(desk, kind, id, reasonOf)
    if (!command) {
      return {
        ...row,
        command: null,
        result: { kind: 'left_out', why: ({ t }) => t('inbox.missing') },
      }
    }
    return {
      ...row,
      command: { ...command, aggregateId: id, expectedVersion },
      result: { kind: 'waiting' },
    }
  })
}

function commandFor(desk: Desk, kind: BulkKind, id: string, reasonOf: (id: string) => string) {
  if (kind === 'approve') {
    const whole = desk.replica.requisition(id)
    if (!whole) return undefined
    const approval = approvalOf(desk, whole)
    // The sums were before whoever decides, and no line was; those approved before it take from the
    // same stock and the same credit.
    const { net, status } = approval.seen
    const seen = { net, ...(status && { status }), lines: {} }
    return { type: 'requisition.approve' as const, payload: { ...approval, seen } }
  }
  const revision = desk.replica.get('requisition', id)?.revision
  return revision === undefined
    ? undefined
    : { type: 'requisition.reject' as const, payload: { revision, reason: reasonOf(id) } }
}
