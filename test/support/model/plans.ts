import fc from 'fast-check'
import type { Change, Contact, Content } from './said'
import { persons, type Person } from './state'

/** What is to be sent, before it is known which versions there will be. */
export type Plan = { readonly node: 0 | 1 } & (
  | {
      readonly kind: 'decide'
      readonly id: number
      readonly person: Person
      readonly type: string
      /** Beside the version and the revision that are current. */
      readonly version: number | null
      readonly revision: number
      /** Of an edit, or of what is proposed with a return. */
      readonly change?: Change | null
      /** The step to skip, by its place. */
      readonly step?: number
      readonly isLongAgo?: boolean
    }
  | {
      readonly kind: 'user'
      readonly id: number
      readonly person: Person
      readonly type: string
      readonly version: number | null
      readonly roles: readonly string[]
    }
  | {
      readonly kind: 'submit'
      readonly id: number
      /** Beside the revision that comes next. */
      readonly revision: number
      readonly content: Content
      readonly isLongAgo?: boolean
    }
  | { readonly kind: 'withdraw'; readonly id: number }
  | {
      readonly kind: 'accept'
      readonly id: number
      /** Beside the revision that is current. */
      readonly revision: number
      readonly contact: Contact
      readonly isLongAgo?: boolean
    }
  | {
      readonly kind: 'buyer'
      readonly id: number
      /** Beside the revision that is current. */
      readonly revision: number
      readonly contact: Contact
      readonly says: 'approved' | 'rejected'
      readonly isLongAgo?: boolean
    }
  /** Time does what it has brought. */
  | { readonly kind: 'expire' }
  /** One that was sent, once more; by whom it was, or by another. */
  | { readonly kind: 'again'; readonly which: number; readonly person: Person | null }
)

/** Plans that are sent at once. */
export interface Batch {
  readonly plans: readonly Plan[]
  /** Whose statement goes to the database next, of those that have one: see `inTurns`. */
  readonly turns: readonly number[]
}

export type Plot = readonly Batch[]

const node = fc.constantFrom(0 as const, 1 as const)
const person = fc.constantFrom(...persons)
const decider = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Person>('karin', 'lars', 'erik', 'tove') },
  { weight: 1, arbitrary: person },
)
// Few ids, so that some are used for more than one thing.
const id = fc.nat({ max: 30 })
const version = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 1) },
  { weight: 2, arbitrary: fc.constant(null) },
)
const content = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Content>('small', 'large', 'in steps', 'bought') },
  { weight: 1, arbitrary: fc.constant<Content>('orders itself') },
)
const mostly0 = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1) },
)

const isLongAgo = fc.oneof(
  { weight: 3, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
)
const change = fc.constantFrom<Change>(
  'comment',
  'reference',
  'small',
  'in steps',
  'large',
  'bought',
  'cut',
  'cut',
  'back',
)

/** What people do to a requisition, out of these. */
const decideBy = (person: fc.Arbitrary<Person>, ...types: readonly string[]) =>
  fc.record({
    kind: fc.constant('decide' as const),
    node,
    id,
    person,
    type: fc.constantFrom(...types),
    version,
    revision: mostly0,
    change: fc.option(change),
    step: mostly0.map((step) => Math.abs(step)),
    isLongAgo,
  })
const decide = decideBy(
  decider,
  'claim',
  'claim',
  'release',
  'approve',
  'approve',
  'reject',
  'return',
  'return',
  'edit',
  'edit',
  'skip_step',
  'split',
  'approve_first',
  'revive',
  'mark_read',
)
const user = fc.record({
  kind: fc.constant('user' as const),
  node,
  id,
  person: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Person>('adam') },
    { weight: 1, arbitrary: person },
  ),
  // Hashing a password takes long on purpose, so there are few.
  type: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('update', 'update', 'disable', 'enable') },
    { weight: 1, arbitrary: fc.constantFrom('set_password', 'create') },
  ),
  version,
  roles: fc.constantFrom(['approver'], ['rep'], ['agent'], ['approver', 'rep']),
})
const submit = fc.record({
  kind: fc.constant('submit' as const),
  node,
  id,
  revision: mostly0,
  content,
  isLongAgo,
})
const withdraw = fc.record({ kind: fc.constant('withdraw' as const), node, id })
const accept = fc.record({
  kind: fc.constant('accept' as const),
  node,
  id,
  revision: mostly0,
  contact: fc.constantFrom<Contact>('anna', 'anna', 'olle'),
  isLongAgo,
})
const buyer = fc.record({
  kind: fc.constant('buyer' as const),
  node,
  id,
  revision: mostly0,
  contact: fc.constantFrom<Contact>('olle', 'olle', 'olle', 'anna'),
  says: fc.constantFrom('approved', 'approved', 'approved', 'rejected'),
  isLongAgo,
})
const expire = fc.record({ kind: fc.constant('expire' as const), node })
const again = fc.record({
  kind: fc.constant('again' as const),
  node,
  which: fc.nat({ max: 20 }),
  person: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: person }),
})

