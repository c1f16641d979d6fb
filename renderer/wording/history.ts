import { auditDoors, auditTypes, type AuditDoor, type AuditType } from '../../contract/audit'
import { orderingRights } from '../../domain/company'
import type { QueryResult } from '../../contract/queries'
import { orderStates, requisitionKinds, requisitionStates } from '../../domain/requisition/states'
import type { ApprovalStep } from '../../domain/approval/steps'
import type { ApprovalRule } from '../../domain/approval/policy'
import type { Texts } from '../../language/texts'
import { mailNoteOf } from './mail-note'
import { findingWords, stepWords, type PolicyNames } from './policy'

export type HistoryEntry = QueryResult<'audit.of'>['rows'][number]
type Told = Pick<HistoryEntry, 'type' | 'at' | 'actor' | 'data'>

/** An entry and the approvals it tells of are of one deed, though not always of one reading of the clock. */
const SAME_DEED_MILLISECONDS = 5_000

/** What happened, in a word or two; also of a type that only a later gateway has. */
export function historyTitle(type: string, { t }: Texts): string {
  return isAuditType(type) ? t(`history.${type}`) : t('history.other')
}

/** Where it came from. */
export function historyDoor({ origin }: Pick<HistoryEntry, 'origin'>, { t }: Texts): string | null {
  if (!origin) return null
  const { via, shop } = origin
  if (via === 'storefront' && shop !== undefined) return t('history.from.shop', { shop })
  return isDoor(via) ? t(`history.from.${via}`) : null
}

/**
 * What an entry tells beside what happened and who did it: old and new values, a line for each. Read as
 * the gateway writes it, without a schema, which would cost every start; what is of another shape is
 * left out.
 */
export function historyLines(entry: Told, texts: Texts, names: PolicyNames): readonly string[] {
  const { t, formats } = texts
  const { data } = entry
  if (data['erased'] === true) return [t('history.erased')]
  switch (entry.type) {
    case 'requisition.submitted':
    case 'requisition.accepted':
      return [
        ...kindLine(data, texts),
        ...stateLine(data, texts),
        ...rowsLine(data['lines'], data['totals'], null, texts),
      ]
    case 'requisition.claimed': {
      const before = named(data['before'])
      return [
        ...(before === null ? [] : [t('history.takenOverFrom', { name: before })]),
        ...stateLine(data, texts),
      ]
    }
    case 'requisition.released': {
      const before = named(data['before'])
      return before === null || before === entry.actor.name
        ? []
        : [t('history.hadIt', { name: before })]
    }
    case 'requisition.step_approved':
      return [...stepLines(entry, texts, names), ...stateLine(data, texts)]
    case 'requisition.approved': {
      const number = text(data['orderNumber'])
      const [net, currency] = [figure(data['net']), text(data['currency'])]
      return [
        ...stepLines(entry, texts, names),
        ...(data['automatic'] === true ? [t('history.automatic')] : []),
        ...stateLine(data, texts),
        ...(number === null ? [] : [t('history.order', { number })]),
        ...(net === null || currency === null
          ? []
          : [t('history.net', { net: formats.money(net, currency) })]),
      ]
    }
    case 'requisition.rejected':
    case 'requisition.returned':
    case 'requisition.withdrawn':
    case 'requisition.expired':
    case 'requisition.step_skipped':
    case 'requisition.edited':
    case 'requisition.revived':
      return stateLine(data, texts)
    case 'requisition.split': {
      const [rest, of] = [text(record(data['rest'])?.['number']), record(data['restOf'])]
      const whole = text(of?.['number'])
      const lines = Array.isArray(data['lines']) ? data['lines'].length : null
      return [
        ...(whole === null ? [] : [t('history.restOf', { number: whole })]),
        ...rowsLine(lines, record(data['totals'])?.['after'], null, texts),
        ...(rest === null ? [] : [t('history.rest', { number: rest })]),
      ]
    }
    case 'requisition.attached':
    case 'requisition.attachment_changed':
      return attachmentLines(data, texts)
    case 'requisition.detached': {
      const name = text(record(data['attachment'])?.['name'])
      return name === null ? [] : [name]
    }
    case 'order.placed':
      return rowsLine(data['lines'], data['totals'], text(data['number']), texts)
    case 'order.dates_confirmed':
      return [...orderStateLine(data, texts), ...dateLines(data['lines'], entry, texts)]
    case 'user.created': {
      const after = record(data['after'])
      return (['username', 'team'] as const).flatMap((field) => {
        const value = text(after?.[field])
        return value === null ? [] : [`${t(`user.${field}`)}: ${value}`]
      })
    }
    case 'session.opened': {
      const until = text(data['expiresAt'])
      return until === null
        ? []
        : [t('history.until', { when: formats.dayAndTime(until, entry.at) })]
    }
    case 'delegation.created':
      return delegationLines(record(data['after']), entry, texts, names)
    case 'delegation.ended':
      return delegationLines(record(data['before']), entry, texts, names)
    case 'policy.set':
      return ruleLines(data, texts)
    case 'deadlines.set':
      return deadlineLines(record(data['before']), record(data['after']), texts)
    case 'customer_group.set':
    case 'customer_group.source_followed':
      return groupLines(record(data['before']), record(data['after']), texts)
    case 'warehouse.openness_set':
    case 'warehouse.source_followed':
      return opennessLines(record(data['before']), record(data['after']), texts, names)
    case 'stock_display.set':
      return displayLines(record(data['before']), record(data['after']), texts, names)
    case 'master_data.upserted':
      return [
        t('history.rows', {
          created: figure(data['created']) ?? 0,
          updated: figure(data['updated']) ?? 0,
          deleted: figure(data['deleted']) ?? 0,
        }),
      ]
    case 'shop.added':
    case 'shop.push_url_set':
      return [t('history.pushUrl', { url: text(data['pushUrl']) ?? t('history.nowhere') })]
    case 'shop.status_set':
      return [t(data['status'] === 'active' ? 'history.shopActive' : 'history.shopDisabled')]
    case 'shop.availability_set':
      return [t(data['isTold'] === true ? 'history.shopTold' : 'history.shopNotTold')]
    case 'database.restored': {
      const of = text(data['createdAt'])
      return of === null ? [] : [t('history.backupOf', { when: formats.dayAndTime(of, entry.at) })]
    }
    case 'audit.exported': {
      const [from, to] = [text(data['from']), text(data['to'])]
      return from === null || to === null ? [] : [t('history.days', { from, to })]
    }
    case 'mail.sent':
    case 'mail.failed':
    case 'mail.skipped': {
      const note = mailNoteOf(entry, texts)
      return note === null ? [] : [note]
    }
    default:
      return []
  }
}

