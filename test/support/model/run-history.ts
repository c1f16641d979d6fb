import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { explain } from './apply'
import { factsOf, projected } from './facts'
import type { Hired, ModelHouse } from './house'
import type { Plan, Plot } from './plans'
import type { Running } from './running'
import type { Interleaving } from './turns'
import { beginning, netOf, type Act, type Content, type Person } from './state'

interface Sent {
  readonly plan: Plan
  readonly act: Act
}

let histories = 0

/**
 * Run a plot on the real thing and look, after every batch, for an order of its acts by which the
 * model gives the very same answers; and in the end for a model that is what the database has.
 *
 * @param heard told how each batch's acts lay between one another
 * @returns what could not be explained, or null
 */
export async function runHistory(
  house: ModelHouse,
  plot: Plot,
  heard: (interleaving: Interleaving) => void,
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
    heard(interleaving)
    const after = explain(
      running.models,
      acts.map(({ act }) => act),
      answers,
    )
    if (after.length === 0)
      return `batch ${at} has no order: ${JSON.stringify({ acts: acts.map(({ act }) => act), answers, before: running.models })}`
    running.models = after
    await findRequisition(house, running)
  }
  const facts = await factsOf(house.nodes[0].db, running, isAboutTove)
  const wanted = running.models.map((model) => projected(model, isAboutTove))
  return wanted.includes(facts)
    ? null
    : `the database has ${facts}, which is none of ${wanted.join(' or ')}`
}

function actOf(plan: Plan, { models, documentId }: Running, sent: readonly Sent[]): Act | null {
  const [model = beginning] = models
  const version = (current: number, by: number | null) =>
    by === null ? null : Math.max(0, current + by)
  const id = (number: number) => `${documentId.slice(0, 34)}${String(number + 10)}`
  switch (plan.kind) {
    case 'again': {
      const { act } = sent[plan.which % Math.max(1, sent.length)] ?? {}
      if (!act) return null
      return act.kind === 'command' && plan.person ? { ...act, person: plan.person } : act
    }
    case 'submit': {
      const revision = Math.max(1, (model.requisition?.revision ?? 0) + 1 + plan.revision)
      return { kind: 'submit', id: id(plan.id), revision, content: plan.content }
    }
    case 'withdraw':
      return { kind: 'withdraw', id: id(plan.id) }
    case 'decide': {
      const revision = Math.max(1, (model.requisition?.revision ?? 1) + plan.revision)
      const isMark = plan.type === 'mark_read'
      return {
        kind: 'command',
        id: id(plan.id),
        person: plan.person,
        type: `requisition.${plan.type}`,
        about: 'requisition',
        expectedVersion: isMark ? null : version(model.requisition?.version ?? 1, plan.version),
        payload: payloadOf(plan.type, revision, model.requisition?.contents.at(-1) ?? 'small'),
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
      }
    }
  }
}

function payloadOf(
  type: string,
  revision: number,
  content: Content,
): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'claim':
    case 'release':
      return {}
    case 'reject':
      return { revision, reason: 'Utgår ur sortimentet.' }
    case 'return':
      return { revision, message: 'Färre, tack.' }
    case 'approve':
      // Not what it is of by then, where the customer has answered meanwhile.
      return { revision, seen: { net: netOf[content], lines: {} } }
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
      const { id, person, type, expectedVersion, payload } = act
      const aggregateId = aggregateOf(act.about, running)
      const by: Hired = person === 'tove' ? tove : house.users[person as Exclude<Person, 'tove'>]
      const envelope = { id, type, aggregateId, expectedVersion, payload: { ...payload } }
      return house.command(plan.node, by, envelope)
    }
    case 'submit': {
      const data = { id: documentId, revision: act.revision, ...contentOf(act.content, article) }
      return house.event(plan.node, act.id, { type: 'requisition.submitted', timestamp, data })
    }
    case 'withdraw': {
      const data = { id: documentId, contact: 'anna' }
      return house.event(plan.node, act.id, { type: 'requisition.withdrawn', timestamp, data })
    }
  }
}

/** The same for all, since the same event must say the same when it is sent again. */
const timestamp = new Date().toISOString()

function contentOf(content: Content, article: string) {
  const quantity = { small: '1', 'in steps': '20', large: '50', 'orders itself': '50' }[content]
  return {
    contact: content === 'orders itself' ? 'olle' : 'anna',
    currency: 'SEK',
    lines: [{ id: '1', article, quantity }],
  }
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
