import { approveBy, lookAt } from './harness/approve'
import { measureGrowth, type Grown } from './harness/growth'
import { multiply } from './harness/multiply'

await measureGrowth({
  // The newest page of all requisitions, as the console asks its gateway for what it does not hold.
  'list.growth': async ({ console_ }, count) =>
    Promise.resolve(
      Array.from({ length: count }, () => () => console_.query('requisition.search', { text: '' })),
    ),
  // One found by its number among all of them, and a company's by a part of its name.
  'search.growth.number': searches(({ size }, index) => `B-${size - 1 - index}`),
  'search.growth.company': searches(() => 'ahlberg'),
  // An approval of ten lines, command to answer. Last, as it leaves more of them behind.
  'approve.growth': async ({ console_, seller }, count) => {
    const waiting = await multiply(seller.client, count)
    await lookAt(console_, waiting)
    return waiting.map((one) => () => approveBy(console_, one))
  },
})

/** Searches that find something. */
function searches(textOf: (grown: Grown, index: number) => string) {
  return async (grown: Grown, count: number) =>
    Promise.resolve(
      Array.from({ length: count }, (_, index) => async () => {
        const params = { text: textOf(grown, index) }
        const { rows } = (await grown.console_.query('requisition.search', params)) as {
          readonly rows: readonly unknown[]
        }
        if (rows.length === 0) throw new Error(`Nothing was found by “${params.text}”.`)
      }),
    )
}
