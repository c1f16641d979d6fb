import { expect, test, vi } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { HeldRequisition } from '../../../../renderer/state/held'
import { change, uuid } from '../../../fakes/desk/entities'
import { workingSet } from '../../../fakes/desk/working-set'
import { renderDesk } from '../../../support/renderer/render-desk'

// Each that is read costs a start its parsing: of ten thousand, a tenth of all that a start costs.
test('of hundreds of requisitions that come in, only those in sight are read', async () => {
  const { desk, tell } = await renderDesk()
  const some = workingSet().find(({ kind }) => kind === 'requisition')?.value as Requisition
  const reads = vi.spyOn(HeldRequisition.prototype, 'value', 'get')
  const many = Array.from({ length: 500 }, (_, at) => {
    const id = uuid(at, 7)
    return change('requisition', id, { ...some, id, number: `K-3${at}` }, 1)
  })
  tell('replica.changes', many)
  await vi.waitFor(() => expect(desk.replica.requisitions.size).toBeGreaterThanOrEqual(500))
  const read = new Set(reads.mock.contexts.map((held) => (held as HeldRequisition).head))
  expect(read.size).toBeGreaterThan(0)
  expect(read.size).toBeLessThan(100)
})
