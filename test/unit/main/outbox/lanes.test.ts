import { describe, expect, it } from 'vitest'

import type { OutboxEntry } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { nextToSend } from '../../../../main/outbox/lanes'

function entry(id: string, lane: string, state: OutboxEntry['state'] = 'waiting'): OutboxEntry {
  return {
    id,
    type: 'requisition.claim',
    aggregateId: lane,
    expectedVersion: 1,
    payload: {},
    createdAt: '2026-03-01T08:00:00.000Z',
    attempts: 0,
    state,
    refusal: state === 'refused' ? refusal('stale_version', 'Too late.') : null,
  }
}

const never = { isPaused: () => false }
const ids = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id)

describe('lanes', () => {
  it('send the first of each aggregate, and nothing behind it', () => {
    const entries = [entry('a1', 'a'), entry('a2', 'a'), entry('b1', 'b'), entry('b2', 'b')]
    expect(ids(nextToSend(entries, 8, never))).toEqual(['a1', 'b1'])
  })

  it('wait while the first is under way', () => {
    const entries = [entry('a1', 'a', 'sending'), entry('a2', 'a'), entry('b1', 'b')]
    expect(ids(nextToSend(entries, 8, never))).toEqual(['b1'])
  })

  it('pass by what was refused', () => {
    const entries = [entry('a1', 'a', 'refused'), entry('a2', 'a')]
    expect(ids(nextToSend(entries, 8, never))).toEqual(['a2'])
  })

  it('hold a whole lane that rests', () => {
    const entries = [entry('a1', 'a'), entry('a2', 'a'), entry('b1', 'b')]
    expect(ids(nextToSend(entries, 8, { isPaused: (lane) => lane === 'a' }))).toEqual(['b1'])
  })

  it('keep to the room there is', () => {
    const entries = ['a', 'b', 'c', 'd'].map((lane) => entry(`${lane}1`, lane))
    expect(ids(nextToSend(entries, 2, never))).toEqual(['a1', 'b1'])
    expect(nextToSend(entries, 0, never)).toEqual([])
  })
})
