import { Building2, FileSignature, FileText, Inbox } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import { catalogue } from '../../../language/catalogue'
import type { MessageKey } from '../../../language/catalogue'
import type { Action, Possibility } from '../../actions/action'
import { actions } from '../../actions/registry'
import { runAction } from '../../actions/run-action'
import type { Desk } from '../../desk'
import { signedInUser } from '../../state/console'
import { fold, foldNumber, queryWords } from '../../../language/folding'
import { INBOX } from '../../state/inbox'
import { companyText, requisitionMatcher } from '../../state/requisition-search'
import { textsOf } from '../../texts'
import type { Texts } from '../../../language/texts'

/** Something that can be done or gone to. */
export interface Found {
  readonly id: string
  readonly icon: LucideIcon
  readonly title: string
  readonly detail?: string
  /** Cannot be done now; `detail` says why. */
  readonly isDisabled?: boolean
  readonly keys?: string | undefined
  /** It is called just what was asked for, so that it is meant before all others. */
  readonly isExact?: boolean
  readonly run: () => void
}

export interface FoundGroup {
  readonly id: string
  readonly title: Extract<MessageKey, `palette.${string}`> &
    (
      | 'palette.actions'
      | 'palette.requisitions'
      | 'palette.orders'
      | 'palette.quotes'
      | 'palette.companies'
    )
  readonly found: readonly Found[]
}

/** As many as can be taken in at a glance. */
const MOST = 6

/**
 * What a query finds: actions by their words, requisitions as the inbox's own search does, orders and
 * quotes by number and company, companies by number and name. An empty query lists what can be done here and now. What is
 * called just so comes first, whatever else has the same letters in it.
 */
export function find(desk: Desk, query: string): readonly FoundGroup[] {
  const words = queryWords(query)
  const groups: readonly FoundGroup[] = [
    { id: 'actions', title: 'palette.actions', found: findActions(desk, words) },
    ...(words.length === 0
      ? []
      : ([
          {
            id: 'requisitions',
            title: 'palette.requisitions',
            found: findRequisitions(desk, query),
          },
          {
            id: 'orders',
            title: 'palette.orders',
            found: findNumbered(desk, 'order', FileText, words, query),
          },
          {
            id: 'quotes',
            title: 'palette.quotes',
            found: findNumbered(desk, 'quote', FileSignature, words, query),
          },
          { id: 'companies', title: 'palette.companies', found: findCompanies(desk, words, query) },
        ] as const)),
  ]
  return exactFirst(groups.filter(({ found }) => found.length > 0))
}

function exactFirst(groups: readonly FoundGroup[]): readonly FoundGroup[] {
  const rank = ({ isExact = false }: Pick<Found, 'isExact'>) => (isExact ? 0 : 1)
  return groups
    .map((group) => ({ ...group, found: group.found.toSorted((a, b) => rank(a) - rank(b)) }))
    .toSorted((a, b) => rank(a.found[0] ?? {}) - rank(b.found[0] ?? {}))
}

/** Whether a number is the one that was typed, with or without the signs that divide it. */
function isNumber(number: string, query: string): boolean {
  const bare = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, '')
  return bare(number) === bare(query)
}

/** With nothing typed Enter does what comes first: never something that decides. */
const UNASKED_ORDER: readonly Action['group'][] = ['list', 'decide', 'go', 'application']

function findActions(desk: Desk, words: readonly string[]): readonly Found[] {
  const texts = textsOf(desk)
  const place = ({ group }: Action) => (words.length === 0 ? UNASKED_ORDER.indexOf(group) : 0)
  return actions
    .toSorted((a, b) => place(a) - place(b))
    .filter(({ id }) => id !== 'palette')
    .flatMap((action) => {
      const title = texts.t(action.title)
      if (!has(nameOf(action), words)) return []
      const possibility = possibilityOf(desk, action, words)
      if (possibility.kind === 'hidden') return []
      return [
        {
          id: `action ${action.id}`,
          icon: action.icon ?? FileText,
          title,
          ...(possibility.kind === 'disabled'
            ? { detail: possibility.why(texts), isDisabled: true }
            : {}),
          keys: action.keys?.[0],
          run: () => {
            if (possibility.kind === 'disabled') tellWhy(desk, possibility.why)
            else runAction(desk, action)
          },
        },
      ]
    })
}

