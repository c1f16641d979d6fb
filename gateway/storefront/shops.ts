import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../database/schema'
import { isSignedWith, type SignedHeaders } from './signature'

/** A webshop that events come from and changes go to. */
export interface Shop {
  readonly id: string
  /** The present secret, and for a day the one before it. */
  readonly secrets: readonly string[]
  readonly status: 'active' | 'disabled'
}

/** All shops with their secrets. They are few. */
export function loadShops(db: Kysely<Database>): Promise<readonly KnownShop[]> {
  return db
    .selectFrom('shop')
    .select(['id', 'secret', 'former_secret', 'former_secret_until', 'status'])
    .orderBy('id')
    .execute()
}

type KnownShop = Pick<
  Selectable<Database['shop']>,
  'id' | 'secret' | 'former_secret' | 'former_secret_until' | 'status'
>

/**
 * The shop whose secret signed a request, or null. The secret says who it is: every one of them is
 * tried, and each takes as long as the others.
 */
export function findSigningShop(
  shops: readonly KnownShop[],
  headers: SignedHeaders,
  content: Uint8Array,
  now: Date,
): Shop | null {
  const signing = shops
    .map((shop) => ({ id: shop.id, status: shop.status, secrets: validSecrets(shop, now) }))
    .filter(
      ({ secrets }) =>
        secrets.filter((secret) => isSignedWith(secret, headers, content)).length > 0,
    )
  return signing[0] ?? null
}

/** The secrets that a shop may sign with and be signed to, the present one first. */
export function validSecrets(
  shop: Pick<Selectable<Database['shop']>, 'secret' | 'former_secret' | 'former_secret_until'>,
  now: Date,
): readonly string[] {
  const { secret, former_secret, former_secret_until } = shop
  const isFormerValid = former_secret_until !== null && former_secret_until > now
  return former_secret !== null && isFormerValid ? [secret, former_secret] : [secret]
}
