import { approveBy } from './harness/approve'
import { measureGrowth } from './harness/growth'
import { multiply } from './harness/multiply'

/** An approval of ten lines, command to answer, with so many requisitions in the database. */
await measureGrowth({
  'approve.growth': async ({ console_, seller }, count) => {
    const waiting = await multiply(seller.client, count)
    return waiting.map((one) => () => approveBy(console_, one))
  },
})
