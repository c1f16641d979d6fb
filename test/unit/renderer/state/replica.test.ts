import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entityKinds } from '../../../../contract/entities'
import type { Change } from '../../../../contract/feed'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import type { Delta, Replica } from '../../../../renderer/state/replica'
import { change, company, uuid } from '../../../fakes/desk/entities'

const contents = (replica: Replica) =>
  Object.fromEntries(
    entityKinds.map((kind) => [
      kind,
      Object.fromEntries([...replica.all(kind)].sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  )

/** Changes of a few companies and users, so that versions meet. Every version has one value. */
const history = fc
  .array(
    fc.record({
      kind: fc.constantFrom('company', 'warehouse'),
      id: fc.constantFrom('1', '2', '3'),
      version: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 40 },
  )
  .map((parts) =>
    parts.map(({ kind, id, version }): Change => {
      const isGone = (version * 7 + Number(id)) % 3 === 0
      const name = `${kind} ${id} version ${version}`
      const value =
        kind === 'company'
          ? company({ id, name })
          : { id, name, openToWebshop: true, priority: version }
      return { seq: version, kind: kind as 'company', id, version, value: isGone ? null : value }
    }),
  )

describe('a replica', () => {
  test('is the same in whatever order, batches and number of times its changes come', () => {
    fc.assert(
      fc.property(
        history.chain((changes) =>
          fc.tuple(
            fc.constant(changes),
            fc.shuffledSubarray(changes, { minLength: changes.length, maxLength: changes.length }),
            fc.subarray(changes),
            fc.integer({ min: 1, max: 10 }),
          ),
        ),
        ([changes, shuffled, again, size]) => {
          const straight = createReplica()
          straight.apply(itemsOf(changes))
          const other = createReplica()
          const all = [...shuffled, ...again]
          for (let at = 0; at < all.length; at += size) {
            other.apply(itemsOf(all.slice(at, at + size)))
          }
          expect(contents(other)).toEqual(contents(straight))
          for (const { kind, id } of changes) {
            expect(other.versionOf(kind, id)).toBe(straight.versionOf(kind, id))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('tells its observers changes that lead from what was to what is', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 10 }), (changes, size) => {
        const replica = createReplica()
        const copy = new Map<string, unknown>()
        replica.observe((deltas) => {
          for (const { kind, id, before, after } of deltas ?? []) {
            expect(copy.get(`${kind} ${id}`) ?? null).toEqual(before)
            if (after === null) copy.delete(`${kind} ${id}`)
            else copy.set(`${kind} ${id}`, after)
          }
        })
        for (let at = 0; at < changes.length; at += size) {
          replica.apply(itemsOf(changes.slice(at, at + size)))
        }
        const values = entityKinds.flatMap((kind) =>
          [...replica.all(kind)].map(([id, value]) => [`${kind} ${id}`, value] as const),
        )
        expect(copy).toEqual(new Map(values))
      }),
      { numRuns: 200 },
    )
  })

  test('does not bring back what is gone when an older value comes late', () => {
    const replica = createReplica()
    const value = company({ id: '1', name: 'Ahlbergs' })
    replica.apply(itemsOf([change('company', '1', value, 1)]))
    replica.apply(itemsOf([change('company', '1', null, 3)]))
    replica.apply(itemsOf([change('company', '1', value, 2)]))
    expect(replica.get('company', '1')).toBeUndefined()
    replica.apply(itemsOf([change('company', '1', value, 4)]))
    expect(replica.get('company', '1')?.name).toBe('Ahlbergs')
  })

  test('lets the views be when nothing has changed', () => {
    const replica = createReplica()
    const batch = itemsOf([change('company', '1', company({ id: '1', name: 'A' }))])
    replica.apply(batch)
    const { revision } = replica.store.getState()
    let told = 0
    replica.observe(() => (told += 1))
    replica.apply(batch)
    expect(replica.store.getState().revision).toBe(revision)
    expect(told).toBe(0)
  })

  test('is emptied for another user, versions and all', () => {
    const replica = createReplica()
    let last: readonly Delta[] | null | undefined
    replica.observe((deltas) => (last = deltas))
    replica.apply(itemsOf([change('company', '1', company({ id: '1', name: 'A' }), 9)]))
    replica.reset('someone else')
    expect(last).toBeNull()
    expect(replica.all('company').size).toBe(0)
    replica.apply(itemsOf([change('company', '1', company({ id: '1', name: 'B' }), 1)]))
    expect(replica.get('company', '1')?.name).toBe('B')
    expect(replica.store.getState()).toMatchObject({ identity: 'someone else', phase: 'loading' })
  })
})

describe('a value that does not parse', () => {
  const good = change('company', '1', company({ id: '1', name: 'A' }))
  const bad = { ...change('company', '2', null), value: { id: '2', name: 7 } }

  test('costs itself and nothing else, and is counted', () => {
    const replica = createReplica()
    const parsed = itemsOf([good, bad, change('company', '3', company({ id: '3', name: 'C' }))])
    expect(parsed[1]).toMatchObject({ kind: 'company', id: '2', version: 1, form: 'unreadable' })
    replica.apply(parsed)
    expect([...replica.all('company').keys()]).toEqual(['1', '3'])
    expect(replica.store.getState().unreadable.size).toBe(1)
  })

  test('is forgotten when a newer one does', () => {
    const replica = createReplica()
    replica.apply(itemsOf([bad]))
    replica.apply(itemsOf([change('company', '2', company({ id: '2', name: 'B' }), 2)]))
    expect(replica.store.getState().unreadable.size).toBe(0)
    expect(replica.get('company', '2')?.name).toBe('B')
  })

  test('keeps the value there was', () => {
    const replica = createReplica()
    replica.apply(itemsOf([change('user', uuid(1), null), good]))
    replica.apply(itemsOf([{ ...bad, id: '1', version: 2 }]))
    expect(replica.get('company', '1')?.name).toBe('A')
  })
})