/** Which file it was, what it was called before, and who was shown it where that is news. */
function attachmentLines(data: Readonly<Record<string, unknown>>, { t }: Texts): readonly string[] {
  const [after, before] = [record(data['attachment']), record(data['before'])]
  const [name, was] = [text(after?.['name']), text(before?.['name'])]
  const visibility = after?.['visibility']
  const isTold = visibility === 'customer' || (before !== null && visibility === 'internal')
  return [
    ...(name === null
      ? []
      : [was === null || was === name ? name : t('history.fromTo', { from: was, to: name })]),
    ...(isTold && visibility !== before?.['visibility']
      ? [t(`history.attachment.${visibility}`)]
      : []),
  ]
}

const deadlineKinds = [
  'remindDays',
  'escalateDays',
  'releaseHours',
  'expireDays',
  'holdMinutes',
] as const

/** Each deadline that is not what it was. */
function deadlineLines(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
  { t }: Texts,
): readonly string[] {
  const words = (kind: (typeof deadlineKinds)[number], deadline: unknown) => {
    const count = figure(deadline)
    return count === null ? t('deadlines.never') : t(`deadlines.after.${kind}`, { count })
  }
  return deadlineKinds
    .filter((kind) => before?.[kind] !== after?.[kind])
    .map((kind) => {
      const [from, to] = [words(kind, before?.[kind]), words(kind, after?.[kind])]
      return `${t(`deadlines.${kind}`)}: ${t('history.fromTo', { from, to })}`
    })
}

/** Right and limits of a customer group that are not what they were. */
function groupLines(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
  { t, formats }: Texts,
): readonly string[] {
  const words = (told: Readonly<Record<string, unknown>> | null) => {
    const right = orderingRights.find((one) => one === told?.['orderingRight'])
    const limits = record(told?.['orderLimit'])
    const currency = text(limits?.['currency']) ?? ''
    const amount = (limit: unknown) => {
      const found = figure(limit)
      return found === null ? t('settings.noApprovalLimit') : formats.wholeMoney(found, currency)
    }
    const period = limits?.['period'] === 'year' ? 'year' : 'month'
    return [
      [t('group.right'), right ? t(`group.right.${right}`) : ''],
      [t('group.orderLimit'), amount(limits?.['perOrder'])],
      [
        t('group.periodLimit'),
        figure(limits?.['perPeriod']) === null
          ? amount(null)
          : `${amount(limits?.['perPeriod'])} ${t(`group.per.${period}`)}`,
      ],
    ] as const
  }
  const was = words(before)
  return words(after).flatMap(([name, to], at) => {
    const from = was[at]?.[1] ?? ''
    return from === to ? [] : [`${name}: ${t('history.fromTo', { from, to })}`]
  })
}

