import { measureGrowth } from './harness/growth'

/** The newest page of all requisitions, as the console asks its gateway for what it does not hold. */
await measureGrowth({
  'list.growth': async ({ console_ }, count) =>
    Promise.resolve(
      Array.from({ length: count }, () => () => console_.query('requisition.search', { text: '' })),
    ),
})
