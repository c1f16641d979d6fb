import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { countRows } from '../../support/rows'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
})
afterAll(() => gateway.close())

test('a shop that sends too much at once waits, the others do not, and figures tell of both', async () => {
  const [loud, quiet] = [await addTestShop(gateway, 'loud'), await addTestShop(gateway, 'quiet')]
  const nonsense = { type: 'list.sent', timestamp: 'never', data: {} }
  const before = await countRows(gateway.context.db)
  const answers = await Promise.all(Array.from({ length: 300 }, () => loud.send(nonsense)))
  const limited = answers.filter(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 422).length).toBeGreaterThanOrEqual(200)
  expect(limited.length).toBeGreaterThan(0)
  expect(limited[0]?.body).toMatchObject({
    code: 'too_many_requests',
    type: '/storefront/v1/problems/too_many_requests',
    detail: expect.stringMatching(/ in 1 s\.$/),
  })
  expect(await countRows(gateway.context.db)).toEqual(before)

  const documentId = 'quiet-1'
  expect((await quiet.send(proposal(documentId))).status).toBe(202)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await loud.send(proposal('loud-1'))).status).toBe(202)

  const figures = await (await fetch(`${gateway.url}/metrics`)).text()
  const count = (type: string, outcome: string) =>
    Number(
      new RegExp(
        `kontor_storefront_event_seconds_count{type="${type}",outcome="${outcome}"} (\\d+)`,
      ).exec(figures)?.[1] ?? 0,
    )
  expect(count('unknown', 'limited')).toBe(limited.length)
  expect(count('unknown', 'refused')).toBe(300 - limited.length)
  expect(count('requisition.submitted', 'taken')).toBe(2)
})
