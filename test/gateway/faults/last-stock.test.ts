import { beforeAll, expect, test } from 'vitest'
import { raceForLastStock, type LastStockReport } from '../../support/last-stock/race'
import { against, demands, type Evidence } from '../../support/last-stock/reference'
import { sceneKinds } from '../../support/last-stock/scenes'

let report: LastStockReport
beforeAll(async () => {
  report = await raceForLastStock({ seed: 7, rounds: sceneKinds })
}, 120_000)

test('eight approvers at once on two nodes share what is left, each promised what they get', () => {
  expect(report.evidence.length).toBe(sceneKinds)
  expect(report.ordered + report.givenUp).toBe(8 * sceneKinds)
  // Were nobody ever too late, or never short of one warehouse, it would have shown nothing.
  expect(report.refusals).toBeGreaterThan(0)
  expect(report.splits).toBeGreaterThan(0)
})

test('nor is anything promised twice where some hold it, and who holds it gets it', async () => {
  const held = await raceForLastStock({ seed: 8, rounds: sceneKinds, isHeld: true })
  expect(held.held).toBeGreaterThan(0)
}, 120_000)

/** One way to break each demand, in a round that can be broken so. */
const spoilt: Readonly<Record<keyof typeof demands, (evidence: Evidence) => Evidence>> = {
  'everybody got one order, or gave up and got none': (evidence) => ({
    ...evidence,
    orders: [...evidence.orders, ...evidence.orders.slice(-1)],
  }),
  'who held what they saw was refused nothing': (evidence) => ({
    ...evidence,
    outcomes: evidence.outcomes.map((one) => ({ ...one, isHeld: true, splits: 0, refusals: 1 })),
  }),
  'only warehouses that are opened are taken from': (evidence) => ({
    ...evidence,
    places: evidence.places.map((place) => ({ ...place, isOpened: false })),
  }),
  'no day has more promised by it than there is by then': (evidence) => ({
    ...evidence,
    places: evidence.places.map((place) => ({
      ...place,
      position: { ...place.position, onHand: 0, inbound: [] },
    })),
  }),
  'nobody was promised later than an opened warehouse could, or some between them': (evidence) => ({
    ...evidence,
    orders: evidence.orders.slice(1),
  }),
  'who gave up wanted what nobody could deliver': (evidence) => ({
    ...evidence,
    wanted: evidence.orders.slice(0, 1).map(({ lines }) => lines),
    orders: [],
  }),
}

test.each(Object.entries(spoilt))('it would be seen if not: %s', (demand, spoil) => {
  const [first] = report.evidence
  expect(first).toBeDefined()
  const broken = report.evidence.map((evidence) =>
    demands[demand as keyof typeof demands](spoil(evidence)),
  )
  expect(broken.flat()).not.toEqual([])
  expect(report.evidence.flatMap((evidence) => against(evidence))).toEqual([])
})
