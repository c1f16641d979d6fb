import type { Role } from '../../../domain/access/roles'
import { changed, firstOf, isSameMaterial, netOf, secondNet, type Said } from './said'
import { currentOf, type Act, type Model, type Requisition, type Step } from './state'
import {
  askedOf,
  demandedOf,
  isWithinLimit,
  maySkip,
  setsNoCut,
  stepsAfter,
  stepsFor,
  stepsWithout,
} from './steps'

type Command = Extract<Act, { kind: 'command' }>

export function applyCommand(model: Model, act: Command, roles: readonly Role[] | null): Step {
  const refuse = (answer: string): Step => ({ answer, model })
  if (!roles) return refuse('session_expired')
  const said = JSON.stringify([
    act.person,
    act.type,
    act.about,
    act.expectedVersion,
    { ...act.payload, password: null },
  ])
  const earlier = model.commands[act.id]
  if (earlier) return refuse(earlier.said === said ? earlier.answer : 'command_id_reused')
  const step = act.type.startsWith('user.')
    ? changeUser(model, act, roles)
    : changeRequisition(model, act, roles)
  if (!step.answer.startsWith('ok')) return refuse(step.answer)
  const commands = { ...model.commands, [act.id]: { said, answer: step.answer } }
  return { ...step, model: { ...step.model, commands } }
}

function changeRequisition(model: Model, act: Command, roles: readonly Role[]): Step {
  const refuse = (answer: string): Step => ({ answer, model })
  const isReading = act.type === 'requisition.mark_read'
  const allowed: readonly Role[] = isReading ? ['rep', 'approver', 'admin'] : ['rep', 'approver']
  if (!roles.some((role) => allowed.includes(role))) return refuse('forbidden')
  const { requisition } = model
  // The company is Erik's account; another rep does not see it.
  const seesIt =
    roles.includes('approver') ||
    roles.includes('admin') ||
    (roles.includes('rep') && act.person === 'erik')
  if (!requisition || !seesIt) return refuse('not_found')
  const revision = Number(act.payload['revision'])
  if (isReading) {
    const marks = {
      ...model.marks,
      [act.person]: Math.max(revision, model.marks[act.person] ?? 0),
    }
    return { answer: `ok ${requisition.version}`, model: { ...model, marks } }
  }
  if (!roles.includes('approver') && act.person !== 'erik') return refuse('forbidden')
  const why = whyNot(requisition, act, revision, roles)
  return why === null ? decided(model, requisition, act, roles) : refuse(why)
}

/** The refusal that comes first, or null. */
function whyNot(
  requisition: Requisition,
  act: Command,
  revision: number,
  roles: readonly Role[],
): string | null {
  const { state, claimedBy, revisions } = requisition
  const says = currentOf(requisition)
  const isRevival = act.type === 'requisition.revive'
  if (isRevival && state !== 'expired') return 'wrong_state'
  if (!isRevival && state !== 'submitted' && state !== 'in_review') return 'already_decided'
  if ('revision' in act.payload && revision !== revisions.length) return 'stale_version'
  if (act.type === 'requisition.release' && claimedBy === null) return 'wrong_state'
  if (!['requisition.claim', 'requisition.release', 'requisition.revive'].includes(act.type)) {
    if (claimedBy !== null && claimedBy !== act.person) return 'claimed_by_other'
    if (act.type === 'requisition.approve' && !isOfPart(act)) {
      const taken = stepsAfter(requisition, act, roles)
      if (typeof taken === 'string') return taken
    }
    if (act.type === 'requisition.skip_step' && !maySkip(requisition, act, roles)) {
      return 'cannot_skip'
    }
  }
  const { expectedVersion } = act
  if (expectedVersion !== null && expectedVersion !== requisition.version) return 'stale_version'
  if (act.type === 'requisition.split' || isOfPart(act)) {
    const isAsked = requisition.steps.some(({ by, skipped }) => by === 'buyer' && skipped === null)
    if (isOfPart(act) && isAsked) return 'customer_approves'
    if (!says.hasSecond) return 'invalid'
    if (act.type === 'requisition.split') return null
    const part = partOf(requisition, act)
    const taken = stepsAfter(part, act, roles)
    if (typeof taken === 'string') return taken
    return hasSeenAnother(act, currentOf(part)) ? 'figures_changed' : null
  }
  if (act.type === 'requisition.approve' && hasSeenAnother(act, says)) return 'figures_changed'
  // Who says a price again that somebody has set already sets none.
  const cuts = act.change === 'cut' && says.set !== 'cut'
  return cuts && setsNoCut.includes(act.person) ? 'beyond_price_limit' : null
}

function hasSeenAnother({ payload }: Command, says: Said): boolean {
  const { net } = payload['seen'] as { readonly net: number }
  return net !== netOf(says)
}

/** Whether it is an approval of the first line alone. */
function isOfPart({ type, payload }: Command): boolean {
  return type === 'requisition.approve' && 'lines' in payload
}

/** What is left of a requisition when its second line is split off, in its next version. */
function partOf(before: Requisition, { when }: Command): Requisition {
  const says = currentOf(before)
  const first = firstOf(says)
  const demanded = demandedOf(says, before.whole)
  const whole = { others: (before.whole?.others ?? 0) + secondNet, ...demanded }
  return {
    ...before,
    version: before.version + 1,
    revisions: [...before.revisions, first],
    steps: stepsFor(first, whole),
    rests: [...before.rests, { isAsked: demanded.inSteps || demanded.bought }],
    whole,
    revised: when,
  }
}

