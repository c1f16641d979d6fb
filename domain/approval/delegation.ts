import type { CalendarDate } from '../units'

/** Somebody gives their steps to a colleague for some days, both ends included. */
export interface Delegation {
  readonly id: string
  readonly fromUserId: string
  readonly toUserId: string
  readonly from: CalendarDate
  readonly until: CalendarDate
  /** Ended before its time, or taken back before it began. */
  readonly isEnded: boolean
}

/** From hand to hand so often and no further: nobody should decide for people they have never heard of. */
export const longestChain = 3

/** Whether a delegation counts on a day. */
export function isActive({ from, until, isEnded }: Delegation, day: CalendarDate): boolean {
  return !isEnded && from <= day && day <= until
}

/**
 * The people a user stands in for on a day: who has handed over to them, and who had handed over to those.
 * Only while each of them could still take the steps themselves; and never the user, whatever circle there
 * may be.
 */
export function standsInFor(
  userId: string,
  delegations: readonly Delegation[],
  day: CalendarDate,
  canDecide: (userId: string) => boolean,
): ReadonlySet<string> {
  const active = delegations.filter((one) => isActive(one, day) && canDecide(one.fromUserId))
  const found = new Set<string>()
  let reached: readonly string[] = [userId]
  for (let links = 0; links < longestChain && reached.length > 0; links += 1) {
    const next = active
      .filter(({ toUserId }) => reached.includes(toUserId))
      .map(({ fromUserId }) => fromUserId)
      .filter((id) => id !== userId && !found.has(id))
    for (const id of next) found.add(id)
    reached = next
  }
  return found
}

export type DelegationProblem =
  | { readonly kind: 'to_oneself' }
  /** The one it goes to could not take the steps. */
  | { readonly kind: 'cannot_decide' }
  /** It would end before it begins, or has ended already. */
  | { readonly kind: 'no_days' }
  /** The very same for the same days is there. */
  | { readonly kind: 'already_there'; readonly delegationId: string }
  /** It would lead back to the one who hands over, on days they have in common. */
  | { readonly kind: 'in_circle' }
  | { readonly kind: 'chain_too_long'; readonly longest: number }

/** What is wrong with handing over, or null. */
export function delegationProblem(
  next: Omit<Delegation, 'id' | 'isEnded'>,
  known: readonly Delegation[],
  parts: { readonly today: CalendarDate; readonly canDecide: (userId: string) => boolean },
): DelegationProblem | null {
  const { fromUserId, toUserId, from, until } = next
  if (fromUserId === toUserId) return { kind: 'to_oneself' }
  if (until < from || until < parts.today) return { kind: 'no_days' }
  if (!parts.canDecide(toUserId)) return { kind: 'cannot_decide' }
  const meanwhile = known.filter((one) => !one.isEnded && one.from <= until && from <= one.until)
  const same = meanwhile.find((one) => one.fromUserId === fromUserId && one.toUserId === toUserId)
  if (same) return { kind: 'already_there', delegationId: same.id }
  // Who has handed over to whom changes only on the first day of one of them.
  const firstDays = [from, ...meanwhile.map((one) => one.from).filter((day) => day > from)]
  for (const day of new Set(firstDays)) {
    const active = meanwhile.filter((one) => isActive(one, day))
    const links = [...active, next].map((one) => [one.fromUserId, one.toUserId] as const)
    const longest = longestThrough(fromUserId, toUserId, links)
    if (longest === null) return { kind: 'in_circle' }
    if (longest > longestChain) return { kind: 'chain_too_long', longest: longestChain }
  }
  return null
}

type Link = readonly [from: string, to: string]

/** How many links the longest chain has that leads over one from `from` to `to`; null for a circle. */
function longestThrough(from: string, to: string, links: readonly Link[]): number | null {
  const after = depth(to, links)
  const before = depth(
    from,
    links.map(([one, other]) => [other, one]),
  )
  return after === null || before === null ? null : before + 1 + after
}

/** Over how many links one comes from somebody at most; null where it goes in a circle. */
function depth(start: string, links: readonly Link[]): number | null {
  const known = new Map<string, number>()
  const open = new Set<string>()
  const of = (id: string): number | null => {
    const found = known.get(id)
    if (found !== undefined) return found
    if (open.has(id)) return null
    open.add(id)
    let longest = 0
    for (const [one, other] of links) {
      if (one !== id) continue
      const further = of(other)
      if (further === null) return null
      longest = Math.max(longest, further + 1)
    }
    open.delete(id)
    known.set(id, longest)
    return longest
  }
  return of(start)
}
