import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { QueryResult } from '../../../contract/queries'
import type { Refusal } from '../../../contract/refusal'
import type { PolicyProblem } from '../../../domain/approval/check-policy'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { fold, queryWords } from '../../../language/folding'
import type { Desk } from '../../desk'
import { signedInUser } from '../../state/console'
import { perDesk } from '../../state/per-desk'
import { textsOf } from '../../texts'
import { policyNamesIn, ruleSummary, type PolicyNames } from '../../wording/policy'
import type { RuleForm } from './rule-form'

export const RULES = 'rules'
/** What is open on the screen while rules are tried. */
export const TRY = 'try'
/** The one thing that commands on rules are about. */
export const POLICY = 'approval'

/** The rules in force, as the gateway last told. */
export type KnownPolicy = Omit<QueryResult<'policy.get'>, 'rules'> & {
  readonly rules: readonly ApprovalRule[]
}

/** One rule of the draft. */
export interface Entry {
  readonly id: string
  /** As it is in force; null for one that is new. The same object as `rule` while nothing differs. */
  readonly was: ApprovalRule | null
  /** As it would be put in force; null while the form cannot be read. */
  readonly rule: ApprovalRule | null
  /** What was written; null while nobody has. */
  readonly form: RuleForm | null
}

/** Why the last attempt to put the rules in force came to nothing. */
export type Problem =
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'offline' }
  /** Found here: it stands at the rules. */
  | { readonly kind: 'unsound' }

/** Somebody else has put other rules in force meanwhile. */
export interface Conflict {
  readonly by: string | null
  readonly at: string | null
  /** Rules that both have changed. */
  readonly ruleIds: readonly string[]
}

export interface Trial {
  /** The last so many days; null where the days are written. */
  readonly span: 7 | 30 | 90 | null
  readonly from: string
  readonly to: string
  readonly answer:
    | { readonly kind: 'none' | 'asking' }
    | { readonly kind: 'failed'; readonly error: Refusal }
    | {
        readonly kind: 'done'
        readonly result: QueryResult<'policy.try'>
        /** The draft that was tried, and the days. */
        readonly of: readonly Entry[]
        readonly from: string
        readonly to: string
      }
}

export interface RulesState {
  /** Who is signed in: what they write is nobody else's. */
  readonly owner: string | null
  readonly query: string
  readonly known: KnownPolicy | null
  /** The rules as they are being written; they outlive the screen and a lost connection. */
  readonly entries: readonly Entry[]
  readonly isAsking: boolean
  /** Why they could not be had. */
  readonly failure: Refusal | null
  readonly conflict: Conflict | null
  readonly isBusy: boolean
  /** Tried once: from now on what is missing is shown as it is typed. */
  readonly isTried: boolean
  /** How often it has come back: each time the first field in error is gone to. */
  readonly failures: number
  readonly problem: Problem | null
  /** What the gateway found wrong with these entries. */
  readonly refused: {
    readonly problems: readonly PolicyProblem[]
    readonly of: readonly Entry[]
  } | null
  readonly isMenuOpen: boolean
  /** The rule to go on with: just added and to be filled in, or what an attempt came back for. */
  readonly wanted: { readonly ruleId: string; readonly because: 'new' | 'fault' } | null
  readonly trial: Trial
}

const EMPTY: Omit<RulesState, 'owner'> = {
  query: '',
  known: null,
  entries: [],
  isAsking: false,
  failure: null,
  conflict: null,
  isBusy: false,
  isTried: false,
  failures: 0,
  problem: null,
  refused: null,
  isMenuOpen: false,
  wanted: null,
  trial: { span: 30, from: '', to: '', answer: { kind: 'none' } },
}

export interface Rules {
  readonly store: StoreApi<RulesState>
  /** Ids of the rules that are shown, in their order; the same array until it differs. */
  readonly ids: () => readonly string[]
  readonly setQuery: (query: string) => void
}

/** The approval rules of a desk, and what is being written about them. */
export const rulesOf = perDesk(createRules)

function createRules(desk: Desk): Rules {
  const owner = () => signedInUser(desk.console.getState())?.id ?? null
  const store = createStore<RulesState>(() => ({ ...EMPTY, owner: owner() }))
  desk.console.subscribe(({ session }) => {
    // A gateway on its way up or down changes nothing about who writes.
    const isSettled = session !== null && session.kind !== 'starting' && session.kind !== 'failed'
    if (!isSettled || owner() === store.getState().owner) return
    store.setState({ ...EMPTY, owner: owner() })
  })
  let last: { readonly key: readonly unknown[]; readonly ids: readonly string[] } | null = null
  return {
    store,
    setQuery: (query) => store.setState({ query }),
    ids: () => {
      const { entries, query, known } = store.getState()
      const { language } = textsOf(desk)
      const key = [entries, query, language, known]
      if (last && key.every((part, at) => part === last?.key[at])) return last.ids
      const ids = find(desk, entries, query, known)
      const isSame = last?.ids.length === ids.length && ids.every((id, at) => id === last?.ids[at])
      last = { key, ids: isSame && last ? last.ids : ids }
      return last.ids
    },
  }
}

/** What is called by name in rules, in the language of the moment. */
export function rulesNames(desk: Desk, known: KnownPolicy | null): PolicyNames {
  const { language } = textsOf(desk)
  const names = new Map(known?.articleGroups?.map(({ id, name }) => [id, name[language]]))
  return policyNamesIn(desk.replica, (id) => names.get(id) ?? null)
}

function find(
  desk: Desk,
  entries: readonly Entry[],
  query: string,
  known: KnownPolicy | null,
): readonly string[] {
  const words = queryWords(query)
  const texts = textsOf(desk)
  const names = rulesNames(desk, known)
  const textOf = ({ rule, form }: Entry) =>
    fold(`${form?.name ?? rule?.name ?? ''}\n${rule ? ruleSummary(rule, texts, names) : ''}`)
  return entries
    .filter((entry) => {
      const text = words.length === 0 ? '' : textOf(entry)
      return words.every((word) => text.includes(word))
    })
    .map(({ id }) => id)
}

/** Rules as a draft in which nothing has been written. */
export function entriesOf(rules: readonly ApprovalRule[]): readonly Entry[] {
  return rules.map((rule) => ({ id: rule.id, was: rule, rule, form: null }))
}

/** Whether anything is written that is not in force. */
export function isDirty({ known, entries }: Pick<RulesState, 'known' | 'entries'>): boolean {
  if (known === null) return false
  return (
    entries.length !== known.rules.length ||
    entries.some(({ rule }, at) => rule === null || rule !== known.rules[at])
  )
}
