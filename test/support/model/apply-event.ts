import { isSameDocument, isSameMaterial, priceOf, saidIn, type Said } from './said'
import { currentOf, type Act, type Model, type Requisition, type Step, type When } from './state'
import { askedOf, awaitsBuyer, stepsAfterBuyer, stepsFor } from './steps'

type Submission = Extract<Act, { kind: 'submit' }>
type Withdrawal = Extract<Act, { kind: 'withdraw' }>
type Acceptance = Extract<Act, { kind: 'accept' }>
type Answer = Extract<Act, { kind: 'buyer' }>

export function applySubmission(model: Model, act: Submission): Step {
  return once(model, act, () => {
    const { requisition } = model
    const refuse = (answer: string): Step => ({ answer, model })
    const says = saidIn(act.content, act.revision)
    const earlier = requisition?.revisions[act.revision - 1]
    if (requisition && earlier) {
      return isSameDocument(earlier, says)
        ? { answer: receipt(requisition), model }
        : refuse('revision_changed')
    }
    if (act.revision !== (requisition?.revisions.length ?? 0) + 1) {
      return refuse('revision_not_next')
    }
    if (requisition && requisition.state !== 'returned') return refuse('not_returned')
    return received(model, 'submitted', says, { authors: [], received: act.when })
  })
}

export function applyAcceptance(model: Model, act: Acceptance): Step {
  return once(model, act, () => {
    const { requisition } = model
    const refuse = (answer: string): Step => ({ answer, model })
    if (!requisition) return refuse('unknown_document')
    if (requisition.accepted.includes(act.revision)) {
      return { answer: receipt(requisition), model }
    }
    const { revisions, proposal, authors } = requisition
    if (act.revision !== revisions.length) return refuse('revision_not_current')
    if (requisition.state !== 'returned' || !proposal) return refuse('nothing_to_accept')
    const { says, by } = proposal
    const others = authors.filter((author) => author !== by)
    return received(
      model,
      'accepted',
      // What was set by hand stays set by hand.
      { ...says, contact: act.contact, shown: says.set ? says.shown : priceOf(says) },
      {
        proposal,
        authors: isSameMaterial(currentOf(requisition), says) ? authors : [...others, by],
        accepted: [...requisition.accepted, act.revision],
        received: act.when,
      },
    )
  })
}

/** A revision of the customer's, and its order where nobody has to decide. */
function received(
  model: Model,
  how: 'submitted' | 'accepted',
  says: Said,
  { proposal = null, ...rest }: Pick<Requisition, 'authors' | 'received'> & Partial<Requisition>,
): Step {
  const before = model.requisition
  const version = (before?.version ?? 0) + 1
  const requisition: Requisition = {
    accepted: before?.accepted ?? [],
    rests: before?.rests ?? [],
    whole: before?.whole ?? null,
    ...rest,
    state: 'submitted',
    version,
    claimedBy: null,
    revisions: before ? [...before.revisions, says] : [says],
    steps: stepsFor(says, before?.whole),
    proposal: null,
    rejectedBy: null,
    returned: 'now',
    revised: null,
  }
  const revision = requisition.revisions.length
  const taken: Model = {
    ...model,
    requisition,
    happened: [...model.happened, `requisition.${how} ${version}`],
    told: [
      ...model.told,
      `requisition.received ${revision}`,
      ...(awaitsBuyer(requisition) ? [`requisition.awaits_buyer ${revision}`] : []),
    ],
  }
  // Of a part sent anew somebody has begun to decide.
  const isAskedOf = how === 'submitted' ? requisition.whole !== null : proposal?.isBinding !== true
  if (says.contact !== 'olle' || requisition.steps.length > 0 || isAskedOf) return step(taken)
  return step({
    ...taken,
    requisition: { ...requisition, state: 'ordered', version: version + 1 },
    happened: [...taken.happened, `requisition.approved ${version + 1}`],
    told: [...taken.told, `requisition.ordered ${revision}`],
  })
}

