import { randomUUID } from 'node:crypto'

import { userSchema } from '../../contract/entities'
import { uuidSchema } from '../../contract/primitives'
import { z } from '../../contract/zod'
import type { Log } from '../log'
import type { Disk } from '../storage/disk'
import { openCheckedStore, type CheckedStore, type Recovered } from '../storage/checked-store'

const keptSessionSchema = z.object({
  user: userSchema,
  /** The gateway's own id, known from its first welcome. */
  gatewayId: z.string().nullable(),
  sealedToken: z.string().nullable(),
  expiresAt: z.string(),
})

const lastPersonSchema = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  gatewayId: z.string().nullable(),
})
export type LastPerson = z.infer<typeof lastPersonSchema>

/** What this installation remembers of itself and of its gateway. Never a password, never a bare token. */
export const installationSchema = z.object({
  /** Names this console to the gateway. */
  device: uuidSchema,
  gateway: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('demo') }),
      z.object({ kind: z.literal('remote'), origin: z.string() }),
    ])
    .nullable(),
  /** Whoever is signed in; the token is sealed by the keyring, null where there is none. */
  session: keptSessionSchema.nullable(),
  /** Whoever was signed in before, at the same gateway: their name is offered again. */
  last: lastPersonSchema.nullable().default(null),
})
export type Installation = z.infer<typeof installationSchema>

/** `installation.json` of the user-data folder. */
export function openInstallation(
  folder: string,
  recovered: (file: Recovered) => void,
  log: Log,
  disk?: Disk,
): CheckedStore<Installation> {
  return openCheckedStore({
    folder,
    name: 'installation',
    schema: installationSchema,
    initial: { device: randomUUID(), gateway: null, session: null, last: null },
    // The device's id is to outlive this start even if nobody signs in.
    keepInitial: true,
    recovered,
    disk,
    log,
  })
}
