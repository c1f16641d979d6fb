import {
  mayDo,
  seesAllCompanies,
  seesCompany,
  seesCost,
  type Viewer,
} from '../../domain/access/rights'
import { entityKinds, type EntityKind } from '../../contract/entities'
import { withoutMargins } from './without-margins'

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
  /** As JSON text: nothing here looks into it but what a role may not see is taken out of. */
  readonly value: string | null
}

const known: ReadonlySet<string> = new Set(entityKinds)

/** Kinds that belong to a company, and are seen by whoever sees that company. */
const ofACompany: ReadonlySet<EntityKind> = new Set<EntityKind>([
  'company',
  'contact',
  'requisition',
  'order',
  'quote',
])

/** Changes with nothing left out, of rows that many consoles are sent: put into bytes once for all. */
const whole = new WeakMap<FeedRow, Buffer>()

/**
 * The change as this viewer may see it, as the JSON text of a `Change` in UTF-8, or null when it is not
 * for them at all. Fields that a role may not see are left out of the value, never merely hidden by the
 * console. A value goes from the database to the console as the text it is: parsing it and writing it
 * anew for each console was most of a busy gateway's work.
 *
 * @param isShared whether other consoles are sent the same row, so that its bytes are worth keeping
 */
export function visibleChange(viewer: Viewer, row: FeedRow, isShared: boolean): Buffer | null {
  if (!known.has(row.kind) || !maySee(viewer, row)) return null
  const value = row.value === null ? 'null' : withoutHidden(viewer, row, row.value)
  const isWhole = row.value === null || value === row.value
  if (!isShared || !isWhole) return bytesOf(row, value)
  const bytes = whole.get(row) ?? bytesOf(row, value)
  whole.set(row, bytes)
  return bytes
}

function bytesOf({ seq, kind, id, version }: FeedRow, value: string): Buffer {
  const text = `{"seq":${seq},"kind":"${kind}","id":${JSON.stringify(id)},"version":${version},"value":${value}}`
  // Memory of its own: a part of Node's pool would keep all of its neighbours for as long.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

function maySee(viewer: Viewer, row: FeedRow): boolean {
  if (row.userId !== null) return row.userId === viewer.userId
  if (ofACompany.has(row.kind)) {
    return row.companyId === null ? seesAllCompanies(viewer) : seesCompany(viewer, row.companyId)
  }
  if (row.kind === 'delegation') return mayDo(viewer, 'delegate')
  return true
}

function withoutHidden(viewer: Viewer, { kind, id }: FeedRow, value: string): string {
  if (kind === 'article' && !seesCost(viewer)) {
    return JSON.stringify({ ...fieldsOf(value), cost: null, supplier: null })
  }
  if (kind === 'user' && id !== viewer.userId && !mayDo(viewer, 'manage_users')) {
    const {
      approvalLimit: _limit,
      discountLimit: _discount,
      marginFloor: _margin,
      ...rest
    } = fieldsOf(value)
    return JSON.stringify(rest)
  }
  // A rule that asks for a margin tells it by what it found.
  if (kind === 'quote' && !seesCost(viewer)) return JSON.stringify(withoutMargins(fieldsOf(value)))
  // Who is away and whose steps are whose is everybody's business; why they are away is not.
  if (kind === 'delegation' && !mayDo(viewer, 'manage_users')) {
    const { fromUserId, toUserId, ...rest } = fieldsOf(value)
    if (viewer.userId === fromUserId || viewer.userId === toUserId) return value
    return JSON.stringify({ ...rest, fromUserId, toUserId, reason: '' })
  }
  return value
}

function fieldsOf(value: string): Record<string, unknown> {
  return JSON.parse(value) as Record<string, unknown>
}
