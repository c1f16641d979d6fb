import { randomBytes } from 'node:crypto'
import { sql, type Kysely, type UpdateObject } from 'kysely'
import type { AuditType } from '../../contract/audit'
import { keySchema, requiredTextSchema } from '../../contract/primitives'
import { record } from '../audit/record'
import type { Database } from '../database/schema'
import { inTransaction, type Transaction } from '../database/transaction'
import { isPushUrl } from './push-url'

export interface ShopRefusal {
  readonly code: 'invalid_shop' | 'invalid_push_url' | 'shop_exists' | 'unknown_shop'
  readonly message: string
}

export type ShopSecret =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly error: ShopRefusal }

export type RotatedSecret =
  /** `formerUntil` is null where the old one ended at once. */
  | { readonly ok: true; readonly secret: string; readonly formerUntil: Date | null }
  | { readonly ok: false; readonly error: ShopRefusal }

export type ShopChanged =
  { readonly ok: true } | { readonly ok: false; readonly error: ShopRefusal }

/**
 * Add a webshop. Its secret signs both ways and is given out this once; with a push URL the changes
 * are posted there from now on.
 */
export async function addShop(
  db: Kysely<Database>,
  shop: { readonly id: string; readonly name: string; readonly pushUrl: string | null },
): Promise<ShopSecret> {
  const id = keySchema.safeParse(shop.id)
  const name = requiredTextSchema(200).safeParse(shop.name)
  if (!id.success || !name.success) {
    return refuse('invalid_shop', 'A shop needs an id and a name without control characters.')
  }
  if (shop.pushUrl !== null && !isPushUrl(shop.pushUrl)) return refuse(...invalidPushUrl)
  const secret = newSecret()
  return inTransaction(db, async (tx) => {
    const added = await tx
      .insertInto('shop')
      .values({ id: id.data, name: name.data, secret, push_url: shop.pushUrl })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return refuse('shop_exists', `There is a shop “${id.data}” already.`)
    await tx.insertInto('storefront_push').values({ shop_id: id.data }).execute()
    await recordShop(tx, 'shop.added', id.data, { name: name.data, pushUrl: shop.pushUrl })
    return { ok: true, secret }
  })
}

/** How long a secret that has been replaced is still taken, so that the shop need not hurry. */
const formerSecretHours = 24

/**
 * Give a shop a new secret. For a day the old one signs beside it, both ways; with `atOnce` it is
 * worth nothing from now on, for a secret that has leaked. The one before the old one ends in any case.
 */
export async function rotateShopSecret(
  db: Kysely<Database>,
  id: string,
  options: { readonly now: Date; readonly atOnce?: boolean },
): Promise<RotatedSecret> {
  const secret = newSecret()
  const until = new Date(options.now.getTime() + formerSecretHours * 3_600_000)
  const formerUntil = options.atOnce === true ? null : until
  return inTransaction(db, async (tx) => {
    const changed = await updateShop(tx, id, {
      // The values on the right are those before the change.
      former_secret: formerUntil ? sql<string>`secret` : null,
      former_secret_until: formerUntil,
      secret,
    })
    if (!changed) return unknownShop(id)
    await recordShop(tx, 'shop.secret_rotated', id, {
      formerUntil: formerUntil?.toISOString() ?? null,
    })
    return { ok: true, secret, formerUntil }
  })
}

/**
 * Say where a shop's changes are posted, or with null that they are not. Pushing goes on after the
 * last change that arrived.
 */
export async function setShopPushUrl(
  db: Kysely<Database>,
  id: string,
  pushUrl: string | null,
): Promise<ShopChanged> {
  if (pushUrl !== null && !isPushUrl(pushUrl)) return refuse(...invalidPushUrl)
  return inTransaction(db, async (tx) => {
    const changed = await updateShop(tx, id, { push_url: pushUrl })
    if (!changed) return unknownShop(id)
    await tx
      .insertInto('storefront_push')
      .values({ shop_id: id })
      .onConflict((conflict) =>
        conflict
          .column('shop_id')
          .doUpdateSet({ attempts: 0, last_error: null, next_attempt_at: new Date(0) }),
      )
      .execute()
    await recordShop(tx, 'shop.push_url_set', id, { pushUrl })
    return { ok: true }
  })
}

/** Let a shop in, or keep it out: a disabled one is neither heard nor told anything. */
export async function setShopStatus(
  db: Kysely<Database>,
  id: string,
  status: 'active' | 'disabled',
): Promise<ShopChanged> {
  return inTransaction(db, async (tx) => {
    const changed = await updateShop(tx, id, { status })
    if (!changed) return unknownShop(id)
    await recordShop(tx, 'shop.status_set', id, { status })
    return { ok: true }
  })
}

/** Say whether a shop is told when what can be delivered of articles changes. It is not, at first. */
export async function setShopToldOfAvailability(
  db: Kysely<Database>,
  id: string,
  isTold: boolean,
): Promise<ShopChanged> {
  return inTransaction(db, async (tx) => {
    const changed = await updateShop(tx, id, { told_of_availability: isTold })
    if (!changed) return unknownShop(id)
    await recordShop(tx, 'shop.availability_set', id, { isTold })
    return { ok: true }
  })
}

/** Write what happened to a shop into the audit, as the gateway's own doing. */
export async function recordShop(
  tx: Transaction,
  type: AuditType,
  id: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  record(tx, [
    {
      type,
      actor: { kind: 'system', name: 'gateway' },
      aggregateKind: 'shop',
      aggregateId: id,
      version: 0,
      data,
      origin: { via: 'gateway', task: 'storefront' },
    },
  ])
}

async function updateShop(
  tx: Transaction,
  id: string,
  change: UpdateObject<Database, 'shop'>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('shop')
    .set(change)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** 256 bits: as long as the hash, and within the 24 to 64 bytes of the scheme. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

const invalidPushUrl = [
  'invalid_push_url',
  'A push URL is https, or http on this machine, without a user in it.',
] as const

function unknownShop(id: string) {
  return refuse('unknown_shop', `There is no shop “${id}”.`)
}

function refuse(code: ShopRefusal['code'], message: string) {
  return { ok: false, error: { code, message } } as const
}
