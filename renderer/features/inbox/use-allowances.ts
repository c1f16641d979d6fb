import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { CustomerGroup } from '../../../domain/company'
import { periodStart } from '../../../domain/requisition/decision-reasons'
import type { CalendarDate, MinorUnits } from '../../../domain/units'
import type { Refusal } from '../../../contract/refusal'
import { useConsole, useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { allowancesOf, type Allowances } from '../../state/allowances'
import { canReachGateway } from '../../state/console'
import type { Delta } from '../../state/replica'

/** What is used of limits, as far as it is known here. */
export interface UsedOfLimits {
  readonly today: CalendarDate
  /** `known` also while it is asked for anew. What is told beside the others may be older. */
  readonly kind: 'asking' | 'known' | 'offline' | 'failed'
  /** The last answer, of this company; null until there is one. */
  readonly told: Allowances | null
  readonly error: Refusal | null
  readonly again: () => void
}

/** Who goes through the list by keys asks for what they stop at, in milliseconds. */
const PAUSE = 80

/**
 * Asks the gateway what a company's people have used of their limits: when the company is shown, when an
 * order of theirs, its people or their groups have changed, on another day, and when contact is back.
 * @param isWanted false asks nothing
 */
export function useAllowances(companyId: string, isWanted: boolean): UsedOfLimits {
  const desk = useDesk()
  const { formats } = useTexts()
  const today = formats.dateOf(useNow())
  const store = allowancesOf(desk)
  const isReachable = useConsole(canReachGateway)
  const told = useStore(store, ({ byCompany }) => byCompany.get(companyId) ?? null)
  const companyVersion = useReplica(({ replica }) => replica.versionOf('company', companyId))
  const [asked, setAsked] = useState(0)
  const [failed, setFailed] = useState<{ companyId: string; error: Refusal } | null>(null)

  useEffect(() => {
    if (!isWanted) return undefined
    return desk.replica.observe((deltas) => {
      if (deltas === null || deltas.some((delta) => concerns(delta, companyId)))
        setAsked((count) => count + 1)
    })
  }, [desk, companyId, isWanted])

  useEffect(() => {
    if (!isWanted || !isReachable) return undefined
    let isMeant = true
    const timer = setTimeout(() => {
      void ask(desk, 'company.allowances', { companyId }).then((outcome) => {
        if (!isMeant) return
        setFailed(outcome.ok ? null : { companyId, error: outcome.error })
        if (!outcome.ok) return
        const { byCompany } = store.getState()
        store.setState({ byCompany: new Map(byCompany).set(companyId, outcome.value) })
      })
    }, PAUSE)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [desk, store, companyId, companyVersion, today, asked, isReachable, isWanted])

  const error = failed?.companyId === companyId ? failed.error : null
  const kind = !isReachable ? 'offline' : error ? 'failed' : told ? 'known' : 'asking'
  return { today, kind, told, error, again: () => setAsked((count) => count + 1) }
}

function concerns(delta: Delta, companyId: string): boolean {
  switch (delta.kind) {
    case 'customer_group':
      return true
    case 'order':
    case 'contact':
      return (delta.after ?? delta.before)?.companyId === companyId
    default:
      return false
  }
}

/**
 * What a contact has used of their group's limit in the present period; null where it is not known, or
 * was told of another limit or another period than the present one.
 */
export function usedBy(
  contactId: string,
  { orderLimit: { period, currency } }: CustomerGroup,
  { told, today }: Pick<UsedOfLimits, 'told' | 'today'>,
): MinorUnits | null {
  const found = told?.contacts.find((one) => one.contactId === contactId)
  if (!told || !found || found.period !== period || found.currency !== currency) return null
  return periodStart(told.today, period) === periodStart(today, period) ? found.used : null
}
