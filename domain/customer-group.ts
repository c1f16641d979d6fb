import type { CustomerGroup } from './company'

/** What people of a customer group may do, and up to which amounts. */
export type GroupRights = Pick<CustomerGroup, 'orderingRight' | 'orderLimit'>

/** The rights of a group as they stand. */
export interface HeldRights {
  readonly inForce: GroupRights
  /** What the source last said, while an admin has set others; null where the source is followed. */
  readonly source: GroupRights | null
}

/** An admin sets them: from then on the source is heard, but not followed. */
export function setRights({ inForce, source }: HeldRights, set: GroupRights): HeldRights {
  return { inForce: set, source: source ?? inForce }
}

/** The source says what they are. */
export function sourceSays({ inForce, source }: HeldRights, said: GroupRights): HeldRights {
  return source === null ? { inForce: said, source: null } : { inForce, source: said }
}

/** They are what the source last said, and follow it again; null where they do already. */
export function followSource({ source }: HeldRights): HeldRights | null {
  return source === null ? null : { inForce: source, source: null }
}
