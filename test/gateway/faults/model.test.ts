import { test } from 'vitest'
import { knownPlots } from '../../support/model/known-plots'
import { modelHolds } from '../../support/model/property'

test('what people and a shop do at once is explained by some order of it (200 histories)', async () => {
  await modelHolds({ seed: 1, histories: 200, known: knownPlots })
}, 120_000)
