/**
 * What the console and the gateway it runs in a process of its own tell each other. The console
 * starts the process and says `start`; the gateway reports its steps, then `ready` or `failed`; on
 * `stop` it closes in order and ends its process.
 */
import { roles } from '../domain/access/roles'
import { refusalSchema } from './errors'
import { z } from './zod'

/** Console → gateway. */
export const toEmbeddedGatewaySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    /** An absolute path; made when it is missing. */
    dataDir: z.string().min(1),
    /** Whether to load the demo seller into an empty database. */
    demo: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('stop') }),
])
export type ToEmbeddedGateway = z.infer<typeof toEmbeddedGatewaySchema>

/** Who can sign in to the demo; the passwords are made anew for it and kept in memory only. */
export const demoAccountSchema = z.object({
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(roles)),
  password: z.string(),
})
export type DemoAccount = z.infer<typeof demoAccountSchema>

export const embeddedGatewayReadySchema = z.object({
  kind: z.literal('ready'),
  /** Origin, on loopback. */
  url: z.string(),
  /** Null unless the demo was asked for. The first account is an approver's. */
  demo: z
    .object({
      accounts: z.array(demoAccountSchema).min(1),
      /** Where the demo shop sends its events and what it signs them with. */
      shop: z.object({ url: z.string(), secret: z.string() }),
    })
    .nullable(),
})
export type EmbeddedGatewayReady = z.infer<typeof embeddedGatewayReadySchema>

/** Gateway → console. */
export const fromEmbeddedGatewaySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), step: z.enum(['database', 'demo_data']) }),
  embeddedGatewayReadySchema,
  z.object({ kind: z.literal('failed'), error: refusalSchema }),
])
export type FromEmbeddedGateway = z.infer<typeof fromEmbeddedGatewaySchema>
