import type { Role } from '../../../domain/access/roles'
import { applyCommand } from './apply-command'
import {
  applyAcceptance,
  applyAnswer,
  applyExpiry,
  applySubmission,
  applyWithdrawal,
} from './apply-event'
import type { Act, Model, Person, Step } from './state'

/** What the documents say that becomes of an act, with nothing else going on. */
export function apply(model: Model, act: Act): Step {
  switch (act.kind) {
    case 'command':
      return applyCommand(model, act, rolesOf(model, act.person))
    case 'submit':
      return applySubmission(model, act)
    case 'withdraw':
      return applyWithdrawal(model, act)
    case 'accept':
      return applyAcceptance(model, act)
    case 'buyer':
      return applyAnswer(model, act)
    case 'expire':
      return applyExpiry(model)
  }
}

function rolesOf(model: Model, person: Person): readonly Role[] | null {
  switch (person) {
    case 'karin':
    case 'lars':
      return ['approver']
    case 'erik':
      return ['rep']
    case 'agneta':
      return ['agent']
    case 'adam':
      return ['admin']
    case 'tove':
      return model.tove.isActive && model.tove.isSignedIn ? model.tove.roles : null
  }
}

/**
 * An id is looked for only once something is in a command's way, and then one of another command that
 * is not committed yet is not found (docs/decisions/0012): what was in the way is then the answer.
 */
function refusedBeforeLookedUp(model: Model, act: Act, acts: readonly Act[]): string | null {
  if (act.kind !== 'command' || apply(model, act).answer !== 'command_id_reused') return null
  if (!acts.some((other) => other !== act && other.kind === 'command' && other.id === act.id))
    return null
  const { [act.id]: _, ...commands } = model.commands
  const { answer } = apply({ ...model, commands }, act)
  return answer.startsWith('ok') ? null : answer
}

/**
 * The models that some order of the acts leads to from one of those before, with just these answers;
 * none when no order explains them.
 */
export function explain(
  before: readonly Model[],
  acts: readonly Act[],
  answers: readonly string[],
): readonly Model[] {
  const after = new Map<string, Model>()
  const go = (model: Model, left: readonly number[]): void => {
    if (left.length === 0) after.set(JSON.stringify(model), model)
    for (const at of left) {
      const act = acts[at]
      if (!act) continue
      const rest = left.filter((other) => other !== at)
      const step = apply(model, act)
      // What somebody is at just then the job leaves for its next time.
      if (act.kind === 'expire' && acts.length > 1) go(model, rest)
      if (step.answer === answers[at]) go(step.model, rest)
      else if (refusedBeforeLookedUp(model, act, acts) === answers[at]) go(model, rest)
    }
  }
  for (const model of before)
    go(
      model,
      acts.map((_, at) => at),
    )
  return [...after.values()]
}
