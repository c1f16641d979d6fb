import type { Role } from '../../../domain/access/roles'
import { netOf, type Act, type Content, type Model } from './state'
import type { Person, Requisition, Step } from './state'

type Command = Extract<Act, { kind: 'command' }>

/** Erik’s limit lies between the two sizes of a document; nobody else has one. */
const mayApproveLarge = (person: Person) => person !== 'erik'

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
  const approvals =
    act.type === 'requisition.approve' ? approvalsAfter(requisition, act.person, roles) : null
  const why = whyNot(requisition, act, revision, approvals)
  return why === null ? decided(model, requisition, act, approvals) : refuse(why)
}

/** Who has approved when a person has; null where it is not theirs to approve now. */
function approvalsAfter(
  { contents, approvals }: Requisition,
  person: Person,
  roles: readonly Role[],
): readonly Person[] | null {
  if (contents.at(-1) !== 'in steps') return [person]
  const isApprover = roles.includes('approver')
  if (approvals.length > 0) return isApprover ? [...approvals, person] : null
  // Karin is one of those who come first, and an approver: she goes on.
  if (person === 'karin') return ['karin', 'karin']
  return person === 'erik' ? ['erik'] : null
}

/** Whether these are all that a document wants. */
function isApproved({ contents }: Requisition, approvals: readonly Person[]): boolean {
  return approvals.length === (contents.at(-1) === 'in steps' ? 2 : 1)
}

/** The refusal that comes first, or null. */
function whyNot(
  requisition: Requisition,
  act: Command,
  revision: number,
  approvals: readonly Person[] | null,
): string | null {
  const { state, claimedBy, contents } = requisition
  if (state !== 'submitted' && state !== 'in_review') return 'already_decided'
  if ('revision' in act.payload && revision !== requisition.revision) return 'stale_version'
  const isLarge = contents.at(-1) !== 'small'
  if (act.type === 'requisition.release' && claimedBy === null) return 'wrong_state'
  if (!['requisition.claim', 'requisition.release'].includes(act.type)) {
    if (claimedBy !== null && claimedBy !== act.person) return 'claimed_by_other'
    if (act.type === 'requisition.approve') {
      if (approvals === null) return 'not_your_step'
      if (isLarge && isApproved(requisition, approvals) && !approvals.some(mayApproveLarge))
        return 'above_limit'
    }
  }
  const { expectedVersion } = act
  if (expectedVersion !== null && expectedVersion !== requisition.version) return 'stale_version'
  return act.type === 'requisition.approve' && hasSeenAnother(act, contents.at(-1))
    ? 'figures_changed'
    : null
}

function hasSeenAnother({ payload }: Command, content: Content | undefined): boolean {
  const { net } = payload['seen'] as { readonly net: number }
  return content === undefined || net !== netOf[content]
}

function decided(
  model: Model,
  before: Requisition,
  act: Command,
  approvals: readonly Person[] | null,
): Step {
  const version = before.version + 1
  const to = (what: string, change: Partial<Requisition>, told: readonly string[] = []): Step => ({
    answer: `ok ${version}`,
    model: {
      ...model,
      requisition: { ...before, ...change, version },
      happened: [...model.happened, `requisition.${what} ${version}`],
      told: [...model.told, ...told.map((type) => `requisition.${type} ${before.revision}`)],
    },
  })
  switch (act.type) {
    case 'requisition.claim':
      return to('claimed', { state: 'in_review', claimedBy: act.person })
    case 'requisition.release':
      return to('released', { claimedBy: null })
    case 'requisition.approve':
      return approvals && isApproved(before, approvals)
        ? to('approved', { state: 'ordered', claimedBy: null, approvals }, ['ordered'])
        : to('step_approved', { state: 'in_review', claimedBy: null, approvals: approvals ?? [] })
    case 'requisition.reject':
      return to('rejected', { state: 'rejected', claimedBy: null }, ['rejected'])
    case 'requisition.return':
      return to('returned', { state: 'returned', claimedBy: null }, ['returned'])
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
