import fc from 'fast-check'
import { persons, type Content, type Person } from './state'

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
    }
  | { readonly kind: 'withdraw'; readonly id: number }
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
  { weight: 6, arbitrary: fc.constantFrom<Content>('small', 'large', 'in steps') },
  { weight: 1, arbitrary: fc.constant<Content>('orders itself') },
)
const mostly0 = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1) },
)

const decide = fc.record({
  kind: fc.constant('decide' as const),
  node,
  id,
  person: decider,
  type: fc.constantFrom(
    'claim',
    'claim',
    'release',
    'approve',
    'approve',
    'reject',
    'return',
    'return',
    'mark_read',
  ),
  version,
  revision: mostly0,
})
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
})
const withdraw = fc.record({ kind: fc.constant('withdraw' as const), node, id })
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
  { weight: 3, arbitrary: again },
)

// 0 is whoever comes first: it shrinks towards one act after the other.
const turns = fc.array(fc.nat({ max: 5 }), { minLength: 30, maxLength: 30 })
const batch = (plans: fc.Arbitrary<readonly Plan[]>) => fc.record({ plans, turns })

/** Short histories: something comes in, and then several people are at it at once, a few times. */
export const plots: fc.Arbitrary<Plot> = fc
  .tuple(
    batch(fc.array(submit, { minLength: 1, maxLength: 2 })),
    fc.array(batch(fc.array(plan, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([first, rest]) => [first, ...rest])
