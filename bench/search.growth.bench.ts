import { measureGrowth } from './harness/growth'

/** One requisition found by its number among all of them, and a company's by a part of its name. */
const asked = ['B-17', 'ahlberg']

await measureGrowth('search.growth', async (console_, _seller, count) =>
  Promise.resolve(
    Array.from(
      { length: count },
      (_, index) => () =>
        console_.query('requisition.search', { text: asked[index % asked.length] }),
    ),
  ),
)
