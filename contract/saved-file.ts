/** What the console's main process tells its window of a file that it was asked to keep. */
import { refusalSchema } from './errors'
import { z } from './zod'

export const savedFileSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), file: z.string() }),
  /** No file was chosen. */
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('refused'), error: refusalSchema }),
])
export type SavedFile = z.infer<typeof savedFileSchema>
