import { inEveryWay } from './known-plots'
import type { Plan, Plot } from './plans'
import type { Change, Contact, Content } from './said'
import type { Person } from './state'

const at = { node: 0 } as const
const elsewhere = { node: 1 } as const
const longAgo = { isLongAgo: true } as const

const submit = (content: Content): Plan => ({ ...at, kind: 'submit', id: 0, revision: 0, content })
const does = (
  person: Person,
  id: number,
  type: string,
  more: { readonly change?: Change; readonly node?: 1; readonly isLongAgo?: boolean } = {},
): Plan => ({ ...at, kind: 'decide', id, person, type, version: null, revision: 0, ...more })
const accepted = (id: number, more: { readonly isLongAgo?: boolean } = {}): Plan => ({
  ...at,
  kind: 'accept',
  id,
  revision: 0,
  contact: 'anna',
  ...more,
})

const answers = (
  id: number,
  says: 'approved' | 'rejected' = 'approved',
  more: {
    readonly node?: 1
    readonly contact?: Contact
    readonly revision?: number
  } = {},
): Plan => ({ ...at, kind: 'buyer', id, revision: 0, contact: 'olle', says, ...more })

/** One thing after the other. */
const alone = (...plans: readonly Plan[]): Plot =>
  plans.map((plan) => ({ plans: [plan], turns: [0] }))

/** Lars may not cut prices; what he has changed of a document at Karin's he does not approve alone. */
const ownWork = alone(
  submit('large'),
  does('karin', 1, 'edit', { change: 'cut' }),
  does('lars', 2, 'edit', { change: 'small' }),
  does('lars', 3, 'approve'),
  does('lars', 4, 'edit', { change: 'comment' }),
  does('lars', 5, 'approve'),
  does('erik', 6, 'approve'),
)

/** Nor is it less his when the customer has said yes to it, and he has the price by hand taken back. */
const ownWorkAccepted = alone(
  submit('large'),
  does('karin', 1, 'edit', { change: 'cut' }),
  does('lars', 2, 'edit', { change: 'small' }),
  does('lars', 3, 'return', { change: 'comment' }),
  accepted(4),
  does('lars', 5, 'approve'),
  does('lars', 6, 'edit', { change: 'back' }),
  does('lars', 7, 'approve'),
)

/** Where all have approved and it is beyond everybody's own, one more has to, whose limit reaches. */
export const oneMore = alone(
  submit('in steps'),
  does('karin', 1, 'edit', { change: 'cut' }),
  does('lars', 2, 'edit', { change: 'small' }),
  does('lars', 3, 'edit', { change: 'in steps' }),
  does('erik', 4, 'approve'),
  does('lars', 5, 'approve'),
  does('erik', 6, 'approve'),
  does('lars', 7, 'approve'),
  does('lars', 8, 'edit', { change: 'reference' }),
  does('karin', 9, 'approve'),
)

/** More than whoever proposed it may approve is agreed to by the customer alone: somebody else has to. */
const proposedBeyondLimit = alone(
  submit('small'),
  does('erik', 1, 'return', { change: 'large' }),
  { ...accepted(2), contact: 'olle' } as Plan,
  does('erik', 3, 'approve'),
  does('karin', 4, 'approve'),
)

/** What is voided waits from the change that voided it, and does not expire for how long it waited before. */
const voidedAndWaiting = alone(
  { ...submit('in steps'), ...longAgo } as Plan,
  does('erik', 1, 'approve'),
  { ...at, kind: 'expire' },
  does('karin', 2, 'edit', { change: 'large' }),
  { ...at, kind: 'expire' },
  does('karin', 3, 'approve'),
)

/** Taken up again it is asked of everybody anew, whoever had approved it, and at the customer's for the last word. */
const revived = alone(
  { ...submit('in steps'), ...longAgo } as Plan,
  does('erik', 1, 'approve', longAgo),
  does('lars', 2, 'revive'),
  { ...at, kind: 'expire' },
  does('karin', 3, 'approve'),
  does('karin', 4, 'revive'),
  does('lars', 5, 'approve'),
  does('erik', 6, 'approve'),
  does('lars', 7, 'approve'),
)
const boughtAndRevived = alone(
  { ...submit('bought'), ...longAgo } as Plan,
  { ...at, kind: 'expire' },
  answers(1),
  does('lars', 2, 'revive'),
  answers(3),
)

