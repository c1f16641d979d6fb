import { expect } from 'vitest'
import { ConsoleClient } from './console-client'
import { addTestShop, addUser, signInAs, startTestGateway } from './gateway'
import { load, proposal, smallSeller } from './small-seller'

/**
 * Two approvers on two nodes press approve at the same moment, round after round. Every round must
 * make exactly one order, and the one who came second must be told who was first, when, and with
 * which order; in the end both consoles hold the same.
 */
export async function raceApprovals(
  rounds: number,
): Promise<{ readonly wins: Readonly<Record<string, number>> }> {
  const gateway = await startTestGateway()
  try {
    await load(gateway, smallSeller)
    const other = await gateway.anotherNode()
    const shop = await addTestShop(gateway)
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    await addUser(gateway, { username: 'lars', roles: ['approver'] })
    const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
    const lars = await ConsoleClient.open(other.url, await signInAs(other, 'lars'))
    const wins: Record<string, number> = { Karin: 0, Lars: 0 }

    for (let round = 0; round < rounds; round += 1) {
      const documentId = `race-${round}`
      await shop.send(proposal(documentId), round % 2 === 0 ? gateway : other)
      const seenBy = (console: ConsoleClient) =>
        console.until(`requisition ${round}`, () =>
          console.all('requisition').find(({ value }) => value.shop.documentId === documentId),
        )
      const [a, b] = await Promise.all([seenBy(karin), seenBy(lars)])
      const answers = await Promise.all([
        karin.command('requisition.approve', a.id, a.version, { revision: 1 }),
        lars.command('requisition.approve', b.id, b.version, { revision: 1 }),
      ])
      const winner = answers.findIndex(({ ok }) => ok)
      const [won, lost] = [answers[winner], answers[1 - winner]]
      const name = winner === 0 ? 'Karin' : 'Lars'
      wins[name] = (wins[name] ?? 0) + 1
      const orderNumber = won?.ok ? won.result['orderNumber'] : undefined
      expect(orderNumber, `round ${round}: ${JSON.stringify(answers)}`).toEqual(expect.any(String))
      expect(lost, `round ${round}`).toMatchObject({
        ok: false,
        error: {
          code: 'already_decided',
          details: { outcome: { by: { name }, at: expect.any(String), orderNumber } },
        },
      })
    }

    const orders = await gateway.context.db
      .selectFrom('sales_order')
      .select(['source_id', 'number'])
      .execute()
    expect(orders.length).toBe(rounds)
    expect(new Set(orders.map(({ source_id }) => source_id)).size).toBe(rounds)
    expect(new Set(orders.map(({ number }) => number)).size).toBe(rounds)
    const told = await gateway.context.db.selectFrom('storefront_change').select('change').execute()
    expect(told.filter(({ change }) => change.type === 'requisition.ordered').length).toBe(rounds)
    for (const console of [karin, lars]) {
      await console.until(
        'all orders',
        () =>
          console.all('order').length === rounds &&
          console.all('requisition').every(({ value }) => value.state === 'ordered'),
      )
    }
    // Each is told their own approval limit and nobody else's; the rest must be the same.
    const shared = (console: ConsoleClient) =>
      Object.entries(console.snapshot()).filter(([key]) => !key.startsWith('user '))
    expect(shared(lars)).toEqual(shared(karin))
    karin.close()
    lars.close()
    return { wins }
  } finally {
    await gateway.close()
  }
}
