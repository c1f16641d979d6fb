/** Files as they are sent to the gateway, before a command attaches them to anything. */
import { contentKinds } from '../domain/attachment/kind'
import { attachmentEndings } from '../domain/attachment/name'
import { LARGEST_ATTACHMENT } from './attachment-limits'
import { refusalSchema } from './errors'
import { uuidSchema } from './primitives'
import { z } from './zod'

export { attachmentEndings }

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

/** A file that a person has chosen or dropped: the window knows it by an id, and by no path. */
export const chosenFileSchema = z.object({
  /** Under which it is sent, as often as it takes. */
  id: uuidSchema,
  name: z.string(),
  /** In bytes. */
  size: z.number().int().min(0),
})
export type ChosenFile = z.infer<typeof chosenFileSchema>

/** A file that was dropped onto the window, as the preload script hands it to main: what it holds, and not where it lies. */
export const droppedFileSchema = z.strictObject({
  name: z.string().min(1).max(1_000),
  /** In bytes. */
  size: z.number().int().min(0),
  /** Null where it is larger than what is sent. */
  content: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array)
    .refine(({ length }) => length <= LARGEST_ATTACHMENT)
    .nullable(),
})
export type DroppedFile = z.infer<typeof droppedFileSchema>

export const sentFileSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: refusalSchema }),
])

/** A name as a file is offered under: no folder, nothing that is not seen, and an ending of what is attached. */
export const offeredNameSchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\\p{C}<>:"|?*]+$/u)
  .refine((name) => attachmentEndings.some((ending) => name.toLowerCase().endsWith(`.${ending}`)))
