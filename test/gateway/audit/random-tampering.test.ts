import { test } from 'vitest'
import { tamperAtRandom } from '../../support/audit-tampering'
import { FEW } from '../../support/properties/cases'

test('whatever is changed of what was sealed and anchored is found, and nothing else is', async () => {
  await tamperAtRandom({ runs: 150, seed: FEW.seed })
}, 120_000)
