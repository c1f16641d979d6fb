import { catalogue } from './catalogue'
import type { MessageKey, ValuesOf } from './catalogue'
import type { Formats } from './formats'
import type { Words } from './words'

/** A refusal as it comes from the gateway; its details may be anything. */
export interface RefusalToWord {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * One sentence for a refusal, from its code and what its details tell: who was first and when, which
 * limit, which field. A detail that is missing or of another shape gives the plainer sentence, and a
 * code without a sentence of its own gives the gateway's English one.
 */
export function refusalSentence(
  refusal: RefusalToWord,
  { t }: Words,
  formats: Formats,
  now: string,
): string {
  const { code, details } = refusal
  switch (code) {
    case 'invalid':
      return t('error.invalid', { where: whereInvalid(refusal) })
    case 'too_many_requests':
      return t('error.too_many_requests', { seconds: number(details['retryAfterSeconds']) ?? 30 })
    case 'above_limit': {
      const [total, limit, currency] = [
        number(details['total']),
        number(details['limit']),
        text(details['currency']),
      ]
      return total === null || limit === null || currency === null
        ? t('error.above_limit')
        : t('error.above_limit.figures', {
            total: formats.money(total, currency),
            limit: formats.money(limit, currency),
          })
    }
    case 'already_decided': {
      const by = whoAndWhen(details)
      return by
        ? t('error.already_decided.by', { name: by.name, when: formats.when(by.at, now) })
        : t('error.already_decided')
    }
    case 'claimed_by_other': {
      const name = nameOf(details['claimedBy']) ?? nameOf(details['by'])
      return name === null ? t('error.claimed_by_other') : t('error.claimed_by_other.by', { name })
    }
    case 'price_missing': {
      const lines = details['lineIds']
      return Array.isArray(lines) && lines.length > 0
        ? t('error.price_missing.lines', { count: lines.length })
        : t('error.price_missing')
    }
    case 'unavailable': {
      const key = `error.unavailable.${String(details['reason'])}`
      return isPlain(key) ? t(key) : t('error.unavailable')
    }
    case 'password_too_short': {
      const minimum = number(details['minimum'])
      return minimum === null
        ? t('error.password_too_short')
        : t('error.password_too_short.minimum', { minimum })
    }
    default: {
      const key = `error.${code}`
      return isPlain(key) ? t(key) : refusal.message
    }
  }
}

/** The reference under which the gateway's own log has what went wrong, where there is one. */
export function referenceOf({ details }: RefusalToWord): string | null {
  return text(details['reference'])
}

/** Who decided and when, where the details of `already_decided` tell. */
export function whoAndWhen(
  details: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly at: string } | null {
  const outcome = record(details['outcome']) ?? details
  const name = nameOf(outcome['by'])
  const at = text(outcome['at'])
  return name === null || at === null || Number.isNaN(Date.parse(at)) ? null : { name, at }
}

/**
 * The first of `details.issues` (`{ pointer, message }`), as field and fault. Without issues, what the
 * refusal itself says.
 */
function whereInvalid({ details, message }: RefusalToWord): string {
  const { issues } = details
  const first = record(Array.isArray(issues) ? issues[0] : null)
  const fault = text(first?.['message']) ?? message
  const field = fieldOf(text(first?.['pointer']))
  return withoutStop(field === null ? fault : `${field}: ${fault}`)
}

/** A JSON pointer into what was sent as a person may read it: without the envelope, and unescaped. */
function fieldOf(pointer: string | null): string | null {
  const path = pointer?.replace(/^\/(payload|params)(?=\/)/, '').replace(/^\//, '') ?? ''
  return path === '' ? null : path.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The sentence has a full stop of its own. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

type ErrorKey = MessageKey & `error.${string}`
/** The messages that are told something, and so are no sentence by themselves. */
type ToldKey = { [K in ErrorKey]: ValuesOf<K> extends [] ? never : K }[ErrorKey]

/** Whether a code has a message under its own name that needs to be told nothing. */
function isPlain(key: string): key is Exclude<ErrorKey, ToldKey> {
  const text = (catalogue.sv as Readonly<Record<string, string>>)[key]
  return text !== undefined && !text.includes('{')
}

function nameOf(value: unknown): string | null {
  return text(value) ?? text(record(value)?.['name'])
}
function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}
