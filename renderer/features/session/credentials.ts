import type { MessageKey } from '../../../language/catalogue'
import { signInSchema } from '../../../contract/session'

/** What is wrong with a name or a password before it is sent: a sentence, or a length in characters. */
export type CredentialProblem =
  | { readonly kind: 'sentence'; readonly key: MessageKey & CredentialKey }
  | { readonly kind: 'long'; readonly maximum: number }

type CredentialKey = 'session.usernameEmpty' | 'session.usernameForm' | 'session.passwordEmpty'

/** Judged by the contract's own schema, so that nothing it refuses is ever sent. Null will do. */
export function usernameProblem(typed: string): CredentialProblem | null {
  const username = typed.trim()
  if (username === '') return { kind: 'sentence', key: 'session.usernameEmpty' }
  const { username: schema } = signInSchema.shape
  if (schema.safeParse(username).success) return null
  return tooLong(username, schema.maxLength) ?? { kind: 'sentence', key: 'session.usernameForm' }
}

/** The same of a password. */
export function passwordProblem(password: string): CredentialProblem | null {
  if (password === '') return { kind: 'sentence', key: 'session.passwordEmpty' }
  return tooLong(password, signInSchema.shape.password.maxLength)
}

function tooLong(text: string, maximum: number | null): CredentialProblem | null {
  return maximum !== null && text.length > maximum ? { kind: 'long', maximum } : null
}
