/** What the console's main process and its window tell each other: states, settings, the outbox. */
import { commandSchemas, type CommandType } from './commands'
import { demoAccountSchema } from './embedded-gateway'
import { refusalSchema } from './errors'
import { userSchema } from './entities'
import { instantSchema, uuidSchema, versionSchema } from './primitives'
import { z } from './zod'

/** Where the window should begin. */
export const sessionStateSchema = z.discriminatedUnion('kind', [
  /** Nothing is set up: try the demo or name a gateway. */
  z.object({ kind: z.literal('first_run') }),
  /** The embedded gateway is starting; `step` is worded by the window. */
  z.object({ kind: z.literal('starting'), step: z.enum(['database', 'demo_data', 'signing_in']) }),
  z.object({
    kind: z.literal('signed_out'),
    gateway: z.string(),
    demo: z.boolean(),
    /** Who can sign in to the demo, with the passwords made for it; empty for a real gateway. */
    accounts: z.array(demoAccountSchema),
    /** Who was signed in here last, and how many decisions of theirs wait here to be sent. */
    last: z
      .object({ username: z.string(), displayName: z.string(), waiting: z.number().int() })
      .nullable(),
    /** Why the last session ended, when it did not end by the user's wish. */
    ended: z.enum(['expired', 'revoked', 'wiped']).nullable(),
  }),
  z.object({
    kind: z.literal('signed_in'),
    gateway: z.string(),
    demo: z.boolean(),
    user: userSchema,
    /** False where the OS has no keyring: the token is not kept and the user signs in each time. */
    remembered: z.boolean(),
  }),
  /** The embedded gateway could not start, or went down and did not come back. */
  z.object({ kind: z.literal('failed'), error: refusalSchema, reference: z.string() }),
])
export type SessionState = z.infer<typeof sessionStateSchema>

/** The line to the gateway, as the banner words it. */
export const connectionStateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('connecting'),
    since: instantSchema,
    lastInStep: instantSchema.nullable(),
  }),
  /** Connected but still catching up. */
  z.object({
    kind: z.literal('catching_up'),
    since: instantSchema,
    lastInStep: instantSchema.nullable(),
  }),
  z.object({ kind: z.literal('live'), since: instantSchema }),
  z.object({
    kind: z.literal('offline'),
    since: instantSchema,
    lastInStep: instantSchema.nullable(),
    nextTryAt: instantSchema.nullable(),
    reason: z.enum(['unreachable', 'refused', 'protocol_older', 'protocol_newer', 'unavailable']),
  }),
])
export type ConnectionState = z.infer<typeof connectionStateSchema>

/** Whether this computer's disk takes what is to be kept on it. */
export const storageStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('writable') }),
  z.object({
    kind: z.literal('refusing'),
    since: instantSchema,
    reason: z.enum(['full', 'refused']),
  }),
])
export type StorageState = z.infer<typeof storageStateSchema>

/** A command typed here and not settled yet, or refused and waiting to be looked at. */
export const outboxEntrySchema = z.object({
  id: uuidSchema,
  type: z.enum(Object.keys(commandSchemas) as [CommandType, ...CommandType[]]),
  aggregateId: z.string(),
  expectedVersion: versionSchema.nullable(),
  payload: z.record(z.string(), z.unknown()),
  createdAt: instantSchema,
  attempts: z.number().int(),
  state: z.enum(['waiting', 'sending', 'refused']),
  refusal: refusalSchema.nullable(),
})
export type OutboxEntry = z.infer<typeof outboxEntrySchema>

/** How a command sent from the window went. */
export const sendResultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    result: z.record(z.string(), z.unknown()),
    version: versionSchema,
  }),
  z.object({ kind: z.literal('refused'), error: refusalSchema }),
  /** Kept in the outbox; it is sent when the gateway can be reached. */
  z.object({ kind: z.literal('queued') }),
  /** Must not wait and could not be sent: nothing has happened. */
  z.object({ kind: z.literal('offline') }),
  /** Sent, but no answer came: it may or may not have happened; the feed will tell. */
  z.object({ kind: z.literal('unanswered') }),
])
export type SendResult = z.infer<typeof sendResultSchema>

/** Settings of this console on this computer. */
export const localSettingsSchema = z.object({
  language: z.enum(['system', 'sv', 'en']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** WCAG 2.1.4: single-key shortcuts can be switched off. */
  singleKeys: z.boolean().default(true),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
})
export type LocalSettings = z.infer<typeof localSettingsSchema>

const { language, theme, singleKeys, density } = localSettingsSchema.shape
/** Some of the settings; the others stay. Without defaults, which would reset what is left out. */
export const localSettingsChangeSchema = z.strictObject({
  language: language.removeDefault().optional(),
  theme: theme.removeDefault().optional(),
  singleKeys: singleKeys.removeDefault().optional(),
  density: density.removeDefault().optional(),
})

/** A file of this console's that could not be read, and under which name it was set aside. */
export const recoveredSchema = z.object({ file: z.string(), keptAs: z.string() })
export type RecoveredFile = z.infer<typeof recoveredSchema>

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** The language to show when the setting says `system`. */
  systemLanguage: z.enum(['sv', 'en']),
  /** Said once; what is set aside later comes as `app.recovered`. */
  recovered: z.array(recoveredSchema),
})
export type AppInfo = z.infer<typeof appInfoSchema>
