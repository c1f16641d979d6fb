import type { Kysely } from 'kysely'
import type { Database } from '../database/schema'
import {
  rotateShopSecret,
  setShopPushUrl,
  setShopStatus,
  setShopToldOfAvailability,
  type ShopRefusal,
} from './manage-shops'

/** What the operator asks to have done to a shop; what is left out stays as it is. */
export interface ShopChange {
  readonly status?: 'active' | 'disabled'
  /** null for nowhere. */
  readonly pushUrl?: string | null
  /** Whether it is told when what can be delivered changes. */
  readonly availability?: boolean
  readonly rotate?: 'in_a_day' | 'at_once'
}

export type ShopChangeMade =
  /** What is now so, as it is told the operator; the secret is given out this once. */
  | { readonly ok: true; readonly said: Readonly<Record<string, string | boolean | null>> }
  | { readonly ok: false; readonly error: ShopRefusal }

/** Change a shop. A refusal leaves undone what it refused and what comes after it. */
export async function changeShop(
  db: Kysely<Database>,
  id: string,
  change: ShopChange,
  now: Date,
): Promise<ShopChangeMade> {
  const said: Record<string, string | boolean | null> = { shop: id }
  // First what can be refused for itself, so that a mistyped address changes nothing.
  if (change.pushUrl !== undefined) {
    const set = await setShopPushUrl(db, id, change.pushUrl)
    if (!set.ok) return set
    said['pushUrl'] = change.pushUrl
  }
  if (change.status !== undefined) {
    const set = await setShopStatus(db, id, change.status)
    if (!set.ok) return set
    said['status'] = change.status
  }
  if (change.availability !== undefined) {
    const set = await setShopToldOfAvailability(db, id, change.availability)
    if (!set.ok) return set
    said['availability'] = change.availability
  }
  if (change.rotate !== undefined) {
    const rotated = await rotateShopSecret(db, id, { now, atOnce: change.rotate === 'at_once' })
    if (!rotated.ok) return rotated
    said['secret'] = rotated.secret
    said['formerSecretUntil'] = rotated.formerUntil?.toISOString() ?? null
  }
  return { ok: true, said }
}
