import type { Warehouse } from '../article'

/** Whose orders a warehouse delivers. */
export interface Openness {
  readonly openToWebshop: boolean
  /** Only to these where there are any, else to everybody. */
  readonly customerGroups: readonly string[]
}

/** A warehouse's openness as it stands. The source knows of no groups. */
export interface HeldOpenness {
  readonly inForce: Openness
  /** What the source last said, while an admin has set another; null where the source is followed. */
  readonly source: boolean | null
}

/** An admin sets it: from then on the source is heard, but not followed. */
export function setOpenness({ inForce, source }: HeldOpenness, set: Openness): HeldOpenness {
  return { inForce: set, source: source ?? inForce.openToWebshop }
}

/** It is what the source last said, and follows it again; null where it does already. */
export function followOpenness({ source }: HeldOpenness): HeldOpenness | null {
  if (source === null) return null
  return { inForce: { openToWebshop: source, customerGroups: [] }, source: null }
}

/** Whether a customer of a group is delivered from a warehouse; null is whoever has not signed in. */
export function isOpenTo(
  { openToWebshop, customerGroups = [] }: Pick<Warehouse, 'openToWebshop' | 'customerGroups'>,
  groupId: string | null,
): boolean {
  if (!openToWebshop) return false
  return customerGroups.length === 0 || (groupId !== null && customerGroups.includes(groupId))
}
