import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { User } from '../../../contract/entities'
import type { Refusal } from '../../../contract/errors'
import type { Desk } from '../../desk'
import { fold, queryWords } from '../../../language/folding'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { createSortedIndex } from '../../state/sorted-index'
import { textsOf } from '../../texts'
import { NO_VALUES } from './user-form'
import type { NewUserValues, UserField, UserValues } from './user-form'
import { roleWords } from './user-words'

export const USERS = 'users'
/** What is open on the screen while somebody is being added. */
export const NEW = 'new'

/** How the last attempt went, where it did not go well. */
export type Problem =
  | {
      readonly kind: 'refused'
      readonly error: Refusal
      /** Where it belongs; null is the whole. */
      readonly field: UserField | null
    }
  | { readonly kind: 'offline' }

export interface Attempt {
  /** Something was sent and its end is awaited. */
  readonly isBusy: boolean
  /** Tried once: from now on what is wrong is shown as it is typed. */
  readonly isTried: boolean
  /** How often it has come back: each time the first field in error is gone to. */
  readonly failures: number
  readonly problem: Problem | null
}

/** Somebody being added. */
export interface NewDraft extends Attempt {
  /** Of the user to be; what becomes of the attempt is followed by it. */
  readonly aggregateId: string
  readonly values: NewUserValues
}

/** A change of a user that is not saved. */
export interface UserDraft extends Attempt {
  readonly base: UserValues
  readonly values: UserValues
}

/** A new password for a user, not sent. */
export interface PasswordDraft extends Attempt {
  readonly password: string
}

export interface UsersState {
  readonly query: string
  readonly newDraft: NewDraft | null
  /** By user. They outlive the pane they are written in: going away never loses typing. */
  readonly drafts: ReadonlyMap<string, UserDraft>
  readonly passwords: ReadonlyMap<string, PasswordDraft>
  /** The password that was just set, to be handed over; shown once. */
  readonly handover: { readonly userId: string; readonly password: string } | null
}

export const NO_ATTEMPT: Attempt = { isBusy: false, isTried: false, failures: 0, problem: null }

export interface Users {
  readonly store: StoreApi<UsersState>
  /** Ids by name, those who cannot sign in last; the same array until it differs. */
  readonly ids: () => readonly string[]
  readonly setQuery: (query: string) => void
  /** Begins or goes on; the attempt that was refused is forgotten where its field is changed. */
  readonly writeNew: (values: Partial<NewUserValues>) => void
  readonly putNew: (draft: NewDraft | null) => void
  readonly putDraft: (userId: string, draft: UserDraft | null) => void
  readonly putPassword: (userId: string, draft: PasswordDraft | null) => void
  readonly handOver: (handover: UsersState['handover']) => void
}

const EMPTY: UsersState = {
  query: '',
  newDraft: null,
  drafts: new Map(),
  passwords: new Map(),
  handover: null,
}

/** The users of a desk: which are shown, and what is being written about them. */
export const usersOf = perDesk(createUsers)

function createUsers(desk: Desk): Users {
  const { replica } = desk
  const { compare } = new Intl.Collator('sv')
  const index = createSortedIndex(
    replica,
    'user',
    ({ displayName, status }) => ({ displayName, isLast: status === 'disabled' ? 1 : 0 }),
    (a, b) => a.isLast - b.isLast || compare(a.displayName, b.displayName),
  )
  const store = createStore<UsersState>(() => EMPTY)
  onAnotherPerson(replica, () => store.setState(EMPTY))
  let last: { readonly key: readonly unknown[]; readonly ids: readonly string[] } | null = null

  return {
    store,
    ids: () => {
      const { query } = store.getState()
      const { language } = textsOf(desk)
      const key = [query, language, replica.store.getState().revision]
      if (last && key.every((part, at) => part === last?.key[at])) return last.ids
      const ids = find(query)
      const same =
        last && last.ids.length === ids.length && ids.every((id, at) => id === last?.ids[at])
      last = { key, ids: same && last ? last.ids : ids }
      return last.ids
    },
    setQuery: (query) => store.setState({ query }),
    writeNew: (values) =>
      store.setState(({ newDraft }) => {
        const draft = newDraft ?? {
          ...NO_ATTEMPT,
          aggregateId: crypto.randomUUID(),
          values: NO_VALUES,
        }
        return {
          newDraft: {
            ...draft,
            values: { ...draft.values, ...values },
            problem: problemAfter(draft.problem, values),
          },
        }
      }),
    putNew: (newDraft) => store.setState({ newDraft }),
    putDraft: (userId, draft) =>
      store.setState(({ drafts }) => ({ drafts: withEntry(drafts, userId, draft) })),
    putPassword: (userId, draft) =>
      store.setState(({ passwords }) => ({ passwords: withEntry(passwords, userId, draft) })),
    handOver: (handover) => store.setState({ handover }),
  }

  function find(query: string): readonly string[] {
    const words = queryWords(query)
    const texts = textsOf(desk)
    const users = replica.all('user')
    if (words.length === 0) return index.ids()
    const textOf = ({ displayName, username, team, roles }: User) =>
      fold([displayName, username, team ?? '', roleWords(roles, texts)].join('\n'))
    return index.ids().filter((id) => {
      const user = users.get(id)
      const text = user ? textOf(user) : ''
      return words.every((word) => text.includes(word))
    })
  }
}

/** What was refused for a field is forgotten once that field says something else. */
export function problemAfter(
  problem: Problem | null,
  changed: Partial<NewUserValues>,
): Problem | null {
  if (problem?.kind !== 'refused' || problem.field === null) return null
  const { field } = problem
  const isTouched =
    field === 'approvalLimit' ? 'limitKind' in changed || 'limitText' in changed : field in changed
  return isTouched ? null : problem
}

function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T | null) {
  const next = new Map(map)
  if (value === null) next.delete(key)
  else next.set(key, value)
  return next
}
