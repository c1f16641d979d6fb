import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  approvalHistories,
  approvalInvariants,
  type ApprovalHistory,
} from '../../support/history/approvals'
import { openModelHouse, type ModelHouse } from '../../support/model/house'
import { oneMore } from '../../support/model/known-approval-plots'
import { runHistory } from '../../support/model/run-history'

let house: ModelHouse
let sound: ApprovalHistory
beforeAll(async () => {
  house = await openModelHouse()
  expect(await runHistory(house, oneMore, () => undefined)).toBeNull()
  for await (const history of approvalHistories(house.nodes[0].db)) sound = history
})
afterAll(() => house.close())

/** One way to break each of them. */
const spoilt: Readonly<
  Record<keyof typeof approvalInvariants, (history: ApprovalHistory) => ApprovalHistory>
> = {
  'ordered at most once, and only from the current revision': (history) => ({
    ...history,
    revisions: [...history.revisions, ...history.revisions.slice(-1)],
  }),
  'ordered only when every demanded step is approved or skipped, and somebody approved last': (
    history,
  ) => ({
    ...history,
    entries: history.entries.map(({ steps = [], ...entry }) => ({
      ...entry,
      steps: steps.map((step, at) => (at === 0 ? { ...step, approvals: [] } : step)),
    })),
  }),
  'the customer’s own step is taken by one of theirs who may order, and charged to them': (
    history,
  ) => ({
    ...history,
    orders: history.orders.map((one) => ({ ...one, chargedTo: 'anna' })),
  }),
  'nobody alone approves what is theirs beyond their own limits': (history) => ({
    ...history,
    users: new Map([...history.users].map(([id, user]) => [id, { ...user, discountLimit: 0 }])),
    now: {
      ...history.now,
      editedBy: [...history.users.keys()].map((id) => ({ id, name: 'somebody' })),
    },
  }),
  // What was approved before the last edit, as if that had been of another quantity.
  'no approval survives a material change': (history) => ({
    ...history,
    revisions: history.revisions.map((one, at) =>
      at < history.revisions.length - 1
        ? one
        : { ...one, lines: one.lines.map((line) => ({ ...line, quantity: line.quantity + 1 })) },
    ),
  }),
  // As if the first revision had been split, and nobody asked for what stayed.
  'a part is let off no step of the whole': (history) => ({
    ...history,
    revisions: history.revisions.map((one, at) => (at === 1 ? { ...one, steps: [] } : one)),
    entries: [
      ...history.entries,
      {
        type: 'requisition.split',
        actor: { kind: 'user' },
        revision: 2,
        from: 'submitted',
        to: 'submitted',
      },
    ],
  }),
  'totals equal their rows': (history) => ({
    ...history,
    orders: history.orders.map((one) => ({
      ...one,
      totals: { ...one.totals, gross: one.totals.gross + 1 },
    })),
  }),
  'expired only what was open, and went on only when it was taken up again': (history) => ({
    ...history,
    now: { ...history.now, state: 'expired' },
    entries: [
      ...history.entries,
      {
        type: 'requisition.expired',
        actor: { kind: 'system' },
        revision: history.now.revision,
        to: 'expired',
      },
    ],
  }),
}

test.each(Object.entries(approvalInvariants))('%s: or it says why', (name, whyNot) => {
  expect(whyNot(sound)).toBeNull()
  expect(whyNot(spoilt[name as keyof typeof spoilt](sound))).not.toBeNull()
})
