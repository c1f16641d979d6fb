import { measureGrowth, type Grown } from './harness/growth'

/** One requisition found by its number among all of them, and a company's by a part of its name. */
await measureGrowth({
  'search.growth.number': searches(({ size }, index) => `B-${size - 1 - index}`),
  'search.growth.company': searches(() => 'ahlberg'),
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
