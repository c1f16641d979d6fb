import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { explain } from './apply'
import { factsOf, projected } from './facts'
import type { Hired, ModelHouse } from './house'
import type { Plan, Plot } from './plans'
import type { Running } from './running'
import type { Interleaving } from './turns'
import { changesOf, firstOf, netOf, piecesOf, saidIn, secondPieces } from './said'
import type { Change, Said } from './said'
import { beginning, currentOf, type Act, type Model, type Person } from './state'

interface Sent {
  readonly plan: Plan
  readonly act: Act
}

let histories = 0

/**
 * Run a plot on the real thing and look, after every batch, for an order of its acts by which the
 * model gives the very same answers; and in the end for a model that is what the database has.
 *
 * @param heard told how each batch's acts lay between one another, and what came of them
 * @returns what could not be explained, or null
 */
export async function runHistory(
  house: ModelHouse,
  plot: Plot,
  heard: (interleaving: Interleaving, said: readonly string[]) => void,
): Promise<string | null> {
  const isAboutTove = plot.some(({ plans }) =>
    plans.some((plan) => plan.kind === 'user' || ('person' in plan && plan.person === 'tove')),
  )
  histories += 1
  const running: Running = {
    documentId: randomUUID(),
    article: house.articleOf(histories),
    firstChange: v7({ msecs: Date.now() - 1_000 }),
    tove: isAboutTove ? await house.hireTove() : house.users.karin,
    newUserId: randomUUID(),
    requisitionId: randomUUID(),
    models: [beginning],
  }
  // What earlier histories left is done with, so that the job has this one alone to look at.
  if (plot.some(({ plans }) => plans.some(({ kind }) => kind === 'expire')))
    await house.keepDeadlines(0)
  const sent: Sent[] = []
  for (const [at, { plans, turns }] of plot.entries()) {
    const acts = plans.flatMap((plan): Sent[] => {
      const act = actOf(plan, running, sent)
      return act ? [{ plan, act }] : []
    })
    sent.push(...acts)
    const { results: answers, interleaving } = await house.inTurns(
      acts.map((one) => () => send(house, running, one)),
      turns,
    )
    const after = explain(
      running.models,
      acts.map(({ act }) => act),
      answers,
    )
    if (after.length === 0)
      return `batch ${at} has no order: ${JSON.stringify({ acts: acts.map(({ act }) => act), answers, before: running.models })}`
    const stateOf = ([model]: readonly Model[]) => model?.requisition?.state
    const became = stateOf(after) === stateOf(running.models) ? [] : [`became ${stateOf(after)}`]
    heard(interleaving, [
      ...acts.map(({ act }, nth) => wordsOf(act, answers[nth] ?? '')),
      ...became,
    ])
    running.models = after
    await findRequisition(house, running)
  }
  const facts = await factsOf(house, running, isAboutTove)
  const wanted = running.models.map((model) => projected(model, isAboutTove))
  return wanted.includes(facts)
    ? null
    : `the database has ${facts}, which is none of ${wanted.join(' or ')}`
}

function wordsOf(act: Act, answer: string): string {
  return `${act.kind === 'command' ? act.type : act.kind} ${answer.split(' ')[0]}`
}

function actOf(plan: Plan, { models, documentId }: Running, sent: readonly Sent[]): Act | null {
  const [model = beginning] = models
  const version = (current: number, by: number | null) =>
    by === null ? null : Math.max(0, current + by)
  const id = (number: number) => `${documentId.slice(0, 34)}${String(number + 10)}`
  const when = 'isLongAgo' in plan && plan.isLongAgo ? 'long ago' : 'now'
  switch (plan.kind) {
    case 'again': {
      const { act } = sent[plan.which % Math.max(1, sent.length)] ?? {}
      if (!act) return null
      return act.kind === 'command' && plan.person ? { ...act, person: plan.person } : act
    }
    case 'submit': {
      const revision = Math.max(1, (model.requisition?.revisions.length ?? 0) + 1 + plan.revision)
      return { kind: 'submit', id: id(plan.id), revision, content: plan.content, when }
    }
    case 'withdraw':
      return { kind: 'withdraw', id: id(plan.id), when }
    case 'accept': {
      const revision = Math.max(1, (model.requisition?.revisions.length ?? 1) + plan.revision)
      return { kind: 'accept', id: id(plan.id), revision, contact: plan.contact, when }
    }
    case 'buyer': {
      const revision = Math.max(1, (model.requisition?.revisions.length ?? 1) + plan.revision)
      const { contact, says } = plan
      return { kind: 'buyer', id: id(plan.id), revision, contact, says, when }
    }
    case 'expire':
      return { kind: 'expire' }
    case 'decide': {
      const revision = Math.max(1, (model.requisition?.revisions.length ?? 1) + plan.revision)
      const isMark = plan.type === 'mark_read'
      const change = changeOf(plan)
      const says = model.requisition ? currentOf(model.requisition) : saidIn('small', 1)
      return {
        kind: 'command',
        id: id(plan.id),
        person: plan.person,
        type: plan.type === 'approve_first' ? 'requisition.approve' : `requisition.${plan.type}`,
        about: 'requisition',
        expectedVersion: isMark ? null : version(model.requisition?.version ?? 1, plan.version),
        payload: payloadOf(plan, revision, says, change),
        change,
        when,
      }
    }
    case 'user': {
      const isNew = plan.type === 'create'
      return {
        kind: 'command',
        id: id(plan.id),
        person: plan.person,
        type: `user.${plan.type}`,
        about: isNew ? 'new user' : 'tove',
        expectedVersion: isNew ? null : version(model.tove.version, plan.version),
        payload: userPayloadOf(plan.type, plan.roles, documentId),
        change: null,
        when,
      }
    }
  }
}

