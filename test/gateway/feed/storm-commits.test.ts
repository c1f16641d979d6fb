import { expect, test } from 'vitest'
import { judgeDelivery, type Commit, type Connection } from '../../support/storm-commits'

const commit = (xid: number, version: number, isGone = false): Commit => ({
  xid,
  id: 'W1',
  version,
  isGone,
})
const beganAt = new Map([
  [10, 0],
  [20, 200],
])
/** A console that was sent these, and whose cursor then came to 15 and later to 25. */
const sent = (first: readonly Commit[], later: readonly Commit[], at = 100): Connection => ({
  beganAnew: true,
  received: [...first, ...later],
  moves: [
    { at, seq: 15, changes: first.length },
    { at: 300, seq: 25, changes: first.length + later.length },
  ],
})
const log = { commits: [commit(10, 1), commit(20, 2)], beganAt }

test('a commit that was left out is told, though the next one made up for it', () => {
  const missed = judgeDelivery(log, [sent([], [commit(20, 2)])])
  expect(missed.wrong).toEqual([`at 15 it had not been sent ${JSON.stringify(commit(10, 1))}`])
  const whole = judgeDelivery(log, [sent([commit(10, 1)], [commit(20, 2)])])
  expect(whole).toEqual({ covered: 2, overwritten: 0, wrong: [] })
})

test('one that was overwritten before the cursor passed it may be left out', () => {
  const passed = judgeDelivery(log, [sent([], [commit(20, 2)], 250)])
  expect(passed).toEqual({ covered: 2, overwritten: 1, wrong: [] })
})

test('what was gone before a console first came is not missed, and what never was is told', () => {
  const gone = { commits: [commit(10, 1, true)], beganAt }
  expect(judgeDelivery(gone, [sent([], [])]).wrong).toEqual([])
  const other = judgeDelivery(log, [sent([commit(11, 1)], [commit(20, 2)])])
  expect(other.wrong).toHaveLength(1)
})

test('over the next connection it goes on from what it held', () => {
  const second = { beganAnew: false, received: [], moves: [{ at: 300, seq: 25, changes: 0 }] }
  const first = { ...sent([commit(10, 1)], []), moves: [{ at: 100, seq: 15, changes: 1 }] }
  expect(judgeDelivery(log, [first, second]).wrong).toHaveLength(1)
})
