import type { Kysely } from 'kysely'
import type { Database } from '../database/schema'
import { isSignedWith, type SignedHeaders } from './signature'

/** A webshop that events come from and changes go to. */
export interface Shop {
  readonly id: string
  readonly secret: string
  readonly status: 'active' | 'disabled'
}

/**
 * The shop whose secret signed a request, or null. The secret says who it is: shops are few, every
 * one of them is tried, and each takes as long as the others.
 */
export async function findSigningShop(
  db: Kysely<Database>,
  headers: SignedHeaders,
  content: Uint8Array,
): Promise<Shop | null> {
  const shops = await db
    .selectFrom('shop')
    .select(['id', 'secret', 'status'])
    .orderBy('id')
    .execute()
  return shops.filter(({ secret }) => isSignedWith(secret, headers, content))[0] ?? null
}
