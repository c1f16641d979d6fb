import type { RequisitionHead } from '../../contract/replica-items'
import { standsInFor } from '../../domain/approval/delegation'
import { placesFor, type StepContext, type StepPerson } from '../../domain/approval/steps'
import { awaitsDecision } from '../../domain/requisition/states'
import type { CalendarDate } from '../../domain/units'
import type { Replica } from './replica'

/**
 * A user as the rules about steps look at them on a day, and what a company's steps are about, as far as
 * this console knows its colleagues.
 */
export function stepPartiesOf(
  replica: Replica,
  userId: string,
  companyId: string,
  today: CalendarDate,
): { readonly person: StepPerson; readonly context: StepContext } {
  const context = stepContextOf(replica, companyId)
  const { canDecide } = context
  const delegations = [...replica.all('delegation').values()]
  const person = {
    userId,
    roles: replica.get('user', userId)?.roles ?? [],
    accounts: new Set(canDecide(userId) ? [companyId] : []),
    standsInFor: standsInFor(userId, delegations, today, canDecide),
  }
  return { person, context }
}

/** Who decides for a company, as far as this console knows its colleagues. */
export function stepContextOf(replica: Replica, companyId: string): StepContext {
  return {
    companyId,
    // As `decidesFor` has it, of what is known here of others' accounts.
    canDecide: (id) => {
      const user = replica.get('user', id)
      if (user?.status !== 'active') return false
      if (user.roles.includes('approver')) return true
      const owner = replica.get('company', companyId)?.accountOwner ?? null
      if (owner === null || !user.roles.includes('rep')) return false
      const users = [...replica.all('user').values()]
      const team = users.find(({ username }) => username === owner)?.team ?? null
      return user.username === owner || (team !== null && user.team === team)
    },
    approverIds: [...replica.all('user').values()]
      .filter(({ status, roles }) => status === 'active' && roles.includes('approver'))
      .map(({ id }) => id),
  }
}

/** Whether it waits for this user; where no rule demands a step it waits for everyone who sees it. */
export function waitsFor(
  replica: Replica,
  { state, steps, companyId }: Pick<RequisitionHead, 'state' | 'steps' | 'companyId'>,
  userId: string | null,
  today: CalendarDate,
): boolean {
  if (!awaitsDecision(state)) return false
  if (steps === null || userId === null) return true
  const { person, context } = stepPartiesOf(replica, userId, companyId, today)
  return placesFor(steps, person, context).size > 0
}
