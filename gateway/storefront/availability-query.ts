import { maximumArticlesAsked } from '../../contract/availability'
import { keySchema } from '../../contract/primitives'
import { languages, type Language } from '../../language/catalogue'
import { MILLI_SCALE, parseDecimal } from '../../domain/money/decimal'
import { quantityRefusals } from '../../domain/quantity'
import { ONE_UNIT, type Milli } from '../../domain/units'
import { wordProblem } from './describe-refusal'
import type { ProblemError } from './problem'

/** One article that a shop asks about. */
export interface AskedArticle {
  readonly article: string
  readonly quantity: Milli
  /** The parameter's value as it came. */
  readonly sent: string
}

export interface AvailabilityQuery {
  readonly asked: readonly AskedArticle[]
  /** Whose customer group it is for; null for whoever has not signed in. */
  readonly contact: string | null
  /** Null for the language of the contact's company. */
  readonly language: Language | null
}

export type ParsedAvailabilityQuery =
  | { readonly ok: true; readonly query: AvailabilityQuery }
  | { readonly ok: false; readonly errors: readonly [ProblemError, ...ProblemError[]] }

const parameters = ['sku', 'contact', 'language']
/** Of any article: what only the article can tell is judged with it at hand. */
const anyArticle = { precision: 3, packMultiple: 0, minimumQuantity: 0 } as const

/** What a shop asks by `?sku=A&sku=B:120&contact=…&language=sv`, or everything that is wrong with it. */
export function parseAvailabilityQuery(search: URLSearchParams): ParsedAvailabilityQuery {
  const errors: ProblemError[] = []
  const refuse = (parameter: string, detail: string) =>
    void errors.push({ code: 'invalid_parameter', parameter, detail })
  for (const name of new Set(search.keys())) {
    if (!parameters.includes(name))
      refuse(name.slice(0, 80), `There is no parameter of that name, but ${parameters.join(', ')}.`)
    else if (name !== 'sku' && search.getAll(name).length > 1) refuse(name, 'It is given once.')
  }
  const sent = search.getAll('sku')
  if (sent.length === 0) refuse('sku', 'Ask for one article at least: sku=ARTICLE.')
  if (sent.length > maximumArticlesAsked) {
    const detail = `At most ${maximumArticlesAsked} articles are answered at a time. Ask in several.`
    return { ok: false, errors: [{ code: 'too_many_articles', parameter: 'sku', detail }] }
  }
  const asked = sent.flatMap((value) => {
    const one = parseArticle(value)
    if (!('code' in one)) return [one]
    errors.push(one)
    return []
  })
  const contact = search.get('contact')
  if (contact !== null && !keySchema.safeParse(contact).success)
    refuse('contact', 'It is no key of a contact.')
  const language = search.get('language')
  if (language !== null && !isLanguage(language))
    refuse('language', `It is one of ${languages.join(', ')}.`)
  const [first, ...more] = errors
  if (first) return { ok: false, errors: [first, ...more] }
  return {
    ok: true,
    query: {
      asked,
      contact,
      language: language !== null && isLanguage(language) ? language : null,
    },
  }
}

/** What stands behind the last colon is the quantity; where there is none, it is 1. */
function parseArticle(sent: string): AskedArticle | ProblemError {
  const colon = sent.lastIndexOf(':')
  const article = colon === -1 ? sent : sent.slice(0, colon)
  if (!keySchema.safeParse(article).success)
    return { code: 'invalid_parameter', ...placeOf(sent), detail: 'It is no article number.' }
  if (colon === -1) return { article, quantity: ONE_UNIT, sent }
  const parsed = parseDecimal(sent.slice(colon + 1), MILLI_SCALE)
  if (!parsed.ok) {
    const { code } = parsed.error
    return code === 'decimal_too_large'
      ? unfit(sent, quantityRefusals(Number.MAX_SAFE_INTEGER, anyArticle))
      : code === 'decimal_too_fine'
        ? unfit(sent, [{ code: 'quantity_precision', precision: 3 }])
        : {
            code: 'invalid_parameter',
            ...placeOf(sent),
            detail: 'What stands behind the last colon is a quantity such as 2.5.',
          }
  }
  const refusals = quantityRefusals(parsed.value, anyArticle)
  return refusals.length > 0 ? unfit(sent, refusals) : { article, quantity: parsed.value, sent }
}

/** A quantity that cannot be asked for. */
export function unfit(sent: string, refusals: ReturnType<typeof quantityRefusals>): ProblemError {
  const [problem] = refusals
  if (!problem) throw new Error('A quantity was refused without a reason.')
  return { code: problem.code, ...placeOf(sent), detail: wordProblem(problem, sent) }
}

/** Which of the many that are called the same. */
function placeOf(sent: string): Pick<ProblemError, 'parameter' | 'value'> {
  return { parameter: 'sku', value: sent.slice(0, 200) }
}

function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text)
}