function opennessLines(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
  { t, formats }: Texts,
  names: PolicyNames,
): readonly string[] {
  const words = (told: Readonly<Record<string, unknown>> | null) => {
    if (told?.['openToWebshop'] !== true) return t('history.closedToWebshop')
    const named = told['customerGroups']
    const groups = Array.isArray(named) ? named.flatMap((id: unknown) => text(id) ?? []) : []
    return groups.length === 0
      ? t('history.openToAll')
      : t('history.openToGroups', {
          groups: formats.list(groups.map((id) => names.customerGroup(id) ?? id)),
        })
  }
  return [t('history.fromTo', { from: words(before), to: words(after) })]
}

function displayLines(
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
  { t, formats }: Texts,
  names: PolicyNames,
): readonly string[] {
  const ruleWords = (told: unknown) => {
    const rule = record(told)
    const at = figure(rule?.['at'])
    if (rule?.['kind'] === 'capped' && at !== null)
      return t('history.display.capped', { quantity: formats.quantity(at) })
    return t(rule?.['kind'] === 'yes_no' ? 'history.display.yes_no' : 'history.display.exact')
  }
  const words = (told: Readonly<Record<string, unknown>> | null) => {
    const hours = figure(told?.['staleAfterHours'])
    const groups: readonly unknown[] = Array.isArray(told?.['groups']) ? told['groups'] : []
    return new Map([
      [t('history.display.all'), ruleWords(told?.['rule'])],
      [
        t('history.display.stale'),
        hours === null ? t('history.display.never') : t('history.display.hours', { hours }),
      ],
      ...groups.flatMap((one): readonly (readonly [string, string])[] => {
        const id = text(record(one)?.['groupId'])
        return id === null
          ? []
          : [[names.customerGroup(id) ?? id, ruleWords(record(one)?.['rule'])]]
      }),
    ])
  }
  const [was, is] = [words(before), words(after)]
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
    const asAll = t('history.display.asAll')
    const [from, to] = [was.get(name) ?? asAll, is.get(name) ?? asAll]
    return from === to ? [] : [`${name}: ${t('history.fromTo', { from, to })}`]
  })
}

/** The words somebody gave with it: to the customer, to a colleague, or to whoever looks here. */
export function historyQuote({ data }: Pick<HistoryEntry, 'data'>): string | null {
  for (const from of [data, record(data['outcome']), record(data['after'])]) {
    const words = text(from?.['reason']) ?? text(from?.['message'])
    if (words !== null) return words
  }
  return null
}

/**
 * The users whose places the actor took with what an entry tells, each once. Its steps hold what others
 * approved before, and what the actor did at other times: those are entries of their own.
 */
export function standsInForIn(entry: Told): readonly string[] {
  const absent = takenIn(entry).flatMap(({ mine }) => mine.flatMap((one) => one.for?.id ?? []))
  return [...new Set(absent)]
}

const approvals: ReadonlySet<string> = new Set([
  'requisition.step_approved',
  'requisition.approved',
  'quote.approved',
])

/** The steps that the actor took with what an entry tells. */
function takenIn({ type, at, actor, data }: Told) {
  if (!approvals.has(type)) return []
  const steps = data['steps']
  if (actor.kind !== 'user' || !Array.isArray(steps)) return []
  return (steps as readonly ApprovalStep[]).flatMap((step) => {
    const mine = step.approvals
      .filter(({ by }) => by.id === actor.id)
      .filter((one) => Math.abs(Date.parse(one.at) - Date.parse(at)) <= SAME_DEED_MILLISECONDS)
    return mine.length > 0 ? [{ step, mine }] : []
  })
}

/** Each step that was taken, the rules that demanded it, and what they found. */
function stepLines(entry: Told, texts: Texts, names: PolicyNames): readonly string[] {
  return takenIn(entry).flatMap(({ step }) => [
    stepWords(step, texts, names),
    ...step.because.map(({ name, findings }) => {
      const found = findings.map((finding) => findingWords(finding, texts, names))
      return found.length === 0
        ? name
        : texts.t('history.because', { rule: name, found: texts.formats.list(found) })
    }),
  ])
}

function stateLine(data: HistoryEntry['data'], { t }: Texts): readonly string[] {
  const [from, to] = [stateOf(data['from']), stateOf(data['to'])]
  if (from === null || to === null || from === to) return []
  const words = { from: t(`requisition.state.${from}`), to: t(`requisition.state.${to}`) }
  return [t('history.fromTo', words)]
}

