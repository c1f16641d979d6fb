import type { Role } from '../../../domain/access/roles'
import type { Change, Contact, Content, Said } from './said'

/** Who acts in a history. Tove is each history's own, so that what she may do can change in it. */
export const persons = ['karin', 'lars', 'erik', 'agneta', 'adam', 'tove'] as const
export type Person = (typeof persons)[number]

/** A step that is demanded, and what came of it. */
export interface StepTaken {
  /**
   * Those who come first, then an approver, then somebody of the customer's; anybody where nobody's limit
   * has reached so far, or where the customer cannot have the last word.
   */
  readonly by: 'first' | 'approver' | 'buyer' | 'anybody'
  readonly approval: {
    readonly by: Person | Contact
    readonly isWithinLimit: boolean
    readonly given: When
  } | null
  /** When it was let go; null where it was not. */
  readonly skipped: When | null
}

/** One requisition with all that happens to it, as simply as it can be told. */
export interface Requisition {
  readonly state:
    'submitted' | 'in_review' | 'ordered' | 'returned' | 'rejected' | 'withdrawn' | 'expired'
  readonly version: number
  readonly claimedBy: Person | null
  /** What each revision says, from the first. */
  readonly revisions: readonly [Said, ...Said[]]
  /** What its rules demand, in the order they are taken; none where whoever decides does so once. */
  readonly steps: readonly StepTaken[]
  /** What was split off, and whether a rule asks for somebody there. */
  readonly rests: readonly { readonly isAsked: boolean }[]
  /** What is looked at beside what it says by itself, once something was split off. */
  readonly whole: {
    readonly others: number
    readonly inSteps: boolean
    readonly bought: boolean
  } | null
  /** Who of ours has made it what it is, the last one last. */
  readonly authors: readonly Person[]
  /** What the customer may say yes to, and who proposes it. */
  readonly proposal: {
    readonly says: Said
    readonly by: Person
    /** Who proposes it may decide on so much: said yes to, nobody is asked again. */
    readonly isBinding: boolean
  } | null
  /** Who of the customer's has said no to it. */
  readonly rejectedBy: Contact | null
  /** Revisions whose proposal was accepted. */
  readonly accepted: readonly number[]
  /** When the customer sent it, when ours last changed what is material, and when it was returned. */
  readonly received: When
  readonly revised: When | null
  readonly returned: When
}

/** Long ago is more than the seller waits for anything. */
export type When = 'now' | 'long ago'

/** The revision that counts. */
export function currentOf({ revisions }: Requisition): Said {
  return revisions.at(-1) ?? revisions[0]
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
      /** What the payload's changes are. */
      readonly change: Change | null
      readonly when: When
    }
  | {
      readonly kind: 'submit'
      readonly id: string
      readonly revision: number
      readonly content: Content
      readonly when: When
    }
  | { readonly kind: 'withdraw'; readonly id: string; readonly when: When }
  | {
      readonly kind: 'accept'
      readonly id: string
      readonly revision: number
      readonly contact: Contact
      readonly when: When
    }
  | {
      readonly kind: 'buyer'
      readonly id: string
      readonly revision: number
      readonly contact: Contact
      readonly says: 'approved' | 'rejected'
      readonly when: When
    }
  /** The job that lets expire what nobody has finished. */
  | { readonly kind: 'expire' }

/** What an act led to: its answer as a comparable text, and what is so afterwards. */
export interface Step {
  readonly answer: string
  readonly model: Model
}