function split(model: Model, before: Requisition, act: Command): Step {
  const requisition = partOf(before, act)
  const { version, revisions } = requisition
  return {
    answer: `ok ${version}`,
    model: {
      ...model,
      requisition,
      happened: [...model.happened, `requisition.split ${version}`],
      told: [
        ...model.told,
        `requisition.split ${revisions.length}`,
        ...askedOf(before, requisition).map((type) => `requisition.${type} ${revisions.length}`),
      ],
    },
  }
}

function decided(model: Model, before: Requisition, act: Command, roles: readonly Role[]): Step {
  const version = before.version + 1
  const to = (what: string, change: Partial<Requisition>, told: readonly string[] = []): Step => {
    const requisition = { ...before, ...change, version }
    const revision = requisition.revisions.length
    const asked = askedOf(before, requisition)
    return {
      answer: `ok ${version}`,
      model: {
        ...model,
        requisition,
        happened: [...model.happened, `requisition.${what} ${version}`],
        told: [
          ...model.told,
          ...[...told, ...asked].map((type) => `requisition.${type} ${revision}`),
        ],
      },
    }
  }
  if (act.type === 'requisition.split') return split(model, before, act)
  if (isOfPart(act)) {
    const { model: after } = split(model, before, act)
    const { lines: _lines, ...payload } = act.payload
    if (!after.requisition) throw new Error('What was split is there.')
    return decided(after, after.requisition, { ...act, payload }, roles)
  }
  const says = currentOf(before)
  const next = changed(says, act.change ?? 'comment')
  switch (act.type) {
    case 'requisition.claim':
      return to('claimed', { state: 'in_review', claimedBy: act.person })
    case 'requisition.release':
      return to('released', { claimedBy: null })
    case 'requisition.approve': {
      const taken = stepsAfter(before, act, roles)
      if (typeof taken === 'string') throw new Error(`It was refused: ${taken}.`)
      const steps = before.steps.length > 0 ? taken.steps : []
      return taken.isOrdered
        ? to('approved', { state: 'ordered', claimedBy: null, steps }, ['ordered'])
        : to('step_approved', { state: 'in_review', claimedBy: null, steps })
    }
    case 'requisition.reject':
      return to('rejected', { state: 'rejected', claimedBy: null }, ['rejected'])
    case 'requisition.return': {
      const isBinding = isWithinLimit(before, next, act.person)
      const proposal = act.change && { says: next, by: act.person, isBinding }
      const change = { state: 'returned', claimedBy: null, proposal, returned: act.when } as const
      return to('returned', change, ['returned'])
    }
    case 'requisition.skip_step': {
      const steps = stepsWithout(before.steps, Number(act.payload['step']), act.when)
      return to('step_skipped', { state: 'in_review', steps })
    }
    case 'requisition.edit': {
      const revisions: Requisition['revisions'] = [...before.revisions, next]
      if (isSameMaterial(says, next)) return to('edited', { revisions })
      const others = before.authors.filter((author) => author !== act.person)
      return to('edited', {
        revisions,
        steps: stepsFor(next, before.whole),
        revised: act.when,
        authors: [...others, act.person],
      })
    }
    case 'requisition.revive': {
      // It waits as if it had just come in, at the same prices; who has made it what it is still has.
      const revisions: Requisition['revisions'] = [...before.revisions, says]
      const steps = stepsFor(says, before.whole)
      const change = { state: 'submitted', claimedBy: null, revisions, steps } as const
      return to('revived', { ...change, revised: act.when, rejectedBy: null }, ['received'])
    }
    default:
      throw new Error(`The model knows no ${act.type}.`)
  }
}

function changeUser(model: Model, act: Command, roles: readonly Role[]): Step {
  const refuse = (answer: string): Step => ({ answer, model })
  if (!roles.includes('admin')) return refuse('forbidden')
  const { tove, happened } = model
  if (act.type === 'user.create') {
    const name = String(act.payload['username'])
    // There is but one id for users to be, whatever they are called.
    if (model.created.length > 0) return refuse('already_exists')
    return {
      answer: 'ok 1',
      model: { ...model, created: [name], happened: [...happened, 'user.created 1'] },
    }
  }
  if (act.expectedVersion !== null && act.expectedVersion !== tove.version)
    return refuse('stale_version')
  const version = tove.version + 1
  const to = (what: string, change: Partial<Model['tove']>): Step => ({
    answer: `ok ${version}`,
    model: {
      ...model,
      tove: { ...tove, ...change, version },
      happened: [...happened, `user.${what} ${version}`],
    },
  })
  switch (act.type) {
    case 'user.update':
      return to('updated', { roles: act.payload['roles'] as readonly Role[] })
    case 'user.disable':
      return to('disabled', { isActive: false, isSignedIn: false })
    case 'user.enable':
      return to('enabled', { isActive: true })
    case 'user.set_password':
      return to('password_set', { isSignedIn: false })
    default:
      throw new Error(`The model knows no ${act.type}.`)
  }
}
