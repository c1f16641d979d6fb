import { Hono } from 'hono'
import { refusal } from '../../contract/errors'
import { signInSchema } from '../../contract/session'
import type { GatewayContext } from '../gateway-context'
import { readJson } from '../http/body'
import { bearerToken, type AddressOf } from '../http/identify'
import { problem } from '../http/problem'
import { signIn, signOut, type SignInLimits } from './sign-in'

/** `POST /api/session` signs in, `DELETE /api/session` signs out. */
export function sessionRoutes(
  context: GatewayContext,
  limits: SignInLimits,
  addressOf: AddressOf,
): Hono {
  return new Hono()
    .post('/', async (c) => {
      const body = await readJson(c.req.raw, 10_000)
      if (!body.ok) return problem(c, body.error)
      const credentials = signInSchema.safeParse(body.value)
      if (!credentials.success) {
        return problem(c, refusal('invalid', 'Signing in takes { "username", "password" }.'))
      }
      const session = await signIn(context, limits, credentials.data, {
        via: 'http',
        address: addressOf(c),
      })
      return session.ok ? c.json(session.value, 201) : problem(c, session.error)
    })
    .delete('/', async (c) => {
      const token = bearerToken(c)
      if (token === null)
        return problem(c, refusal('unauthenticated', 'Send the token as Authorization: Bearer.'))
      await signOut(context, token, { via: 'http', address: addressOf(c) })
      return c.body(null, 204)
    })
}
