/**
 * The one list of channels between the window and the main process. Each request has the schema of
 * its argument, checked in main before the handler runs, and of its answer; each event the schema of
 * what it carries. `window.kontor` is derived from this list and nothing else crosses the bridge.
 */
import { MOST_FILES_AT_ONCE } from './attachment-limits'
import { chosenFileSchema, offeredNameSchema, sentFileSchema, type ChosenFile } from './attachments'
import { auditExportSchema } from './audit-export'
import { commandEnvelopeSchema } from './commands'
import {
  appInfoSchema,
  connectionStateSchema,
  localSettingsChangeSchema,
  localSettingsSchema,
  recoveredSchema,
  outboxEntrySchema,
  sendResultSchema,
  sessionStateSchema,
  storageStateSchema,
} from './console'
import { refusalSchema } from './errors'
import { cursorSchema } from './feed'
import { queryAnswerSchema, queryEnvelopeSchema } from './queries'
import { uuidSchema, versionSchema } from './primitives'
import { savedFileSchema } from './saved-file'
import { z } from './zod'

const nothing = z.undefined()
const clockSchema = z.strictObject({ offset: z.number().int() })
const done = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
])

/** Window → main, answered. */
export const requests = {
  'app.info': { argument: nothing, answer: appInfoSchema },
  /** The window has mounted and listens: main may now send events. */
  'app.ready': { argument: nothing, answer: nothing },
  'session.get': { argument: nothing, answer: sessionStateSchema },
  'session.signIn': {
    argument: z.strictObject({
      gateway: z.string().max(500),
      username: z.string().max(120),
      password: z.string().max(256),
    }),
    answer: done,
  },
  'session.tryDemo': { argument: nothing, answer: done },
  'session.signOut': { argument: nothing, answer: done },
  /** Back to the choice between the demo and a gateway. */
  'session.forgetGateway': { argument: nothing, answer: done },
  'connection.get': { argument: nothing, answer: connectionStateSchema },
  /** How far the gateway's clock is ahead of this computer's, in ms. */
  'clock.get': { argument: nothing, answer: clockSchema },
  'storage.get': { argument: nothing, answer: storageStateSchema },
  'connection.retry': { argument: nothing, answer: nothing },
  'command.send': { argument: commandEnvelopeSchema, answer: sendResultSchema },
  'query.ask': { argument: queryEnvelopeSchema, answer: queryAnswerSchema },
  'outbox.list': { argument: nothing, answer: z.array(outboxEntrySchema) },
  'outbox.retry': { argument: z.strictObject({ id: uuidSchema }), answer: done },
  'outbox.discard': { argument: z.strictObject({ id: uuidSchema }), answer: done },
  /** Send the whole replica again, from disk: `replica.reset`, `replica.changes`…, `replica.loaded`. */
  'replica.load': { argument: nothing, answer: nothing },
  /** The whole of a requisition that was told in brief: its newest version here, as JSON. */
  'replica.requisition': {
    argument: z.strictObject({ id: uuidSchema }),
    answer: z.object({ version: versionSchema, text: z.string() }).nullable(),
  },
  /** What every requisition is searched by that was told in brief: lines made by `encodeWords`. */
  'replica.words': { argument: nothing, answer: z.array(z.string()) },
  'settings.get': { argument: nothing, answer: localSettingsSchema },
  'settings.update': { argument: localSettingsChangeSchema, answer: localSettingsSchema },
  /** Fetch the audit of some days into a file that the person chooses. */
  'audit.export': { argument: auditExportSchema, answer: savedFileSchema },
  /** Fetch a quote as a PDF, as it is now, into a file that the person chooses. */
  'quote.savePdf': {
    argument: z.strictObject({
      id: uuidSchema,
      /** What the file is offered to be called, without its ending. */
      name: z.string().regex(/^[\w-]{1,80}$/),
    }),
    answer: savedFileSchema,
  },
  /** Have the person choose files of this computer's, at most so many of them; none where they change their mind. */
  'attachment.choose': {
    argument: z.strictObject({ most: z.number().int().min(0).max(MOST_FILES_AT_ONCE) }),
    answer: z.object({
      files: z.array(chosenFileSchema),
      /** Of those that were chosen: so many were beyond what is taken. */
      beyond: z.number().int().min(0),
      /** And so many could not be found any more. */
      unread: z.number().int().min(0),
    }),
  },
  /** Send a file that was chosen to the gateway, under its id; `attachment.progress` tells how far it is. */
  'attachment.send': { argument: z.strictObject({ id: uuidSchema }), answer: sentFileSchema },
  /** Files that are sent no more: what is kept of them here is let go of. */
  'attachment.forget': {
    argument: z.strictObject({ ids: z.array(uuidSchema) }),
    answer: nothing,
  },
  /** Fetch what is attached to a requisition into a file that the person chooses. */
  'attachment.save': {
    argument: z.strictObject({
      requisitionId: uuidSchema,
      attachmentId: uuidSchema,
      name: offeredNameSchema,
    }),
    answer: savedFileSchema,
  },
  'clipboard.writeText': {
    argument: z.strictObject({ text: z.string().max(100_000) }),
    answer: nothing,
  },
} as const

/** Main → window. */
export const events = {
  'session.changed': sessionStateSchema,
  'connection.changed': connectionStateSchema,
  'settings.changed': localSettingsSchema,
  /** Found after the window asked for `app.info`. */
  'app.recovered': recoveredSchema,
  'storage.changed': storageStateSchema,
  'clock.changed': clockSchema,
  'outbox.changed': z.array(outboxEntrySchema),
  /** Empty the replica; a new one follows. */
  'replica.reset': z.strictObject({ identity: z.string() }),
  /** Lines made by `encodeItems` of `replica-items.ts`. */
  'replica.changes': z.array(z.string()),
  /** What was on disk has been sent; `cursor` is how far it reaches, null when there was nothing. */
  'replica.loaded': z.strictObject({ cursor: cursorSchema.nullable() }),
  /** So many bytes of a file are on their way or have come through. */
  'attachment.progress': z.strictObject({ id: uuidSchema, sent: z.number().int().min(0) }),
  /** Run an action of the registry, from the menu bar. */
  'action.run': z.strictObject({ id: z.string() }),
} as const

export type Requests = typeof requests
export type RequestName = keyof Requests
export type RequestArgument<N extends RequestName> = z.input<Requests[N]['argument']>
export type RequestAnswer<N extends RequestName> = z.output<Requests[N]['answer']>
export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<N extends EventName> = z.output<Events[N]>

/** What the preload script puts on `window.kontor`. */
export interface KontorBridge {
  request<N extends RequestName>(
    name: N,
    ...argument: RequestArgument<N> extends undefined ? [] : [RequestArgument<N>]
  ): Promise<RequestAnswer<N>>
  /**
   * What main knows files by that a person has dropped onto the window: `File` objects of the page, of
   * which those that cannot be read are left out. The preload script reads them and hands main what they
   * hold: nothing in the window can name a path.
   */
  takeDropped(files: readonly object[]): Promise<readonly ChosenFile[]>
  /** Listen to an event; the returned function stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
}
