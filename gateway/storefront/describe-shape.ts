import { maximumLines, storefrontEventTypes } from '../../contract/storefront'
import type { z } from '../../contract/zod'
import { jsonPointer, valueAt } from '../http/json-pointer'
import type { ProblemError } from './problem'

type Issue = z.core.$ZodIssue

/** What a schema found wrong with a body, in our codes and in words. */
export function describeShape(issues: readonly Issue[], body: unknown): ProblemError[] {
  return issues.flatMap((issue) => describeIssue(issue, issue.path, body))
}

function describeIssue(issue: Issue, path: readonly PropertyKey[], body: unknown): ProblemError[] {
  const pointer = jsonPointer(path)
  const value = valueAt(body, path)
  if (value === undefined && issue.code !== 'unrecognized_keys') {
    const detail = `“${String(path.at(-1) ?? 'The body')}” is missing.`
    return [{ code: 'missing_field', pointer, detail }]
  }
  if (issue.code === 'invalid_type') return [wrongType(pointer, [issue.expected], value)]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_field',
      pointer: jsonPointer([...path, key]),
      detail: `There is no field “${shorten(key)}” here.`,
    }))
  }
  if (issue.code === 'invalid_union') return describeUnion(issue, path, body)
  if (issue.code === 'too_small' || issue.code === 'too_big') return [describeSize(issue, pointer)]
  return [{ code: 'invalid_value', pointer, detail: sentenceOf(issue) }]
}

/** What is wrong with the choice that the value was meant as: the one whose type it has. */
function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
  body: unknown,
): ProblemError[] {
  const pointer = jsonPointer(path)
  const value = valueAt(body, path)
  if (issue.errors.length === 0) {
    const detail = `There is no event “${shorten(String(value))}”. There are ${storefrontEventTypes.join(', ')}.`
    return [{ code: 'unknown_event_type', pointer, detail }]
  }
  const isOtherType = (choice: readonly Issue[]) =>
    choice.some(({ code, path: inner }) => code === 'invalid_type' && inner.length === 0)
  const meant = issue.errors.find((choice) => !isOtherType(choice))
  if (meant) {
    return meant.flatMap((inner) => describeIssue(inner, [...path, ...inner.path], body))
  }
  const expected = issue.errors.flatMap((choice) =>
    choice.flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : [])),
  )
  return [wrongType(pointer, expected, value)]
}

function describeSize(
  issue: Extract<Issue, { code: 'too_small' | 'too_big' }>,
  pointer: string,
): ProblemError {
  const isTooBig = issue.code === 'too_big'
  const limit = String(isTooBig ? issue.maximum : issue.minimum)
  const most = isTooBig ? 'at most' : 'at least'
  if (issue.origin === 'array') {
    return isTooBig
      ? tooManyLines(pointer)
      : { code: 'no_lines', pointer, detail: 'The document must have at least one line.' }
  }
  const detail =
    issue.origin === 'string'
      ? `It must be ${most} ${limit} characters long.`
      : `It must be ${most} ${limit}.`
  return { code: 'invalid_value', pointer, detail }
}

export function tooManyLines(pointer: string): ProblemError {
  const most = maximumLines.toLocaleString('en')
  const detail = `A document may have at most ${most} lines. Split it into several.`
  return { code: 'too_many_lines', pointer, detail }
}

function wrongType(pointer: string, expected: readonly string[], value: unknown): ProblemError {
  const wanted = expected.map((type) => names[type] ?? type).join(' or ')
  const detail = `It must be ${wanted}, and is ${names[typeOf(value)] ?? typeof value}.`
  return { code: 'wrong_type', pointer, detail }
}

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The schemas' own words (“must be a decimal number such as 12.5”), or ours for formats and choices. */
function sentenceOf(issue: Issue): string {
  if (issue.code === 'custom') return `It ${issue.message}.`
  if (issue.code === 'invalid_value') {
    return `It must be one of ${issue.values.map(String).join(', ')}.`
  }
  if (issue.code !== 'invalid_format') return 'It is not allowed.'
  if (issue.format === 'datetime') return 'It must be a time in UTC, such as 2026-11-23T13:05:00Z.'
  if (issue.format === 'date') return 'It must be a date that exists, such as 2026-11-23.'
  return `It is not allowed: ${issue.message}.`
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
