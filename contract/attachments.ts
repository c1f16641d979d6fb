/** Files as they are sent to the gateway, before a command attaches them to anything. */
import { contentKinds } from '../domain/attachment/kind'
import { refusalSchema } from './errors'
import { uuidSchema } from './primitives'
import { z } from './zod'

export { attachmentEndings } from '../domain/attachment/name'
export { LARGEST_ATTACHMENT } from '../domain/attachment/limits'

/** Answer of `PUT /api/attachments/:id`. */
export const storedAttachmentSchema = z.object({
  id: uuidSchema,
  /** What it is by its content. */
  kind: z.enum(contentKinds),
  /** In bytes. */
  size: z.number().int(),
  /** Hexadecimal. */
  sha256: z.string(),
})
export type StoredAttachment = z.infer<typeof storedAttachmentSchema>

/** A file of this computer's that a person has chosen: the window knows it by an id, and by no path. */
export const chosenFileSchema = z.object({
  /** Under which it is sent, as often as it takes. */
  id: uuidSchema,
  name: z.string(),
  /** In bytes. */
  size: z.number().int().min(0),
})
export type ChosenFile = z.infer<typeof chosenFileSchema>

/** So many files are taken at once; the rest of them is not. */
export const MOST_FILES_AT_ONCE = 20

/** What the preload script hands main of files that were dropped onto the window. */
export const droppedPathsSchema = z
  .array(z.string().min(1).max(32_767))
  .max(1_000)
  .transform((paths) => paths.slice(0, MOST_FILES_AT_ONCE))

export const sentFileSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
])

/** A name as a file is offered under: no folder, nothing that is not seen. */
export const offeredNameSchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\\p{C}]+$/u)
