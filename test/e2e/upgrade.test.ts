import { expect, inject, test } from 'vitest'

import { upgradeMeetings } from '../support/upgrade'

test('a console with a filled outbox meets a gateway of another version, newer and older, and loses nothing', async () => {
  const met = await upgradeMeetings({
    runtime: inject('appRuntime'),
    documents: 6,
    commands: 12,
    byItself: false,
  })
  expect(met.olderConsole.outbox).toBeGreaterThan(5)
  expect(met.newerConsole.outbox).toBe(met.olderConsole.outbox)
}, 360_000)
