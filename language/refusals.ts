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
 * code without a sentence of its own the gateway's, where that is in the reader's language.
 */
export function refusalSentence(
  refusal: RefusalToWord,
  { t, language }: Words,
  formats: Formats,
  now: string,
): string {
  const { code, details } = refusal
  switch (code) {
    case 'invalid':
      return invalidSentence(refusal, t)
    case 'too_many_requests': {
      const key = `error.too_many_requests.${String(details['problem'])}`
      if (isPlain(key)) return t(key)
      return t('error.too_many_requests', { seconds: number(details['retryAfterSeconds']) ?? 30 })
    }
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
    case 'stale_version': {
      const by = record(details['madeBy'])
      const who = by?.['kind'] === 'user' ? whoAndWhen(by) : null
      return who
        ? t('error.stale_version.by', { name: who.name, when: formats.when(who.at, now) })
        : t('error.stale_version')
    }
    case 'own_work': {
      const beyond = beyondOf(details, formats)
      return beyond ? t(`error.own_work.${beyond.limit}`, beyond.figures) : t('error.own_work')
    }
    case 'beyond_price_limit': {
      const { lines } = details
      const first = record(Array.isArray(lines) ? lines[0] : null)
      const beyond = first && beyondOf(first, formats)
      const article = text(first?.['articleId'])
      return beyond && article !== null
        ? t(`error.beyond_price_limit.${beyond.limit}`, { article, ...beyond.figures })
        : t('error.beyond_price_limit')
    }
    case 'edit_unsound': {
      const { issues } = details
      const key = `error.edit_unsound.${text(record(Array.isArray(issues) ? issues[0] : null)?.['code'])}`
      return isPlain(key) ? t(key) : t('error.edit_unsound')
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
    case 'cannot_skip': {
      const key = `error.cannot_skip.${String(details['problem'])}`
      return isPlain(key) ? t(key) : t('error.cannot_skip')
    }
    case 'too_large': {
      const maximum = number(details['maximum'])
      return maximum === null
        ? t('error.too_large')
        : t('error.too_large.maximum', { maximum: formats.fileSize(maximum) })
    }
    case 'attachment_unfit': {
      const maximum = number(details['maximum'])
      if (details['problem'] === 'too_many' && maximum !== null)
        return t('error.attachment_unfit.too_many', { maximum })
      const key = `error.attachment_unfit.${String(details['problem'])}`
      return isPlain(key) ? t(key) : t('error.attachment_unfit')
    }
    case 'delegation_impossible': {
      const key = `error.delegation_impossible.${String(details['kind'])}`
      return isPlain(key) ? t(key) : t('error.delegation_impossible')
    }
    case 'password_too_short': {
      const minimum = number(details['minimum'])
      return minimum === null
        ? t('error.password_too_short')
        : t('error.password_too_short.minimum', { minimum })
    }
    default: {
      const key = `error.${code}`
      if (isPlain(key)) return t(key)
      // A newer gateway says it in English, which is no answer in another language.
      return language === 'en' && refusal.message !== '' ? refusal.message : t('error.other')
    }
  }
}

/** What a fault of a program leads to, of Kontor or of the gateway, and not what people do. */
const faults: ReadonlySet<string> = new Set([
  'malformed',
  'invalid',
  'unknown_command',
  'unknown_query',
  'protocol_mismatch',
  'command_id_reused',
  'internal',
])

/** Whether a refusal is something of any day, told whole by its sentence. */
export function isExpected({ code, details }: RefusalToWord): boolean {
  if (!Object.hasOwn(catalogue.sv, `error.${code}`)) return false
  if (code === 'unavailable') return details['reason'] !== 'not_understood'
  return !faults.has(code)
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

/** Which limit a price goes beyond, and by how much, where the details tell. */
function beyondOf(
  details: Readonly<Record<string, unknown>>,
  formats: Formats,
): {
  readonly limit: 'discount' | 'margin'
  readonly figures: { readonly value: string; readonly allowed: string }
} | null {
  const { limit } = details
  const value = number(details['value'])
  const allowed = number(details['allowed'])
  if ((limit !== 'discount' && limit !== 'margin') || value === null || allowed === null)
    return null
  return { limit, figures: { value: formats.percent(value), allowed: formats.percent(allowed) } }
}

/**
 * What is wrong with what was sent, from the first of `details.issues` (`{ pointer, code? }`): the
 * field by its name on the screen, the fault by its code. The gateway's own English is left out.
 */
function invalidSentence({ details }: RefusalToWord, t: Words['t']): string {
  const { issues } = details
  const first = record(Array.isArray(issues) ? issues[0] : null)
  const [name = ''] = pathOf(text(first?.['pointer']))
  if (name === 'warehouses') return t('error.invalid.warehouses')
  const field = fieldKey(name)
  if (field === null) return t('error.invalid')
  const values = { field: t(field) }
  switch (first?.['code']) {
    case 'too_small':
      return t('error.invalid.tooSmall', values)
    case 'too_big':
      return t('error.invalid.tooBig', values)
    default:
      return t('error.invalid.field', values)
  }
}

/** The steps of a JSON pointer into what was sent, without the envelope. */
function pathOf(pointer: string | null): readonly string[] {
  const path = pointer?.replace(/^\/(payload|params)(?=\/)/, '').replace(/^\//, '') ?? ''
  return path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

type FieldKey = MessageKey & `error.field.${string}`

function fieldKey(name: string): FieldKey | null {
  const key = `error.field.${name}`
  return Object.hasOwn(catalogue.sv, key) ? (key as FieldKey) : null
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
