import { test } from 'vitest'
import { tamperAtRandom } from '../support/audit-tampering'
import { MANY } from '../support/properties/cases'

test('audit: whatever is changed of what was sealed and anchored is found, and nothing else is', async () => {
  const runs = Math.ceil(MANY.runs / 10)
  await tamperAtRandom({ runs, seed: MANY.seed })
  console.info(JSON.stringify({ tamperings: runs }))
})
