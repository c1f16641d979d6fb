import { sql, type Kysely } from 'kysely'
import type { Actor } from '../../contract/primitives'
import type { PolicyPeople } from '../../domain/approval/check-policy'
import type { ApprovalPolicy, ApprovalRule } from '../../domain/approval/policy'
import { record, type Origin } from '../audit/record'
import type { Database } from '../database/schema'
import type { Transaction } from '../database/transaction'
import { question, type Question } from '../database/together'

/** There is one policy; a seller's rules all belong to it. */
export const policyId = 'approval'

/** The rules in force, and who set them when. */
export interface PolicyInForce extends ApprovalPolicy {
  /** 0 while nobody has set any. */
  readonly version: number
  readonly setBy: string | null
  readonly setAt: Date | null
}

/** The rules that are in force now; none while nobody has set any. */
export function policyInForce(db: Kysely<Database>): Question<PolicyInForce> {
  const newest = db
    .selectFrom('approval_policy')
    .leftJoin('app_user', 'app_user.id', 'approval_policy.set_by')
    .select(['approval_policy.version', 'rules', 'set_at', 'display_name'])
    .orderBy('approval_policy.version', 'desc')
    .limit(1)
  return question(newest, ([row]) =>
    row
      ? { version: row.version, rules: row.rules, setBy: row.display_name, setAt: row.set_at }
      : { version: 0, rules: [], setBy: null, setAt: null },
  )
}

/**
 * Until the transaction ends nobody else changes the rules, nor who is there to take their steps: the
 * next version's number is taken from the last, and what rules demand is to stay possible. Taken before
 * any row is locked.
 */
export async function lockPolicy(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('kontor approval policy'))`.execute(tx)
}

/** Everybody who might be given a step. */
export function policyPeople(db: Kysely<Database>): Question<PolicyPeople> {
  const users = db.selectFrom('app_user').select(['id', 'roles', 'status'])
  return question(users, (found) => new Map(found.map((user) => [user.id, user])))
}

/** Put other rules in force from now on, as the next version; what came in before is judged as it was. */
export async function putInForce(
  tx: Transaction,
  before: PolicyInForce,
  rules: readonly ApprovalRule[],
  { actor, origin, now }: { readonly actor: Actor; readonly origin: Origin; readonly now: Date },
): Promise<number> {
  const version = before.version + 1
  const setBy = actor.kind === 'user' ? actor.id : null
  await tx
    .insertInto('approval_policy')
    .values({ version, rules: JSON.stringify(rules), set_by: setBy, set_at: now })
    .execute()
  record(tx, [
    {
      type: 'policy.set',
      actor,
      aggregateKind: 'policy',
      aggregateId: policyId,
      version,
      data: { before: before.rules, after: rules },
      origin,
    },
  ])
  return version
}

/** Whether a company has ever ordered, in an order that was not cancelled. */
export function hasOrdered(db: Kysely<Database>, companyId: string): Question<boolean> {
  const orders = db.selectNoFrom(
    sql<boolean>`exists (
      select from sales_order where company_id = ${companyId} and state <> 'cancelled')`.as('any'),
  )
  return question(orders, ([row]) => row?.any === true)
}
