import { expect, test } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import { itemsOf } from '../../../../main/replica/items'
import { createWholeRequisitions } from '../../../../renderer/services/whole-requisitions'
import { createReplica } from '../../../../renderer/state/replica'
import { change } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'

/** A replica that was told one requisition in brief, and a disk that the test answers for. */
function setup() {
  const [value] = manyRequisitions(1)
  if (!value) throw new Error('Nothing was made.')
  const replica = createReplica()
  const tell = (told: Requisition, version: number) =>
    replica.apply(
      itemsOf([change('requisition', told.id, told, version)]).map((item) =>
        item.form === 'requisition' ? { ...item, whole: null } : item,
      ),
    )
  tell(value, 1)
  const answered: string[] = []
  const asked: ((found: { version: number; text: string } | null) => void)[] = []
  const wholes = createWholeRequisitions(
    { request: (() => new Promise((resolve) => asked.push(resolve as never))) as never },
    replica,
    () => 'REFERENCE',
    (id) => answered.push(id),
  )

  const answer = async (told: Requisition | null, version = 1) => {
    asked.shift()?.(told && { version, text: JSON.stringify(told) })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { value, replica, tell, wholes, asked, answered, answer }
}

test('is asked for once, and is there when it has come', async () => {
  const { value, replica, wholes, asked, answered, answer } = setup()
  expect(replica.get('requisition', value.id)?.number).toBe(value.number)
  expect(replica.requisition(value.id)).toBeUndefined()
  wholes.need(value.id)
  wholes.need(value.id)
  expect(asked).toHaveLength(1)
  await answer(value)
  expect(replica.requisition(value.id)).toEqual(value)
  expect(answered).toEqual([value.id])
  wholes.need(value.id)
  expect(asked).toHaveLength(0)
})

test('of another version than the one that is here counts for nothing', async () => {
  const { value, replica, tell, wholes, asked, answer } = setup()
  wholes.need(value.id)
  const newer = { ...value, name: 'Newer' }
  tell(newer, 2)
  wholes.need(value.id)
  expect(asked).toHaveLength(2)
  await answer(value, 1)
  expect(replica.requisition(value.id)).toBeUndefined()
  await answer(newer, 2)
  expect(replica.requisition(value.id)).toEqual(newer)
})

test('that could not be had is known as such, and can be asked for again', async () => {
  const { value, replica, wholes, asked, answered, answer } = setup()
  wholes.need(value.id)
  await answer(null)
  expect(answered).toEqual([value.id])
  expect(replica.requisitions.get(value.id)?.isMissing).toBe(true)
  wholes.need(value.id)
  expect(asked).toHaveLength(1)
})
