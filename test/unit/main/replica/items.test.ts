import { readRest } from '../../../../contract/replica-items'
import { expect, test } from 'vitest'
import { itemsOf } from '../../../../main/replica/items'
import { change } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'
import { warehouseChange } from '../../../support/feed-changes'

test('leaves out what the schema of the kind does not know', () => {
  const known = warehouseChange(1, 'a', 1)
  const more = { ...known, value: { ...(known.value as object), colour: 'green' } }
  expect(itemsOf([more])).toEqual(itemsOf([known]))
})

test('a value that does not pass costs itself alone, and is not repeated', () => {
  const broken = { ...warehouseChange(2, 'b', 1), value: { id: 'b', name: 4711 } }
  const gone = warehouseChange(3, 'c', 2, null)
  const items = itemsOf([warehouseChange(1, 'a', 1), broken, gone])
  expect(items).toMatchObject([
    { id: 'a', form: 'value' },
    { id: 'b', form: 'unreadable' },
    { id: 'c', form: 'gone', version: 2 },
  ])
  expect(JSON.stringify(items)).not.toContain('4711')
})

test('a requisition says in brief what lists need of it', () => {
  const [value] = manyRequisitions(1)
  if (!value) throw new Error('Nothing was made.')
  const [item] = itemsOf([change('requisition', value.id, { ...value, goodsMark: 'Låda\t7' }, 3)])
  if (item?.form !== 'requisition') throw new Error('It is no requisition.')
  expect(item.head).toMatchObject({ state: value.state, net: value.totals.net, claimerId: null })
  expect(readRest(item.rest)).toMatchObject({
    number: value.number,
    lineCount: value.lines.length,
  })
  expect(item.words?.words).toContain('lada 7')
  expect(item.words?.words).not.toContain('\t')
  expect(JSON.parse(item.words?.articles ?? '')).toEqual([
    ...new Set(value.lines.map(({ articleId }) => articleId)),
  ])
})