type Decision = Extract<Plan, { kind: 'decide' }>
type Submission = Extract<Act, { kind: 'submit' }>

function changeOf({ type, change = null }: Decision): Change | null {
  if (type === 'edit') return change ?? 'comment'
  return type === 'return' ? change : null
}

function payloadOf(
  { type, step = 0 }: Decision,
  revision: number,
  says: Said,
  change: Change | null,
): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'claim':
    case 'release':
      return {}
    case 'reject':
      return { revision, reason: 'Utgår ur sortimentet.' }
    case 'return':
      return {
        revision,
        message: 'Färre, tack.',
        ...(change && { proposal: changesOf(change) }),
      }
    case 'edit':
      return {
        revision,
        changes: changesOf(change ?? 'comment'),
        internalComment: change === 'comment' ? 'Ring Anna.' : undefined,
      }
    case 'skip_step':
      return { revision, step, reason: 'Erik och Karin är borta.' }
    case 'approve':
      // Not what it is of by then, where the customer has answered meanwhile.
      return { revision, seen: { net: netOf(says), lines: {} } }
    case 'approve_first':
      return { revision, lines: ['1'], seen: { net: netOf(firstOf(says)), lines: {} } }
    case 'split':
      return { revision, lines: ['1'] }
    default:
      return { revision }
  }
}

const password = 'granit lampa kvarn 7'

function userPayloadOf(type: string, roles: readonly string[], documentId: string) {
  const rest = { displayName: 'Tove', roles, team: null, approvalLimit: null }
  switch (type) {
    case 'update':
      return rest
    case 'create':
      return { ...rest, username: `ny-${documentId.slice(0, 18)}`, password }
    case 'set_password':
      return { password }
    default:
      return {}
  }
}

async function send(house: ModelHouse, running: Running, { plan, act }: Sent): Promise<string> {
  const { documentId, article, tove } = running
  switch (act.kind) {
    case 'command': {
      const { id, person, type, expectedVersion, payload, when } = act
      const aggregateId = aggregateOf(act.about, running)
      const by: Hired = person === 'tove' ? tove : house.users[person as Exclude<Person, 'tove'>]
      const envelope = { id, type, aggregateId, expectedVersion, payload: { ...payload } }
      return house.command(plan.node, by, envelope, when)
    }
    case 'submit': {
      const data = { id: documentId, revision: act.revision, ...contentOf(act, article) }
      const event = { type: 'requisition.submitted', timestamp, data }
      return house.event(plan.node, act.id, event, act.when)
    }
    case 'withdraw': {
      const data = { id: documentId, contact: 'anna' }
      const event = { type: 'requisition.withdrawn', timestamp, data }
      return house.event(plan.node, act.id, event, act.when)
    }
    case 'accept': {
      const { revision, contact } = act
      const event = {
        type: 'requisition.accepted',
        timestamp,
        data: { id: documentId, revision, contact },
      }
      return house.event(plan.node, act.id, event, act.when)
    }
    case 'buyer': {
      const { revision, contact, says } = act
      const reason = says === 'rejected' ? { reason: 'Det har vi redan.' } : {}
      const event = {
        type: `requisition.buyer_${says}`,
        timestamp,
        data: { id: documentId, revision, contact, ...reason },
      }
      return house.event(plan.node, act.id, event, act.when)
    }
    case 'expire':
      return house.keepDeadlines(plan.node)
  }
}

/** The same for all, since the same event must say the same when it is sent again; long ago in every way. */
const timestamp = new Date(Date.now() - 90 * 86_400_000).toISOString()

function contentOf({ content, revision }: Submission, article: string) {
  const { size, hasSecond, contact } = saidIn(content, revision)
  const lines = [
    { id: '1', article, quantity: String(piecesOf[size]) },
    ...(hasSecond ? [{ id: '2', article, quantity: String(secondPieces) }] : []),
  ]
  return { contact, currency: 'SEK', lines }
}

function aggregateOf(
  about: Extract<Act, { kind: 'command' }>['about'],
  { requisitionId, tove, newUserId }: Running,
): string {
  return { requisition: requisitionId, tove: tove.userId, 'new user': newUserId }[about]
}

async function findRequisition(house: ModelHouse, running: Running): Promise<void> {
  if (!running.models.some(({ requisition }) => requisition)) return
  const row = await house.nodes[0].db
    .selectFrom('requisition')
    .select('id')
    .where('shop_id', '=', 'shop')
    .where('document_id', '=', running.documentId)
    .executeTakeFirst()
  if (row) running.requisitionId = row.id
}
