import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { todayIn } from '../../../domain/calendar'
import type { Gateway } from '../../../gateway/create-gateway'
import { ConsoleClient } from '../console-client'
import { deadlocksIn } from '../deadlocks'
import { addTestShop, addUser, signInAs, startTestGateway } from '../gateway'
import { seededEach } from '../seeded'
import { load, proposal, smallSeller } from '../small-seller'
import { approveUntilDone } from './approver'
import { against, evidenceOf, type Evidence } from './reference'
import { sceneOf, wanters, type Scene } from './scenes'

export interface LastStockReport {
  readonly ordered: number
  readonly givenUp: number
  /** How often somebody was told that what they saw is no more. */
  readonly refusals: number
  readonly splits: number
  /** Of how many everything was held for who had claimed it. */
  readonly held: number
  /** Of each round, for whoever wants to see that the reference can object. */
  readonly evidence: readonly Evidence[]
}

/**
 * Eight approvers on two nodes approve eight documents at the same moment, round after round, and all
 * of them want what is nearly gone. Whatever they were told, an independent count of what was promised
 * to whom must find nothing against it, and no two of them may have waited for each other.
 */
export async function raceForLastStock(options: {
  readonly seed: number
  readonly rounds: number
  /** Whether every other claims theirs before they look. */
  readonly isHeld?: boolean
}): Promise<LastStockReport> {
  const { isHeld = false } = options
  const gateway = await startTestGateway()
  const people: Person[] = []
  try {
    await load(gateway, smallSeller)
    await load(gateway, {
      warehouse: [{ id: 'MMA', name: 'Malmö', openToWebshop: true, priority: 4 }],
      // A company is held by one approval at a time: of one each, so that only the stock is waited for.
      company: seats.map((at) => ({ ...aCompany, id: companyOf(at), name: companyOf(at) })),
      contact: seats.map((at) => ({
        id: contactOf(at),
        company: companyOf(at),
        name: contactOf(at),
        email: `${contactOf(at)}@example.test`,
      })),
    })
    const nodes = [gateway, await gateway.anotherNode()] as const
    const shop = await addTestShop(gateway)
    for (const at of seats) people.push(await sitDown(gateway, nodes[at % 2]!, at))
    const { db } = gateway.context
    const before = await deadlocksIn(db)
    const draw = seededEach(options.seed)
    const evidence: Evidence[] = []
    for (let round = 0; round < options.rounds; round += 1) {
      const scene = sceneOf(round, todayIn('Europe/Stockholm', new Date().toISOString()), draw())
      await load(gateway, scene.rows)
      const papers = await Promise.all(
        scene.documents.map((lines, at) => send(shop, nodes[at % 2]!, at, lines)),
      )
      const ready = meetingOf(wanters)
      const outcomes = await Promise.all(
        people.map(({ name, console }, at) => {
          const random = draw()
          const thinks = () => Math.floor(random() * 12)
          return approveUntilDone({
            requisitionId: papers[at]!,
            console,
            by: name,
            claims: isHeld && at % 2 === 0,
            ready,
            thinks,
          })
        }),
      )
      const articles = scene.rows.article.map(({ id }) => id)
      const found = await evidenceOf(db, articles, outcomes)
      expect(
        against(found, { isHeld }),
        `round ${round}, seed ${options.seed}: ${scene.kind}`,
      ).toEqual([])
      evidence.push(found)
      for (const { console } of people) console.forgetTheWay()
    }
    expect(await deadlocksIn(db)).toBe(before)
    const ends = evidence.flatMap(({ outcomes }) => outcomes)
    const total = (of: (end: (typeof ends)[number]) => number) =>
      ends.reduce((sum, end) => sum + of(end), 0)
    return {
      ordered: total(({ end }) => Number(end.kind === 'ordered')),
      givenUp: total(({ end }) => Number(end.kind === 'given_up')),
      refusals: total(({ refusals }) => refusals),
      splits: total(({ splits }) => splits),
      held: total((end) => Number(end.isHeld)),
      evidence,
    }
  } finally {
    for (const { console } of people) console.close()
    await gateway.close()
  }
}

const seats = Array.from({ length: wanters }, (_, at) => at)
const companyOf = (at: number) => `C${at}`
const contactOf = (at: number) => `contact${at}`
const aCompany = { currency: 'SEK', customerGroup: 'FORSLAG', accountOwner: 'erik' } as const

interface Person {
  readonly name: string
  readonly console: ConsoleClient
}

async function sitDown(gateway: Gateway, node: Pick<Gateway, 'url'>, at: number): Promise<Person> {
  const name = `approver${at}`
  await addUser(gateway, { username: name, roles: ['approver'] })
  return { name, console: await ConsoleClient.open(node.url, await signInAs(node, name)) }
}

/** A document for one of the eight; the id of the requisition made of it. */
async function send(
  shop: Awaited<ReturnType<typeof addTestShop>>,
  node: Pick<Gateway, 'url'>,
  at: number,
  lines: Scene['documents'][number],
): Promise<string> {
  const document = proposal(randomUUID(), { contact: contactOf(at), lines })
  const { status, body } = await shop.send(document, node)
  expect(status, JSON.stringify(body)).toBe(202)
  return (body['requisition'] as { readonly id: string }).id
}

/** Resolves for everybody when the last of so many has come. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count
  let open = () => undefined as void
  const all = new Promise<void>((resolve) => (open = resolve))
  return () => {
    missing -= 1
    if (missing === 0) open()
    return all
  }
}
