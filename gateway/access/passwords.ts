import { hash, verify } from '@node-rs/argon2'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { refusal, type Refusal } from '../../contract/errors'
import { minimumPasswordLength, passwordLength } from '../../domain/access/password-rules'

let estimator: ZxcvbnFactory | undefined

/** argon2id at OWASP's first recommended setting: 19 MiB, two passes, one lane. */
// 2 is argon2id; the library's enum is ambient, which this build cannot read.
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Why a new password is not good enough, or null. */
export function judgePassword(password: string, about: readonly string[]): Refusal | null {
  if (passwordLength(password) < minimumPasswordLength) {
    return refusal(
      'password_too_short',
      `A password has at least ${minimumPasswordLength} characters.`,
      {
        minimum: minimumPasswordLength,
      },
    )
  }
  // Only the beginning is judged: the estimate is costly, and what begins well is not made bad by more.
  // Its dictionaries are large, so they are read when the first password is set.
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const { score } = estimator.check(password.slice(0, 72), ['kontor', ...about])
  return score < 3
    ? refusal('password_too_common', 'This password is among the first that would be guessed.')
    : null
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), argon2id)
}

let decoy: Promise<string> | undefined

/**
 * Whether the password is the one behind the hash. Without a hash (no such user) the same work is
 * done on a decoy, so that the time an answer takes does not tell who exists.
 */
export async function passwordMatches(
  storedHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword('a decoy that nobody signs in with')
  const matches = await verify(storedHash ?? (await decoy), password.normalize('NFKC'))
  return storedHash !== null && matches
}
