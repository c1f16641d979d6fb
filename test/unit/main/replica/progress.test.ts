import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { noProgress, withCaughtUp, withChanges } from '../../../../main/replica/progress'
import { warehouseChange } from '../../../support/feed-changes'

const epoch = 'e'
const at = (seq: number) => ({ epoch, seq, serverTime: '2026-03-01T08:00:00.000Z' })

describe('progress', () => {
  it('starts from nothing', () => {
    expect(noProgress(epoch)).toMatchObject({ cursor: null, caughtUp: null })
  })

  it('takes the newest transaction of a batch for unfinished', () => {
    const after = withChanges(noProgress(epoch), [
      warehouseChange(4, 'a', 1),
      warehouseChange(9, 'b', 1),
    ])
    expect(after.cursor).toEqual({ epoch, seq: 8 })
  })

  it('reaches all the way when the gateway says so', () => {
    const after = withCaughtUp(withChanges(noProgress(epoch), [warehouseChange(9, 'b', 1)]), at(12))
    expect(after.cursor).toEqual({ epoch, seq: 12 })
  })

  it('falls back to the last completed point when a change comes out of order', () => {
    const caughtUp = withCaughtUp(noProgress(epoch), at(5))
    const ahead = withChanges(caughtUp, [warehouseChange(20, 'a', 1)])
    expect(ahead.cursor).toEqual({ epoch, seq: 19 })
    const behind = withChanges(ahead, [warehouseChange(11, 'b', 1)])
    expect(behind).toMatchObject({ cursor: { epoch, seq: 5 }, isOrdered: false })
    expect(withChanges(behind, [warehouseChange(30, 'c', 1)]).cursor).toEqual({ epoch, seq: 5 })
    expect(withCaughtUp(behind, at(40)).cursor).toEqual({ epoch, seq: 40 })
  })

  it('never passes a change that is still to come, however transactions are cut into batches', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        sizes,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        (transactions, cuts) => {
          const changes = transactions.flatMap((size, index) =>
            Array.from({ length: size }, (_, each) =>
              warehouseChange(index + 1, `${index}-${each}`, 1),
            ),
          )
          let progress = noProgress(epoch)
          for (let from = 0, cut = 0; from < changes.length; cut += 1) {
            const to = from + (cuts[cut % cuts.length] ?? 1)
            progress = withChanges(progress, changes.slice(from, to))
            const stillToCome = changes.slice(to).map(({ seq }) => seq)
            expect(Math.min(...stillToCome, Infinity)).toBeGreaterThan(progress.cursor?.seq ?? 0)
            from = to
          }
        },
      ),
    )
  })
})
