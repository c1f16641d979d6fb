import {
  mayDo,
  seesAllCompanies,
  seesCompany,
  seesCost,
  type Viewer,
} from '../../domain/access/rights'
import { entityKinds, type EntityKind } from '../../contract/entities'
import type { Change } from '../../contract/feed'

/** A row of the feed as it is stored, before anyone's rights are looked at. */
export interface FeedRow {
  readonly seq: number
  readonly kind: EntityKind
  readonly id: string
  readonly version: number
  readonly companyId: string | null
  readonly userId: string | null
  /** Length of the value as JSON text. */
  readonly bytes: number
  readonly value: unknown
}

const known: ReadonlySet<string> = new Set(entityKinds)

/** Kinds that belong to a company, and are seen by whoever sees that company. */
const ofACompany: ReadonlySet<EntityKind> = new Set<EntityKind>([
  'company',
  'contact',
  'requisition',
  'order',
])

/**
 * The change as this viewer may see it, or null when it is not for them at all. Fields that a role
 * may not see are left out of the value, never merely hidden by the console.
 */
export function visibleChange(viewer: Viewer, row: FeedRow): Change | null {
  if (!known.has(row.kind) || !maySee(viewer, row)) return null
  const { seq, kind, id, version } = row
  return { seq, kind, id, version, value: row.value === null ? null : withoutHidden(viewer, row) }
}

function maySee(viewer: Viewer, row: FeedRow): boolean {
  if (row.userId !== null) return row.userId === viewer.userId
  if (ofACompany.has(row.kind)) {
    return row.companyId === null ? seesAllCompanies(viewer) : seesCompany(viewer, row.companyId)
  }
  return true
}

function withoutHidden(viewer: Viewer, { kind, id, value }: FeedRow): {} | null {
  if (kind === 'article' && !seesCost(viewer)) {
    return { ...(value as Record<string, unknown>), cost: null, supplier: null }
  }
  if (kind === 'user' && id !== viewer.userId && !mayDo(viewer, 'manage_users')) {
    const { approvalLimit: _limit, ...rest } = value as Record<string, unknown>
    return rest
  }
  return value ?? null
}