export function applyWithdrawal(model: Model, act: Withdrawal): Step {
  return once(model, act, () => {
    const { requisition } = model
    if (!requisition) return { answer: 'unknown_document', model }
    if (requisition.state === 'withdrawn') return { answer: receipt(requisition), model }
    return isOpen(requisition)
      ? step(ended(model, requisition, 'withdrawn'))
      : { answer: 'already_decided', model }
  })
}

/** Somebody of the customer's who is asked to approve says so, or no. Of the two Olle may order. */
export function applyAnswer(model: Model, act: Answer): Step {
  return once(model, act, () => {
    const { requisition } = model
    const refuse = (answer: string): Step => ({ answer, model })
    if (!requisition) return refuse('unknown_document')
    const { contact, says, when } = act
    const revision = requisition.revisions.length
    if (act.revision !== revision) return refuse('approval_of_other_revision')
    const hasSaid =
      says === 'rejected'
        ? requisition.rejectedBy === contact
        : requisition.steps.some(({ by, approval }) => by === 'buyer' && approval?.by === contact)
    if (hasSaid) return { answer: receipt(requisition), model }
    if (requisition.state !== 'submitted' && requisition.state !== 'in_review') {
      return refuse('no_longer_open')
    }
    if (!awaitsBuyer(requisition)) return refuse('no_buyer_asked')
    if (contact !== 'olle') return refuse('may_not_order')
    const version = requisition.version + 1
    const to = (what: string, change: Partial<Requisition>, told: readonly string[]): Step => {
      const after = { ...requisition, ...change, version }
      const asked = askedOf(requisition, after)
      return step({
        ...model,
        requisition: after,
        happened: [...model.happened, `requisition.${what} ${version}`],
        told: [
          ...model.told,
          ...[...asked, ...told].map((type) => `requisition.${type} ${revision}`),
        ],
      })
    }
    if (says === 'rejected') {
      const over = { state: 'rejected', claimedBy: null, rejectedBy: contact } as const
      return to('rejected', over, ['rejected'])
    }
    const { steps, isOrdered } = stepsAfterBuyer(requisition, contact, when)
    return isOrdered
      ? to('approved', { state: 'ordered', claimedBy: null, steps }, ['ordered'])
      : to('step_approved', { state: 'in_review', steps }, [])
  })
}

/** What time does to it, whoever asks. */
export function applyExpiry(model: Model): Step {
  const { requisition } = model
  const isDue = requisition && isOpen(requisition) && waitingSince(requisition) === 'long ago'
  return { answer: 'ok', model: isDue ? ended(model, requisition, 'expired') : model }
}

/** For what it waits for now: the customer since it was returned, a step since the last one or change. */
function waitingSince({ state, received, revised, returned, steps }: Requisition): When {
  if (state === 'returned') return returned
  const isLately = [
    received,
    revised,
    ...steps.flatMap(({ approval, skipped }) => [approval?.given, skipped]),
  ].includes('now')
  return isLately ? 'now' : 'long ago'
}

function isOpen({ state }: Requisition): boolean {
  return state === 'submitted' || state === 'in_review' || state === 'returned'
}

function ended(model: Model, before: Requisition, state: 'withdrawn' | 'expired'): Model {
  const version = before.version + 1
  return {
    ...model,
    requisition: { ...before, state, claimedBy: null, version },
    happened: [...model.happened, `requisition.${state} ${version}`],
    told: [...model.told, `requisition.${state} ${before.revisions.length}`],
  }
}

/** The same event again is answered with the first receipt; the same id otherwise is refused. */
function once(
  model: Model,
  act: Submission | Withdrawal | Acceptance | Answer,
  receive: () => Step,
): Step {
  const { id, when: _when, ...what } = act
  const said = JSON.stringify(what)
  const earlier = model.events[id]
  if (earlier) return { answer: earlier.said === said ? earlier.answer : 'event_id_reused', model }
  const received = receive()
  if (!received.answer.startsWith('ok')) return received
  const events = { ...model.events, [id]: { said, answer: received.answer } }
  return { ...received, model: { ...received.model, events } }
}

function step(model: Model): Step {
  return { answer: receipt(model.requisition), model }
}

function receipt(requisition: Requisition | null): string {
  return `ok ${requisition?.state} ${requisition?.revisions.length}`
}
