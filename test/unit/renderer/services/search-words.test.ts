import { expect, test } from 'vitest'
import { encodeWords } from '../../../../contract/replica-items'
import type { Requisition } from '../../../../contract/entities'
import { itemsOf } from '../../../../main/replica/items'
import { followSearches } from '../../../../renderer/services/search-words'
import { createReplica } from '../../../../renderer/state/replica'
import { requisitionMatcher } from '../../../../renderer/state/requisition-search'
import { change } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'

/** A replica that was told requisitions in brief, and a disk that the test answers for. */
function setup(count = 3) {
  const values = manyRequisitions(count)
  const replica = createReplica()
  const brief = (value: Requisition, version: number) =>
    itemsOf([change('requisition', value.id, value, version)]).map((item) =>
      item.form === 'requisition' ? { ...item, words: null, whole: null } : item,
    )
  const tell = (value: Requisition, version: number) => replica.apply(brief(value, version))
  for (const value of values) tell(value, 1)
  const asked: ((lines: readonly string[] | Error) => void)[] = []
  const reports: unknown[] = []
  followSearches(
    {
      request: (() =>
        new Promise((resolve, reject) =>
          asked.push((lines) => (lines instanceof Error ? reject(lines) : resolve(lines as never))),
        )) as never,
    },
    replica,
    (error) => {
      reports.push(error)
      return 'REFERENCE'
    },
  )
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const answer = async (lines: readonly string[] | Error) => {
    asked.shift()?.(lines)
    await settle()
  }
  const found = async (query: string) => {
    const matches = requisitionMatcher(replica, query)
    await settle()
    return [...replica.requisitions].filter(([, held]) => matches?.(held)).map(([id]) => id)
  }
  const wordsOf = (value: Requisition, version = 1) =>
    encodeWords(
      itemsOf([change('requisition', value.id, value, version)]).flatMap((item) =>
        item.form === 'requisition' && item.words ? [{ id: value.id, version, ...item.words }] : [],
      ),
    )
  return { values, replica, tell, asked, answer, found, wordsOf, reports }
}

const [sample] = manyRequisitions(1)
const number = sample?.number ?? ''

test('words are asked for at the first search, and once', async () => {
  const { values, replica, asked, answer, found, wordsOf } = setup()
  expect(asked).toHaveLength(0)
  expect(await found(number)).toEqual([])
  expect(await found(number)).toEqual([])
  expect(asked).toHaveLength(1)
  expect(replica.store.getState().areWordsComing).toBe(true)
  const { revision } = replica.store.getState()
  await answer(values.map((value) => wordsOf(value)))
  expect(replica.store.getState()).toMatchObject({ areWordsComing: false, revision: revision + 1 })
  expect(await found(number)).toEqual([sample?.id])
  expect(asked).toHaveLength(0)
})

test('what has come in brief since is asked for at the next search; words of another version count for nothing', async () => {
  const { values, tell, asked, answer, found, wordsOf } = setup()
  const [first] = values
  if (!first) throw new Error('Nothing was made.')
  await found(number)
  tell({ ...first, goodsMark: 'Lastkaj 9' }, 2)
  await answer(values.map((value) => wordsOf(value)))
  expect(await found('lastkaj')).toEqual([])
  expect(asked).toHaveLength(1)
  await answer([wordsOf({ ...first, goodsMark: 'Lastkaj 9' }, 2)])
  expect(await found('lastkaj')).toEqual([first.id])
})

test('words that are not to be had are reported, and not asked for with every letter', async () => {
  const { replica, asked, answer, found, reports } = setup()
  await found(number)
  await answer(new Error('No disk'))
  expect(reports).toHaveLength(1)
  expect(replica.store.getState().areWordsComing).toBe(false)
  expect(await found(number)).toEqual([])
  expect(asked).toHaveLength(0)
})
