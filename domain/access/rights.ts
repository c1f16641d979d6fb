import type { Role } from './roles'

/** Who asks: a signed-in user and what their roles and accounts open to them. */
export interface Viewer {
  readonly userId: string
  readonly roles: readonly Role[]
  /** Companies whose account the user or the user's team owns. Only a rep's sight is bound by it. */
  readonly accounts: ReadonlySet<string>
}

/** A thing a user does, as far as roles decide about it. */
export type Deed =
  | 'decide_requisition'
  | 'read_requisition'
  | 'draft_quote'
  | 'send_quote'
  | 'resolve_price'
  | 'try_policy'
  | 'set_policy'
  | 'set_customer_groups'
  | 'set_shop_stock'
  | 'delegate'
  | 'manage_users'
  | 'load_master_data'
  | 'export_audit'

const deedsOf: Readonly<Record<Role, readonly Deed[]>> = {
  rep: [
    'decide_requisition',
    'read_requisition',
    'draft_quote',
    'send_quote',
    'resolve_price',
    'delegate',
  ],
  approver: [
    'decide_requisition',
    'read_requisition',
    'draft_quote',
    'send_quote',
    'resolve_price',
    'try_policy',
    'delegate',
  ],
  // An agent sees the customer in the conversation at hand; without one there is none to see.
  agent: ['draft_quote'],
  admin: [
    'read_requisition',
    'resolve_price',
    'try_policy',
    'set_policy',
    'set_customer_groups',
    'set_shop_stock',
    'delegate',
    'manage_users',
    'load_master_data',
    'export_audit',
  ],
}

/** Whether any of the user's roles allows the deed at all. */
export function mayDo(viewer: Pick<Viewer, 'roles'>, deed: Deed): boolean {
  return viewer.roles.some((role) => deedsOf[role].includes(deed))
}

/** The roles that allow a deed. */
export function rolesFor(deed: Deed): readonly Role[] {
  return (Object.keys(deedsOf) as Role[]).filter((role) => deedsOf[role].includes(deed))
}

/** Whether the user sees every company, or only the accounts of their own and their team. */
export function seesAllCompanies(viewer: Pick<Viewer, 'roles'>): boolean {
  return viewer.roles.includes('approver') || viewer.roles.includes('admin')
}

/** Whether the user may see what belongs to a company: the customer, its requisitions and orders. */
export function seesCompany(viewer: Viewer, companyId: string): boolean {
  if (seesAllCompanies(viewer)) return true
  return viewer.roles.includes('rep') && viewer.accounts.has(companyId)
}

/**
 * Whether the user may decide on what a company sent in. Sight is not enough: someone who is both
 * admin and rep sees every company but decides only for the accounts of the rep.
 */
export function decidesFor(viewer: Viewer, companyId: string): boolean {
  if (viewer.roles.includes('approver')) return true
  return viewer.roles.includes('rep') && viewer.accounts.has(companyId)
}

/** Whether the user may see what an article costs the seller, and so every margin. */
export function seesCost(viewer: Pick<Viewer, 'roles'>): boolean {
  return viewer.roles.some((role) => role !== 'agent')
}
