import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Refusal } from '../../../contract/refusal'
import { fold, queryWords } from '../../../language/folding'
import type { Desk } from '../../desk'
import { onAnotherPerson } from '../../state/another-person'
import { perDesk } from '../../state/per-desk'
import { createSortedIndex } from '../../state/sorted-index'
import type { GroupValues } from './group-form'

export const GROUPS = 'groups'

/** How the last attempt went, where it did not go well. */
export type GroupProblem =
  { readonly kind: 'refused'; readonly error: Refusal } | { readonly kind: 'offline' }

/** A change of a group that is not saved. */
export interface GroupDraft {
  readonly base: GroupValues
  readonly values: GroupValues
  readonly isBusy: boolean
  /** Tried once: from now on what is wrong is shown as it is typed. */
  readonly isTried: boolean
  /** How often it has come back: each time the first field in error is gone to. */
  readonly failures: number
  readonly problem: GroupProblem | null
}

export interface GroupsState {
  readonly query: string
  /** By group. They outlive the pane they are written in: going away never loses typing. */
  readonly drafts: ReadonlyMap<string, GroupDraft>
}

/** How many there are that a group is for: companies not closed, and active people by their own group or their company's. */
export interface GroupMembers {
  readonly companies: number
  readonly people: number
}

export interface Groups {
  readonly store: StoreApi<GroupsState>
  /** Ids by name; the same array until it differs. */
  readonly ids: () => readonly string[]
  /** Of every group; the same object until something has changed. */
  readonly members: () => ReadonlyMap<string, GroupMembers>
  readonly setQuery: (query: string) => void
  readonly putDraft: (groupId: string, draft: GroupDraft | null) => void
}

const EMPTY: GroupsState = { query: '', drafts: new Map() }

/** The customer groups of a desk: which are shown, and what is being written about them. */
export const groupsOf = perDesk(createGroups)

function createGroups({ replica }: Desk): Groups {
  const { compare } = new Intl.Collator('sv')
  const index = createSortedIndex(replica, 'customer_group', ({ name }) => name, compare)
  const store = createStore<GroupsState>(() => EMPTY)
  onAnotherPerson(replica, () => store.setState(EMPTY))
  const revision = () => replica.store.getState().revision
  let found: { readonly key: string; readonly ids: readonly string[] } | null = null
  let counted: { readonly at: number; readonly of: ReadonlyMap<string, GroupMembers> } | null = null

  return {
    store,
    ids: () => {
      const { query } = store.getState()
      const key = `${revision()} ${query}`
      if (found?.key === key) return found.ids
      const ids = find(query)
      const before = found?.ids
      const isSame = before?.length === ids.length && ids.every((id, at) => id === before[at])
      found = { key, ids: isSame && before ? before : ids }
      return found.ids
    },
    members: () => {
      if (counted?.at !== revision()) counted = { at: revision(), of: count() }
      return counted.of
    },
    setQuery: (query) => store.setState({ query }),
    putDraft: (groupId, draft) =>
      store.setState(({ drafts }) => {
        const next = new Map(drafts)
        if (draft) next.set(groupId, draft)
        else next.delete(groupId)
        return { drafts: next }
      }),
  }

  function find(query: string): readonly string[] {
    const words = queryWords(query)
    if (words.length === 0) return index.ids()
    const groups = replica.all('customer_group')
    return index.ids().filter((id) => {
      const text = fold(`${id}\n${groups.get(id)?.name ?? ''}`)
      return words.every((word) => text.includes(word))
    })
  }

  function count(): ReadonlyMap<string, GroupMembers> {
    const members = new Map<string, { companies: number; people: number }>()
    const of = (groupId: string) => {
      const known = members.get(groupId) ?? { companies: 0, people: 0 }
      members.set(groupId, known)
      return known
    }
    const companies = replica.all('company')
    for (const { customerGroupId, status } of companies.values())
      if (status !== 'closed') of(customerGroupId).companies += 1
    for (const { customerGroupId, companyId, status } of replica.all('contact').values()) {
      const company = companies.get(companyId)
      const groupId = customerGroupId ?? company?.customerGroupId
      if (status === 'active' && company?.status !== 'closed' && groupId !== undefined)
        of(groupId).people += 1
    }
    return members
  }
}
