import { createHash } from 'node:crypto'

/** Whose data something is: one user of one gateway. Nothing is ever mixed across identities. */
export interface Identity {
  /** The gateway's own id, as it says in `welcome`; not its address, which may change. */
  readonly gateway: string
  /** The user's id there. */
  readonly user: string
}

/** A name for files that belong to an identity, which tells nothing of either part. */
export function identityKey({ gateway, user }: Identity): string {
  return createHash('sha256')
    .update(JSON.stringify([gateway, user]))
    .digest('hex')
    .slice(0, 32)
}
