import type { CommandPayload } from '../../../contract/commands'
import type { QueryParams } from '../../../contract/queries'
import { policyProblems } from '../../../domain/approval/check-policy'
import type { PolicyPeople, PolicyProblem } from '../../../domain/approval/check-policy'
import type { ApprovalRule } from '../../../domain/approval/policy'
import type { Desk } from '../../desk'
import { ask } from '../../services/queries'
import { canReachGateway, signedInUser } from '../../state/console'
import { countChanges, rebase, rulesOfEntries } from './draft'
import { entriesOf, isDirty, POLICY, RULES, rulesOf } from './rules'
import type { Entry, KnownPolicy } from './rules'
import { trialDays } from './trial-days'

/** The users whom steps can be given to, as the check of rules wants them. */
export function peopleOf({ replica }: Desk): PolicyPeople {
  return replica.all('user')
}

/** Asks for the rules in force. What is being written is kept, and laid over them. */
export async function refreshRules(desk: Desk): Promise<void> {
  const { store } = rulesOf(desk)
  const { isAsking, owner, known } = store.getState()
  if (isAsking || !canReachGateway(desk.console.getState())) return
  store.setState({ isAsking: true, failure: null })
  const answer = await ask(desk, 'policy.get', {})
  if (store.getState().owner !== owner) return
  store.setState({ isAsking: false })
  if (!answer.ok) store.setState({ failure: answer.error })
  // What was put in force meanwhile, or is about to be, is newer than this answer.
  else if (store.getState().known === known && !store.getState().isBusy) takeIn(desk, answer.value)
}

/** Takes rules as they are in force now, and tells where they and what was written do not go together. */
function takeIn(desk: Desk, policy: KnownPolicy): void {
  const { store } = rulesOf(desk)
  const state = store.getState()
  const { known } = state
  if (known?.version === policy.version) {
    // The rules stay the ones that drafts began from; article groups may have got other names.
    store.setState({ known: { ...known, articleGroups: policy.articleGroups } })
    return
  }
  if (known === null || !isDirty(state)) {
    store.setState({ known: policy, entries: entriesOf(policy.rules) })
    return
  }
  const { entries, conflicts } = rebase(known.rules, state.entries, policy.rules)
  const isLeft = isDirty({ known: policy, entries })
  store.setState({
    known: policy,
    entries,
    conflict: isLeft ? { by: policy.setBy, at: policy.setAt, ruleIds: conflicts } : null,
    problem: null,
  })
}

/** Everything wrong with the rules that can be read, by what the working set knows of the users. */
export function problemsOf(
  entries: readonly Entry[],
  people: PolicyPeople,
): readonly PolicyProblem[] {
  return policyProblems({ rules: entries.flatMap(({ rule }) => (rule ? [rule] : [])) }, people)
}

/** Puts all that is written in force. What keeps it from that is shown at the rules. */
export async function putInForce(desk: Desk): Promise<void> {
  const { store } = rulesOf(desk)
  const state = store.getState()
  const { known, entries, owner } = state
  if (state.isBusy || known === null || !isDirty(state)) return
  if (state.conflict !== null && state.conflict.ruleIds.length > 0) return
  const rules = rulesOfEntries(entries)
  const faulty = rules
    ? problemsOf(entries, peopleOf(desk))[0]?.ruleId
    : entries.find(({ rule }) => rule === null)?.id
  if (rules === null || faulty !== undefined) return fail(desk, { kind: 'unsound' }, faulty)
  store.setState({ isBusy: true, isTried: true, problem: null, refused: null })
  const result = await desk.commands.send({
    type: 'policy.set',
    aggregateId: POLICY,
    expectedVersion: known.version,
    payload: { rules: rules as CommandPayload<'policy.set'>['rules'] },
  })
  if (store.getState().owner !== owner) return
  store.setState({ isBusy: false })
  switch (result.kind) {
    case 'accepted':
      accept(desk, known, entries, { rules, version: result.version })
      return
    case 'offline':
      return fail(desk, { kind: 'offline' })
    case 'refused': {
      const { code, details } = result.error
      if (code === 'stale_version') {
        await refreshRules(desk)
        // What holds now could not be had.
        if (stateOf(desk).known === known) fail(desk, { kind: 'refused', error: result.error })
        return
      }
      const problems = code === 'policy_unsound' ? (details['problems'] as PolicyProblem[]) : null
      if (!problems) return fail(desk, { kind: 'refused', error: result.error })
      store.setState({ refused: { problems, of: store.getState().entries } })
      return fail(desk, { kind: 'unsound' }, problems[0]?.ruleId)
    }
    // It never waits in the outbox, and nobody hears the answer once the session has ended.
    case 'queued':
    case 'unanswered':
  }
}

function accept(
  desk: Desk,
  known: KnownPolicy,
  sent: readonly Entry[],
  { rules, version }: { readonly rules: readonly ApprovalRule[]; readonly version: number },
): void {
  const count = countChanges(known.rules, sent)
  const setBy = signedInUser(desk.console.getState())?.displayName ?? null
  rulesOf(desk).store.setState({
    known: { ...known, version, rules, setBy, setAt: new Date(desk.clock.now()).toISOString() },
    entries: entriesOf(rules),
    conflict: null,
    isTried: false,
    problem: null,
  })
  desk.toasts.tell({
    meaning: 'good',
    text: ({ t }) => (count === 0 ? t('rules.orderInForce') : t('rules.inForce', { count })),
    action: null,
  })
}

/** An attempt that came to nothing; the rule that is the first reason is gone to. */
function fail(
  desk: Desk,
  problem: NonNullable<ReturnType<typeof stateOf>['problem']>,
  ruleId?: string,
): void {
  const isElsewhere =
    ruleId !== undefined && desk.navigation.store.getState().selected[RULES] !== ruleId
  if (isElsewhere) desk.navigation.select(RULES, ruleId)
  rulesOf(desk).store.setState({
    wanted: isElsewhere ? { ruleId, because: 'fault' } : null,
    isTried: true,
    failures: stateOf(desk).failures + 1,
    problem,
  })
}

function stateOf(desk: Desk) {
  return rulesOf(desk).store.getState()
}

/** What the rules as they are written would have made of what came in. */
export async function tryRules(desk: Desk): Promise<void> {
  const { store } = rulesOf(desk)
  const { entries, trial, owner } = store.getState()
  const days = trialDays(desk, trial)
  const rules = rulesOfEntries(entries)
  if (trial.answer.kind === 'asking' || days.problem !== null || rules === null) return
  const { from, to } = days
  const put = (answer: typeof trial.answer) =>
    store.setState((state) => ({ trial: { ...state.trial, answer } }))
  put({ kind: 'asking' })
  const params: QueryParams<'policy.try'> = {
    rules: rules as QueryParams<'policy.try'>['rules'],
    from,
    to,
  }
  const answer = await ask(desk, 'policy.try', params)
  if (store.getState().owner !== owner) return
  put(
    answer.ok
      ? { kind: 'done', result: answer.value, of: entries, from, to }
      : { kind: 'failed', error: answer.error },
  )
}