function orderStateLine(data: HistoryEntry['data'], { t }: Texts): readonly string[] {
  const [from, to] = [orderStateOf(data['from']), orderStateOf(data['to'])]
  if (from === null || to === null || from === to) return []
  const words = { from: t(`order.state.${from}`), to: t(`order.state.${to}`) }
  return [t('history.fromTo', words)]
}

/** So many articles are named; of more it is told how many. */
const MOST_NAMED = 3

/** What lines were promised for and what they are, together those of which the same is to be said. */
function dateLines(lines: unknown, { at }: Told, { t, formats }: Texts): readonly string[] {
  const today = formats.dateOf(at)
  const day = (date: string | null) =>
    date === null ? t('history.noDate') : formats.shortDay(date, today)
  const alike = new Map<string, string[]>()
  for (const line of Array.isArray(lines) ? lines.map(record) : []) {
    const article = text(line?.['articleId'])
    if (article === null) continue
    const words = { from: day(text(line?.['before'])), to: day(text(line?.['after'])) }
    const said = t('history.fromTo', words)
    alike.set(said, [...(alike.get(said) ?? []), article])
  }
  return [...alike].map(([said, articles]) => {
    const count = articles.length
    const named = count > MOST_NAMED ? t('inbox.lines', { count }) : formats.list(articles)
    return t('history.because', { rule: named, found: said })
  })
}

function kindLine(data: HistoryEntry['data'], { t }: Texts): readonly string[] {
  const kind = requisitionKinds.find((one) => one === data['kind'])
  const revision = figure(data['revision']) ?? 1
  if (!kind) return []
  const word = t(`requisition.kind.${kind}`)
  return [revision > 1 ? `${word}, ${t('requisition.revision', { revision })}` : word]
}

function rowsLine(
  lines: unknown,
  totals: unknown,
  number: string | null,
  { t, formats }: Texts,
): readonly string[] {
  const count = figure(lines)
  const [net, currency] = [figure(record(totals)?.['net']), text(record(totals)?.['currency'])]
  return [
    ...(number === null ? [] : [t('history.order', { number })]),
    ...(count === null ? [] : [t('inbox.lines', { count })]),
    ...(net === null || currency === null
      ? []
      : [t('history.net', { net: formats.money(net, currency) })]),
  ]
}

function delegationLines(
  told: Readonly<Record<string, unknown>> | null,
  { at }: Told,
  { t, formats }: Texts,
  names: PolicyNames,
): readonly string[] {
  const [from, to] = [text(told?.['fromUserId']), text(told?.['toUserId'])]
  const [first, last] = [text(told?.['from']), text(told?.['until'])]
  if (from === null || to === null || first === null || last === null) return []
  const called = (id: string) => names.user(id) ?? t('policy.unknownUser')
  const today = formats.dateOf(at)
  return [
    t('history.fromTo', { from: called(from), to: called(to) }),
    t('history.days', { from: formats.shortDay(first, today), to: formats.shortDay(last, today) }),
  ]
}

/** Which rules came, went, and were changed. */
function ruleLines(data: HistoryEntry['data'], { t }: Texts): readonly string[] {
  const [before, after] = [rulesIn(data['before']), rulesIn(data['after'])]
  const came = [...after.values()].filter(({ id }) => !before.has(id))
  const went = [...before.values()].filter(({ id }) => !after.has(id))
  const both = [...after.values()].flatMap((rule) => {
    const old = before.get(rule.id)
    return old ? [{ old, rule }] : []
  })
  const other = both.filter(({ old, rule }) => JSON.stringify(old) !== JSON.stringify(rule))
  return [
    ...came.map(({ name }) => t('history.rule.added', { name })),
    ...went.map(({ name }) => t('history.rule.removed', { name })),
    ...other.map(({ old, rule: { name, isOn } }) =>
      old.isOn === isOn
        ? t('history.rule.changed', { name })
        : t(isOn ? 'history.rule.on' : 'history.rule.off', { name }),
    ),
  ]
}

function rulesIn(value: unknown): ReadonlyMap<string, ApprovalRule> {
  const rules = Array.isArray(value) ? (value as readonly ApprovalRule[]) : []
  return new Map(rules.map((rule) => [rule.id, rule]))
}

function isAuditType(type: string): type is AuditType {
  return (auditTypes as readonly string[]).includes(type)
}

function isDoor(via: string): via is AuditDoor {
  return (auditDoors as readonly string[]).includes(via)
}

function stateOf(value: unknown) {
  return requisitionStates.find((one) => one === value) ?? null
}

function orderStateOf(value: unknown) {
  return orderStates.find((one) => one === value) ?? null
}

function named(value: unknown): string | null {
  return text(record(value)?.['name'])
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function figure(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : null
}
