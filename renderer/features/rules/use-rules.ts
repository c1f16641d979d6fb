import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import type { PolicyProblem } from '../../../domain/approval/check-policy'
import type { Desk } from '../../desk'
import { useConsole, useDesk, useOwnUser, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import type { PolicyNames } from '../../wording/policy'
import { rulesNames, rulesOf } from './rules'
import type { RulesState } from './rules'
import { peopleOf, problemsOf, refreshRules } from './save-rules'

export function useRules<T>(select: (state: RulesState) => T): T {
  return useStore(rulesOf(useDesk()).store, select)
}

/** Asks for the rules in force when the screen is opened and whenever the line is back. */
export function useRulesInForce(): void {
  const desk = useDesk()
  const isReachable = useConsole(canReachGateway)
  useEffect(() => {
    if (isReachable) refreshRules(desk).catch(desk.report)
  }, [desk, isReachable])
}

/** Whether who looks may change rules, or only see and try them. */
export function useMaySet(): boolean {
  const user = useOwnUser()
  return user !== null && mayDo(user, 'set_policy')
}

/** Names of users, customer groups and article groups, new ones whenever one of them may have another. */
export function usePolicyNames(): PolicyNames {
  const desk = useDesk()
  const key = useReplica(namesKey)
  const known = useRules((state) => state.known)
  const { language } = useTexts()
  // oxlint-disable-next-line react/exhaustive-deps -- the names are read where they are asked for
  return useMemo(() => rulesNames(desk, known), [desk, key, known, language])
}

function namesKey({ replica }: Desk): string {
  const users = [...replica.all('user').values()].map(({ displayName }) => displayName)
  const groups = [...replica.all('customer_group').values()].map(({ name }) => name)
  return [...users, '', ...groups].join('\n')
}

function peopleKey({ replica }: Desk): string {
  return [...replica.all('user').values()]
    .map(({ id, roles, status }) => [id, status, ...roles].join(' '))
    .join('\n')
}

/** What is wrong with each rule: found here as one writes, or told by the gateway of these very rules. */
export function useRuleProblems(): ReadonlyMap<string, readonly PolicyProblem[]> {
  const desk = useDesk()
  const people = useReplica(peopleKey)
  const entries = useRules((state) => state.entries)
  const refused = useRules((state) => state.refused)
  return useMemo(() => {
    const found = problemsOf(entries, peopleOf(desk))
    const told = refused?.of === entries ? refused.problems : []
    const all = new Map<string, PolicyProblem[]>()
    const seen = new Set<string>()
    for (const problem of [...found, ...told]) {
      const key = JSON.stringify(problem)
      if (seen.has(key)) continue
      seen.add(key)
      all.set(problem.ruleId, [...(all.get(problem.ruleId) ?? []), problem])
    }
    return all
    // oxlint-disable-next-line react/exhaustive-deps -- people are read anew when their key differs
  }, [desk, people, entries, refused])
}
