import type { CommandPayload, CommandType } from '../../contract/commands'
import type { Refusal } from '../../contract/errors'
import type { Actor } from '../../contract/primitives'
import type { SignedIn } from '../access/signed-in'
import type { Origin } from '../audit/record'
import type { LockedRequisition } from '../requisitions/aggregate'
import type { Transaction } from '../database/transaction'

/** What a command's handler works with: its own transaction, who asks and what they ask for. */
export interface Handling<T extends CommandType> {
  readonly tx: Transaction
  readonly who: SignedIn
  readonly actor: Actor
  readonly origin: Origin
  readonly now: Date
  readonly aggregateId: string
  readonly expectedVersion: number | null
  readonly payload: CommandPayload<T>
  /** What a decision is about, locked; null where there is none, and for all other commands. */
  readonly requisition: LockedRequisition | null
  /** The argon2id hash of the payload's password, once it was asked for by `PasswordWanted`. */
  readonly passwordHash: string | null
}

/**
 * Thrown by a handler that has found everything else right and now needs the password hashed. That
 * takes long on purpose, and an open transaction holds the feed back for everybody: so the transaction
 * is rolled back, the password judged and hashed outside, and the command run again from the start.
 * Whoever may not set a password never gets this far, and so cannot keep the gateway hashing.
 */
export class PasswordWanted extends Error {
  /** What the password must not be made of. */
  readonly about: readonly string[]
  constructor(about: readonly string[]) {
    super('the password is to be hashed outside the transaction')
    this.about = about
  }
}

/** What a handler leads to. On a refusal the transaction is rolled back: nothing is half-done. */
export type Handled =
  | {
      readonly ok: true
      readonly result: Readonly<Record<string, unknown>>
      readonly version: number
    }
  | { readonly ok: false; readonly error: Refusal }

export type Handler<T extends CommandType> = (handling: Handling<T>) => Promise<Handled>

export function handled(version: number, result: Readonly<Record<string, unknown>> = {}): Handled {
  return { ok: true, result, version }
}

export function refused(error: Refusal): Handled {
  return { ok: false, error }
}
