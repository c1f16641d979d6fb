/** Signing in over HTTP: `POST /api/session`, `DELETE /api/session`. */
import { userSchema } from './entities'
import { instantSchema } from './primitives'
import { z } from './zod'

export const signInSchema = z.strictObject({
  username: z
    .string()
    .min(1)
    .max(120)
    .regex(/^[^\p{Cc}]*$/u),
  password: z.string().min(1).max(256),
})
export type SignIn = z.infer<typeof signInSchema>

export const sessionSchema = z.object({
  /** Opaque; the gateway keeps only its hash. */
  token: z.string(),
  user: userSchema,
  expiresAt: instantSchema,
})
export type Session = z.infer<typeof sessionSchema>
