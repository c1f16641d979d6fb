import type { Role } from '../../../domain/access/roles'

/** Who acts in a history. Tove is each history's own, so that what she may do can change in it. */
export const persons = ['karin', 'lars', 'erik', 'agneta', 'adam', 'tove'] as const
export type Person = (typeof persons)[number]

/** One requisition with all that happens to it, as simply as it can be told. */
export interface Requisition {
  readonly state: 'submitted' | 'in_review' | 'ordered' | 'returned' | 'rejected' | 'withdrawn'
  readonly revision: number
  readonly version: number
  readonly claimedBy: Person | null
  /** Who has approved this revision, in their order. */
  readonly approvals: readonly Person[]
  /** What each revision said, from the first. */
  readonly contents: readonly Content[]
}

/** What is in steps is for Erik or Karin first, and then for an approver. */
export type Content = 'small' | 'large' | 'orders itself' | 'in steps'

/** The total of each without VAT, at 10 kr apiece. */
export const netOf: Readonly<Record<Content, number>> = {
  small: 1_000,
  'in steps': 20_000,
  large: 50_000,
  'orders itself': 50_000,
}

export interface Model {
  readonly requisition: Requisition | null
  readonly tove: {
    readonly version: number
    readonly isActive: boolean
    /** Whether the session she began with is still one. */
    readonly isSignedIn: boolean
    readonly roles: readonly Role[]
  }
  /** What happened, as the audit has it: `requisition.submitted 1`. */
  readonly happened: readonly string[]
  /** What the shop was told: `requisition.received 1`. */
  readonly told: readonly string[]
  /** By command id: who sent what, and the answer. */
  readonly commands: Readonly<Record<string, { readonly said: string; readonly answer: string }>>
  readonly events: Readonly<Record<string, { readonly said: string; readonly answer: string }>>
  readonly marks: Readonly<Partial<Record<Person, number>>>
  /** Names of users made on the way. */
  readonly created: readonly string[]
}

export const beginning: Model = {
  requisition: null,
  tove: { version: 1, isActive: true, isSignedIn: true, roles: ['approver'] },
  happened: [],
  told: [],
  commands: {},
  events: {},
  marks: {},
  created: [],
}

/** Something sent, with everything decided: it can be sent again just so. */
export type Act =
  | {
      readonly kind: 'command'
      readonly id: string
      readonly person: Person
      readonly type: string
      /** The requisition, Tove, or the id of a user to be. */
      readonly about: 'requisition' | 'tove' | 'new user'
      readonly expectedVersion: number | null
      readonly payload: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'submit'
      readonly id: string
      readonly revision: number
      readonly content: Content
    }
  | { readonly kind: 'withdraw'; readonly id: string }

/** What an act led to: its answer as a comparable text, and what is so afterwards. */
export interface Step {
  readonly answer: string
  readonly model: Model
}