/** Of what ours have changed the customer has not the last word, nor of a part. */
const boughtAndChanged = alone(
  submit('bought'),
  does('karin', 1, 'edit', { change: 'cut' }),
  answers(2),
  does('erik', 3, 'approve'),
  does('karin', 4, 'edit', { change: 'reference' }),
  does('karin', 5, 'approve'),
)
const boughtInParts = alone(
  submit('bought'),
  does('lars', 1, 'split'),
  answers(2),
  does('lars', 3, 'approve'),
)

/** A part of what was bought that is in steps by itself: ours first, then the customer, then ours again. */
const boughtAndInSteps = alone(
  submit('bought'),
  does('lars', 1, 'split'),
  does('karin', 2, 'edit', { change: 'in steps' }),
  answers(3),
  does('erik', 4, 'approve'),
  does('lars', 5, 'approve'),
  answers(6),
  does('karin', 7, 'approve'),
)

/** What is refused, whatever else is drawn: by the wrong person, of the wrong revision, at the wrong time. */
const boughtAndRefused = alone(
  submit('bought'),
  answers(1, 'approved', { contact: 'anna' }),
  answers(2, 'approved', { revision: 1 }),
  does('lars', 3, 'approve_first'),
  answers(4),
  answers(5, 'rejected'),
)
const splitOnce = alone(
  submit('large'),
  answers(1),
  does('lars', 2, 'split'),
  does('lars', 3, 'split'),
)

const atOnce: readonly (readonly (readonly Plan[])[])[] = [
  // Let go and approved.
  [
    [submit('in steps')],
    [does('lars', 1, 'skip_step'), does('erik', 2, 'approve', elsewhere)],
    [does('tove', 3, 'approve')],
  ],
  // The last approval, and what makes the first one void.
  [
    [submit('in steps')],
    [does('erik', 1, 'approve')],
    [does('lars', 2, 'approve'), does('karin', 3, 'edit', { change: 'cut', ...elsewhere })],
    [does('karin', 4, 'approve')],
  ],
  // Two edits, one of them not material.
  [
    [submit('in steps')],
    [does('erik', 1, 'approve')],
    [
      does('lars', 2, 'edit', { change: 'reference' }),
      does('karin', 3, 'edit', { change: 'large', ...elsewhere }),
    ],
    [does('lars', 4, 'approve')],
  ],
  // A proposal accepted twice and withdrawn.
  [
    [submit('large')],
    [does('karin', 1, 'return', { change: 'cut' })],
    [accepted(2), { ...accepted(3), ...elsewhere }, { ...elsewhere, kind: 'withdraw', id: 4 }],
    [does('lars', 5, 'approve')],
  ],
  // The customer's own approval, and what makes it void, says no, lets it go, or is the same again.
  [
    [submit('bought')],
    [answers(1), does('karin', 2, 'edit', { change: 'cut', ...elsewhere })],
    [does('karin', 3, 'approve')],
  ],
  [[submit('bought')], [answers(1), answers(2, 'rejected', elsewhere)], [answers(3)]],
  [
    [submit('bought')],
    [answers(1), does('lars', 2, 'skip_step', elsewhere)],
    [does('karin', 3, 'approve')],
  ],
  [[submit('bought')], [answers(1), answers(2, 'approved', elsewhere)]],
  [
    [{ ...submit('bought'), ...longAgo } as Plan],
    [answers(1), { ...elsewhere, kind: 'expire' }],
    [{ ...at, kind: 'expire' }],
  ],
  // Due, and decided.
  [
    [{ ...submit('small'), ...longAgo } as Plan],
    [does('lars', 1, 'approve'), { ...elsewhere, kind: 'expire' }],
    [{ ...at, kind: 'expire' }],
  ],
  // Taken up again by two.
  [
    [{ ...submit('small'), ...longAgo } as Plan],
    [{ ...at, kind: 'expire' }],
    [does('lars', 1, 'revive'), does('karin', 2, 'revive', elsewhere)],
    [does('lars', 3, 'approve')],
  ],
  // Due at the customer's, and accepted.
  [
    [{ ...submit('large'), ...longAgo } as Plan],
    [does('karin', 1, 'return', { change: 'small', ...longAgo })],
    [accepted(2), { ...elsewhere, kind: 'expire' }],
    [{ ...at, kind: 'expire' }],
    [does('lars', 3, 'approve')],
  ],
]

/** Histories of approval worth running every time. */
export const knownApprovalPlots: readonly Plot[] = [
  ownWork,
  ownWorkAccepted,
  oneMore,
  proposedBeyondLimit,
  voidedAndWaiting,
  revived,
  boughtAndRevived,
  boughtAndChanged,
  boughtInParts,
  boughtAndInSteps,
  boughtAndRefused,
  splitOnce,
  ...inEveryWay(atOnce),
]
