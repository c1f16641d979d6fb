/** The change feed and the handshake of Socket.IO namespace `/console`; see docs/protocol.md. */
import { entityKinds, type EntityKind } from './entities'
import { integerSchema, uuidSchema, versionSchema } from './primitives'
import { userSchema } from './entities'
import { z } from './zod'

/** Counts up whenever a console of one version could misunderstand a gateway of the other. */
export const protocolVersion = 5

/**
 * One entity as it now is; `changes` carries an array of them as JSON text in UTF-8, bytes that the gateway
 * hands on without reading them. `seq` names the transaction, so several changes may share it; `version`
 * decides which of two values of an entity is the newer; null means it is gone or no longer yours.
 */
export const changeSchema = z.object({
  seq: integerSchema,
  kind: z.enum(entityKinds as [EntityKind, ...EntityKind[]]),
  id: z.string(),
  version: versionSchema,
  value: z.unknown().transform((value) => value ?? null),
})
export type Change = z.infer<typeof changeSchema>

/** How far a replica has come: everything up to and including `seq` of this epoch. */
export const cursorSchema = z.object({
  epoch: z.string().min(1).max(200),
  seq: z.number().int().min(0),
})
export type Cursor = z.infer<typeof cursorSchema>

/** The handshake's `auth`. */
export const handshakeSchema = z.object({
  token: z.string().min(1).max(200),
  device: uuidSchema,
  protocol: z.number().int(),
  cursor: cursorSchema.nullable(),
})
export type Handshake = z.infer<typeof handshakeSchema>

/**
 * First event after connecting. With `reset` the replica is to be emptied: what follows is everything
 * (unknown epoch, too old a cursor, changed rights). It may come again on an open connection.
 */
export const welcomeSchema = z.object({
  gateway: z.string(),
  epoch: z.string(),
  reset: z.boolean(),
  serverTime: z.string(),
  user: userSchema,
})
export type Welcome = z.infer<typeof welcomeSchema>

/** Everything up to `seq` has been sent; the replica is current as of now. */
export const caughtUpSchema = cursorSchema.extend({ serverTime: z.string() })
export type CaughtUp = z.infer<typeof caughtUpSchema>

/** Sent before the gateway closes a socket on purpose. */
export const goodbyeSchema = z.object({
  reason: z.enum(['session_ended', 'shutting_down', 'too_slow', 'too_many_sockets', 'unavailable']),
})
export type Goodbye = z.infer<typeof goodbyeSchema>