/** The words of an action in every language, for whoever knows it by another one's. */
function nameOf({ title }: Action): string {
  return fold(
    Object.values(catalogue)
      .map((messages) => messages[title])
      .join('\n'),
  )
}

/**
 * A decision that is looked for by name is found where nothing is open to be decided on too, and
 * says so: it is what the screen is for, and looks lost otherwise.
 */
function possibilityOf(desk: Desk, action: Action, words: readonly string[]): Possibility {
  const possibility = action.when(desk)
  if (possibility.kind !== 'hidden' || words.length === 0 || !DECISIONS.has(action.id)) {
    return possibility
  }
  const { screen, selected } = desk.navigation.store.getState()
  const isOpen = screen === INBOX && (selected[INBOX] ?? null) !== null
  const user = signedInUser(desk.console.getState())
  if (isOpen || user === null || !mayDo(user, 'decide_requisition')) return possibility
  return { kind: 'disabled', why: ({ t }) => t('palette.openFirst') }
}

const DECISIONS: ReadonlySet<string> = new Set([
  'requisition.approve',
  'requisition.return',
  'requisition.reject',
])

function tellWhy({ toasts }: Desk, why: (texts: Texts) => string): void {
  toasts.tell({ meaning: 'notice', text: why, action: null })
}

function findRequisitions(desk: Desk, query: string): readonly Found[] {
  const { replica, requisitions, navigation } = desk
  const matches = requisitionMatcher(replica, query)
  const { t } = textsOf(desk)
  const found: Found[] = []
  for (const id of requisitions.ids()) {
    const held = replica.requisitions.get(id)
    if (!held || !matches?.(held)) continue
    const requisition = held.value
    found.push({
      id: `requisition ${id}`,
      icon: Inbox,
      title: requisition.number,
      detail: [
        replica.get('company', requisition.companyId)?.name ?? requisition.companyId,
        t(`requisition.kind.${requisition.kind}`),
      ].join(' · '),
      isExact: isNumber(requisition.number, query),
      run: () => navigation.open('requisition', id),
    })
    if (found.length === MOST) break
  }
  return found
}

/** Documents with a number of their own, the newest first. */
function findNumbered(
  { replica, navigation }: Desk,
  kind: 'order' | 'quote',
  icon: LucideIcon,
  words: readonly string[],
  query: string,
): readonly Found[] {
  if (!navigation.canOpen(kind)) return []
  const found: Found[] = []
  for (const [id, { number, companyId }] of replica.all(kind)) {
    const company = replica.get('company', companyId)
    const text = `${foldNumber(number)}\n${company ? companyText(company) : ''}`
    if (!has(text, words)) continue
    found.push({
      id: `${kind} ${id}`,
      icon,
      title: number,
      detail: company?.name ?? companyId,
      isExact: isNumber(number, query),
      run: () => navigation.open(kind, id),
    })
  }
  return found
    .sort((a, b) => Number(b.isExact) - Number(a.isExact) || (a.title < b.title ? 1 : -1))
    .slice(0, MOST)
}

function findCompanies(
  { replica, navigation }: Desk,
  words: readonly string[],
  query: string,
): readonly Found[] {
  if (!navigation.canOpen('company')) return []
  const found: Found[] = []
  for (const [id, company] of replica.all('company')) {
    if (!has(companyText(company), words)) continue
    found.push({
      id: `company ${id}`,
      icon: Building2,
      title: company.name,
      detail: company.id,
      isExact: isNumber(company.id, query) || fold(company.name) === fold(query.trim()),
      run: () => navigation.open('company', id),
    })
  }
  // Another that has the words in its name may come before the one that is called so.
  return found.sort((a, b) => Number(b.isExact) - Number(a.isExact)).slice(0, MOST)
}

function has(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}
