import type { ApprovalRule } from '../../../domain/approval/policy'
import { formOf, MOST, readRule, sameRule } from './rule-form'
import type { RuleForm } from './rule-form'
import { entriesOf } from './rules'
import type { Entry } from './rules'

/** The rules being written: what can be done to them. Each gives new entries and changes none. */
export type Entries = readonly Entry[]

/** What the form shows for a rule: what was written, or the rule as it is. */
export function formOfEntry({ form, rule }: Entry): RuleForm | null {
  return form ?? (rule && formOf(rule))
}

/** A rule as it is written now. What is written back to what it was is no change. */
export function write(entries: Entries, id: string, form: RuleForm): Entries {
  return entries.map((entry) => {
    if (entry.id !== id) return entry
    const { rule } = readRule(id, form)
    if (!rule) return { ...entry, form, rule: null }
    return { ...entry, form, rule: entry.was && sameRule(entry.was, rule) ? entry.was : rule }
  })
}

/** A rule switched on or off, whatever else is written in it. */
export function switchRule(entries: Entries, id: string, isOn: boolean): Entries {
  const entry = entries.find((one) => one.id === id)
  const form = entry && formOfEntry(entry)
  return form ? write(entries, id, { ...form, isOn }) : entries
}

/** A new rule, below another one or last. Its form may want filling in. */
export function add(entries: Entries, id: string, form: RuleForm, below: string | null): Entries {
  if (entries.length >= MOST.rules) return entries
  const { rule } = readRule(id, form)
  return insert(entries, { id, was: null, form, rule }, placeBelow(entries, below))
}

/** The same rule once more, right below and under another name. Switched off: two alike say no more than one. */
export function duplicate(entries: Entries, id: string, newId: string, name: string): Entries {
  const entry = entries.find((one) => one.id === id)
  const form = entry && formOfEntry(entry)
  if (!form) return entries
  return add(entries, newId, { ...form, name: name.slice(0, MOST.name), isOn: false }, id)
}

export function move(entries: Entries, id: string, by: 1 | -1): Entries {
  const from = entries.findIndex((entry) => entry.id === id)
  const to = from + by
  const entry = entries[from]
  if (!entry || to < 0 || to >= entries.length) return entries
  return insert(
    entries.filter((one) => one !== entry),
    entry,
    to,
  )
}

export function remove(entries: Entries, id: string): Entries {
  return entries.filter((entry) => entry.id !== id)
}

/** Puts back what was removed, where it stood. */
export function insert(entries: Entries, entry: Entry, at: number): Entries {
  if (entries.some(({ id }) => id === entry.id)) return entries
  return [...entries.slice(0, at), entry, ...entries.slice(at)]
}

function placeBelow(entries: Entries, below: string | null): number {
  const at = entries.findIndex(({ id }) => id === below)
  return at === -1 ? entries.length : at + 1
}

/** The rules as they would be put in force; null while one of them cannot be read. */
export function rulesOfEntries(entries: Entries): readonly ApprovalRule[] | null {
  const rules = entries.flatMap(({ rule }) => (rule ? [rule] : []))
  return rules.length === entries.length ? rules : null
}

/** How many rules are not as those in force: new, changed and removed ones. */
export function countChanges(known: readonly ApprovalRule[], entries: Entries): number {
  const kept = new Set(entries.map(({ id }) => id))
  const removed = known.filter(({ id }) => !kept.has(id)).length
  return removed + entries.filter(({ rule, was }) => was === null || rule !== was).length
}

/** What was written here, laid over rules that somebody else has changed meanwhile. */
export interface Rebased {
  readonly entries: Entries
  /** Rules that both have changed, each in another way. */
  readonly conflicts: readonly string[]
}

/**
 * @param base the rules in force when the writing began
 * @param mine as they are written
 * @param theirs the rules in force now
 */
export function rebase(
  base: readonly ApprovalRule[],
  mine: Entries,
  theirs: readonly ApprovalRule[],
): Rebased {
  const before = new Map(base.map((rule) => [rule.id, rule]))
  const now = new Map(theirs.map((rule) => [rule.id, rule]))
  const written = new Map(mine.map((entry) => [entry.id, entry]))
  const conflicts: string[] = []
  const merged = new Map<string, Entry>()
  for (const entry of entriesOf(theirs)) {
    const { id, was } = entry
    const [own, old] = [written.get(id), before.get(id)]
    if (!was) continue
    const isTheirs = !old || !sameRule(old, was)
    const isMine = own ? own.rule !== own.was : old !== undefined
    if (!isMine) merged.set(id, entry)
    // What I removed and they changed stays: nobody's work goes unseen.
    else if (!own) {
      if (isTheirs) merged.set(id, entry)
    } else if (own.rule && sameRule(own.rule, was)) merged.set(id, entry)
    else {
      merged.set(id, { ...own, was })
      if (isTheirs) conflicts.push(id)
    }
  }
  for (const own of mine) {
    if (now.has(own.id)) continue
    if (own.was === null) merged.set(own.id, own)
    else if (own.rule !== own.was) {
      merged.set(own.id, { ...own, was: null })
      conflicts.push(own.id)
    }
  }
  const order = isSameOrder(base, theirs)
    ? [...mine.map(({ id }) => id), ...theirs.map(({ id }) => id)]
    : [...theirs.map(({ id }) => id), ...mine.map(({ id }) => id)]
  const entries = [...new Set(order)].flatMap((id) => merged.get(id) ?? [])
  return { entries, conflicts }
}

/** Gives way where both have changed a rule; what else was written stays. */
export function takeTheirs(
  entries: Entries,
  conflicts: readonly string[],
  theirs: readonly ApprovalRule[],
): Entries {
  const known = new Map(entriesOf(theirs).map((entry) => [entry.id, entry]))
  return entries.flatMap((entry) => {
    if (!conflicts.includes(entry.id)) return [entry]
    return known.get(entry.id) ?? []
  })
}

function isSameOrder(a: readonly ApprovalRule[], b: readonly ApprovalRule[]): boolean {
  const [inA, inB] = [new Set(a.map(({ id }) => id)), new Set(b.map(({ id }) => id))]
  const shared = (rules: readonly ApprovalRule[]) =>
    rules.map(({ id }) => id).filter((id) => inA.has(id) && inB.has(id))
  return shared(a).join('\n') === shared(b).join('\n')
}