const plan = fc.oneof(
  { weight: 10, arbitrary: decide },
  { weight: 2, arbitrary: user },
  { weight: 2, arbitrary: submit },
  { weight: 1, arbitrary: withdraw },
  { weight: 1, arbitrary: accept },
  { weight: 1, arbitrary: buyer },
  { weight: 1, arbitrary: expire },
  { weight: 3, arbitrary: again },
)

const approver = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Person>('karin', 'lars', 'lars', 'erik', 'tove') },
  { weight: 1, arbitrary: person },
)
const sentForApproval = submit.map((one) => ({
  ...one,
  content: one.content === 'orders itself' ? ('in steps' as const) : one.content,
}))

/** The same things, but mostly what leads to an order by and by, and seldom what ends it before. */
const approvalPlan = fc.oneof(
  { weight: 16, arbitrary: decideBy(approver, 'approve') },
  { weight: 24, arbitrary: decideBy(approver, 'edit') },
  { weight: 6, arbitrary: decideBy(approver, 'skip_step') },
  { weight: 6, arbitrary: decideBy(approver, 'split', 'approve_first') },
  { weight: 8, arbitrary: decideBy(approver, 'return') },
  { weight: 2, arbitrary: decideBy(approver, 'claim', 'release', 'reject') },
  { weight: 16, arbitrary: accept },
  { weight: 12, arbitrary: buyer },
  { weight: 2, arbitrary: sentForApproval },
  { weight: 1, arbitrary: withdraw },
  { weight: 5, arbitrary: expire },
  { weight: 4, arbitrary: decideBy(approver, 'revive') },
  { weight: 2, arbitrary: user },
  { weight: 2, arbitrary: again },
)

// 0 is whoever comes first: it shrinks towards one act after the other.
const turns = fc.array(fc.nat({ max: 5 }), { minLength: 30, maxLength: 30 })
const batch = (plans: fc.Arbitrary<readonly Plan[]>) => fc.record({ plans, turns })

const historiesOf = (
  { opening, plan }: Readonly<Record<'opening' | 'plan', fc.Arbitrary<Plan>>>,
  most: number,
): fc.Arbitrary<Plot> =>
  fc
    .tuple(
      batch(fc.array(opening, { minLength: 1, maxLength: 2 })),
      fc.array(batch(fc.array(plan, { minLength: 1, maxLength: 3 })), {
        minLength: 1,
        maxLength: most,
      }),
    )
    .map(([first, rest]) => [first, ...rest])

/** Short histories: something comes in, and then several people are at it at once, a few times. */
export const plots = historiesOf({ opening: submit, plan }, 4)

/** Longer ones about approval, in which an id is used once. */
export const approvalPlots = historiesOf({ opening: sentForApproval, plan: approvalPlan }, 8).map(
  (plot) => {
    let ids = 0
    const numbered = (one: Plan): Plan => ('id' in one ? { ...one, id: ids++ } : one)
    return plot.map(({ plans, turns }) => ({ plans: plans.map(numbered), turns }))
  },
)
