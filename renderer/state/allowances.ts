import { createStore } from 'zustand/vanilla'
import type { QueryResult } from '../../contract/queries'
import { signedInUser } from './console'
import { perDesk } from './per-desk'

/** What a company's people have used of their limits for the period, as the gateway told it. */
export type Allowances = QueryResult<'company.allowances'>

/** What was last told of each company that was looked at, so that it is there without contact too. */
export const allowancesOf = perDesk(({ console }) => {
  const store = createStore<{ readonly byCompany: ReadonlyMap<string, Allowances> }>(() => ({
    byCompany: new Map(),
  }))
  console.subscribe((state, before) => {
    if (signedInUser(state)?.id !== signedInUser(before)?.id)
      store.setState({ byCompany: new Map() })
  })
  return store
})
