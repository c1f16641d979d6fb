/** Files as they are sent to the gateway, before a command attaches them to anything. */
import { contentKinds } from '../domain/attachment/kind'
import { uuidSchema } from './primitives'
import { z } from './zod'

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
