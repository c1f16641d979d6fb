import { sql } from 'kysely'
import { standsInFor } from '../../domain/approval/delegation'
import type { ApprovalStep } from '../../domain/approval/steps'
import { todayIn } from '../../domain/calendar'
import type { Colleagues } from '../../domain/requisition/decide'
import type { SignedIn } from '../access/signed-in'
import { ask, question, together } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { delegationsSince } from './delegations'

/** The people beside whoever decides, as far as the steps at hand have to do with them. */
export type ColleaguesOf = Colleagues & { readonly standsInFor: ReadonlySet<string> }

/** Where no step names anybody, there is nobody to look for. */
export const nobody: ColleaguesOf = {
  canDecide: () => false,
  approverIds: [],
  standsInFor: new Set(),
}

/** Whom a user stands in for today, and who decides for the company. */
export async function colleaguesOf(
  tx: Transaction,
  who: SignedIn,
  {
    companyId,
    steps,
  }: {
    readonly companyId: string
    /** Null where it is not known yet whom they will name. */
    readonly steps: readonly ApprovalStep[] | null
  },
  now: Date,
): Promise<ColleaguesOf> {
  if (steps?.every(({ by }) => by.kind !== 'users')) return nobody
  // As `decidesFor` has it: a rep decides for the accounts of their own and their team.
  const able = sql<{ readonly id: string; readonly isApprover: boolean }>`
    select u.id, 'approver' = any(u.roles) as "isApprover" from app_user u
    where u.status = 'active' and (
      'approver' = any(u.roles)
      or 'rep' = any(u.roles) and exists (
        select from company c left join app_user owner on owner.username = c.account_owner
        where c.id = ${companyId} and (c.account_owner = u.username or owner.team = u.team)))`
  const [seller, users, delegations] = await ask(
    tx,
    together(
      sellerNow(tx),
      question(able, (rows) => rows),
      // A day earlier than any time zone's today.
      delegationsSince(tx, new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10)),
    ),
  )
  const today = todayIn(seller.timeZone, now.toISOString())
  const canDecide = (id: string) => users.some((user) => user.id === id)
  return {
    canDecide,
    approverIds: users.filter(({ isApprover }) => isApprover).map(({ id }) => id),
    standsInFor: standsInFor(who.user.id, delegations, today, canDecide),
  }
}
