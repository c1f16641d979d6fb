import type { Act, Model, Requisition, Step } from './state'

type Submission = Extract<Act, { kind: 'submit' }>
type Withdrawal = Extract<Act, { kind: 'withdraw' }>

export function applySubmission(model: Model, act: Submission): Step {
  return once(model, act, () => {
    const { requisition } = model
    const refuse = (answer: string): Step => ({ answer, model })
    if (requisition && act.revision <= requisition.revision) {
      return requisition.contents[act.revision - 1] === act.content
        ? { answer: receipt(requisition), model }
        : refuse('revision_changed')
    }
    const next = (requisition?.revision ?? 0) + 1
    if (act.revision !== next) return refuse('revision_not_next')
    if (requisition && requisition.state !== 'returned') return refuse('not_returned')
    const received: Model = {
      ...model,
      requisition: {
        state: 'submitted',
        revision: next,
        version: (requisition?.version ?? 0) + 1,
        claimedBy: null,
        approvals: [],
        contents: [...(requisition?.contents ?? []), act.content],
      },
      happened: [...model.happened, `requisition.submitted ${(requisition?.version ?? 0) + 1}`],
      told: [...model.told, `requisition.received ${next}`],
    }
    return act.content === 'orders itself' ? ordered(received) : step(received)
  })
}

/** Nobody has to decide: it is ordered in the same breath. */
function ordered(model: Model): Step {
  const { requisition } = model
  if (!requisition) throw new Error('Nothing was received.')
  const version = requisition.version + 1
  return step({
    ...model,
    requisition: { ...requisition, state: 'ordered', version },
    happened: [...model.happened, `requisition.approved ${version}`],
    told: [...model.told, `requisition.ordered ${requisition.revision}`],
  })
}

export function applyWithdrawal(model: Model, act: Withdrawal): Step {
  return once(model, act, () => {
    const { requisition } = model
    if (!requisition) return { answer: 'unknown_document', model }
    if (requisition.state === 'withdrawn') return { answer: receipt(requisition), model }
    if (requisition.state === 'ordered' || requisition.state === 'rejected')
      return { answer: 'already_decided', model }
    const version = requisition.version + 1
    return step({
      ...model,
      requisition: { ...requisition, state: 'withdrawn', claimedBy: null, version },
      happened: [...model.happened, `requisition.withdrawn ${version}`],
      told: [...model.told, `requisition.withdrawn ${requisition.revision}`],
    })
  })
}

/** The same event again is answered with the first receipt; the same id otherwise is refused. */
function once(model: Model, act: Submission | Withdrawal, receive: () => Step): Step {
  const { id, ...what } = act
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
  return `ok ${requisition?.state} ${requisition?.revision}`
}
