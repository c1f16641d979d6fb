import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StorefrontChange } from '../../../contract/storefront'
import { inTransaction } from '../../../gateway/database/transaction'
import { addShop } from '../../../gateway/storefront/manage-shops'
import { tellShop } from '../../../gateway/storefront/tell-shop'
import { digestOf } from './digest'
import { submitted } from './documents'
import { Webshop, type Node } from './webshop'
import { idTold } from '../../support/told'

let shop: Webshop
let second: Node
beforeAll(async () => {
  shop = await Webshop.open()
  second = await shop.anotherNode()
})
afterAll(() => shop.close())
beforeEach(async () => {
  await shop.db.deleteFrom('storefront_change').execute()
})

function change(id: string, padding = ''): StorefrontChange {
  return {
    type: 'requisition.rejected',
    timestamp: '2026-11-23T11:00:00.000Z',
    data: {
      id,
      number: 'K-1',
      revision: 1,
      company: 'berg',
      contact: 'rut',
      decidedBy: 'Astrid',
      reason: `Nej${padding}`,
    },
  }
}

async function tell(ids: readonly string[], node: Node = shop.node, shopId = 'shop') {
  await inTransaction(node.db, async (tx) => {
    for (const id of ids) tellShop(tx, shopId, change(id))
  })
}

const idsOf = (changes: readonly { change: StorefrontChange }[]) =>
  changes.flatMap(({ change: told }) => idTold(told) ?? [])

describe('the feed of changes', () => {
  test('is empty at first, and its cursor is worth something', async () => {
    const first = await shop.changes()
    expect(first).toMatchObject({ status: 200, body: { changes: [], more: false } })
    await tell(['a'])
    const next = await shop.changes(`?since=${first.body.cursor}`)
    expect(idsOf(next.body.changes)).toEqual(['a'])
  })

  test('comes in the order it was written, a page at a time', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `d-${index}`)
    await tell(ids.slice(0, 20))
    await tell(ids.slice(20))
    const first = await shop.changes('?limit=10')
    expect(idsOf(first.body.changes)).toEqual(ids.slice(0, 10))
    expect(first.body.more).toBe(true)
    const all = await shop.allChanges('', 10)
    expect(idsOf(all.changes)).toEqual(ids)
    expect((await shop.changes(`?since=${all.cursor}`)).body.changes).toEqual([])
    // Exactly full is not more.
    expect((await shop.changes('?limit=25')).body).toMatchObject({ more: false })
  })

  test('ends a page early that has grown large', async () => {
    const padding = 'x'.repeat(1_500_000)
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await inTransaction(shop.db, (tx) => tellShop(tx, 'shop', change(id, padding)))
    }
    const first = await shop.changes()
    expect(idsOf(first.body.changes)).toEqual(['a', 'b'])
    expect(first.body.more).toBe(true)
    expect(idsOf((await shop.allChanges()).changes)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('holds one that is larger than a page', async () => {
    await inTransaction(shop.db, (tx) => tellShop(tx, 'shop', change('big', 'x'.repeat(5_000_000))))
    await tell(['after'])
    expect(idsOf((await shop.allChanges()).changes)).toEqual(['big', 'after'])
  })

  test('is each shop’s own', async () => {
    const other = await addShop(shop.db, { id: 'neighbour', name: 'Grannen', pushUrl: null })
    const secret = other.ok ? other.secret : ''
    await tell(['ours'])
    await tell(['theirs'], shop.node, 'neighbour')
    expect(idsOf((await shop.changes()).body.changes)).toEqual(['ours'])
    expect(idsOf((await shop.changes('', { secret })).body.changes)).toEqual(['theirs'])
  })

  test('is signed as what is posted to a shop', async () => {
    await tell(['a'])
    const { text, headers, body } = await shop.changes()
    const verified = new Webhook(shop.secret).verify(text, Object.fromEntries(headers))
    expect(verified).toEqual(body)
    expect(() => new Webhook(shop.secret).verify(`${text} `, Object.fromEntries(headers))).toThrow(
      'No matching signature found',
    )
  })

  test('goes on after the same change for a cursor from before a backup was restored', async () => {
    await tell(['a', 'b'])
    const { cursor } = (await shop.changes('?limit=1')).body
    await shop.db.updateTable('installation').set({ epoch: randomUUID() }).execute()
    const again = await shop.changes(`?since=${cursor}`)
    expect(idsOf(again.body.changes)).toEqual(['b'])
  })

  test('begins anew for a cursor of another database, whose change is not here', async () => {
    await tell(['a', 'b'])
    const { cursor, changes } = (await shop.changes()).body
    await shop.db.updateTable('installation').set({ epoch: randomUUID() }).execute()
    const [, lost] = changes
    await shop.db.deleteFrom('storefront_change').where('id', '=', lost!.id).execute()
    const again = await shop.changes(`?since=${cursor}`)
    expect(idsOf(again.body.changes)).toEqual(['a'])
  })

  test.each([
    ['?since=nonsense', 'invalid_cursor'],
    [`?since=${Buffer.from(`${randomUUID()} 9 x`).toString('base64url')}`, 'invalid_cursor'],
    [`?since=${'A'.repeat(5_000)}`, 'invalid_cursor'],
    ['?limit=0', 'invalid_limit'],
    ['?limit=501', 'invalid_limit'],
    ['?limit=-1', 'invalid_limit'],
    ['?limit=1e2', 'invalid_limit'],
  ])('refuses %s', async (query, code) => {
    const before = await digestOf(shop.db)
    expect(await shop.changes(query)).toMatchObject({ status: 400, body: { status: 400, code } })
    expect(await digestOf(shop.db)).toEqual(before)
  })

  test('takes a question as it was signed, however it is written', async () => {
    await tell(['a'])
    const answer = await shop.changes('?limit=%31%30&note=|%c3%A9~%7e')
    expect(answer.status).toBe(200)
  })
})

describe('while others write', () => {
  test('a change that commits late is not passed by', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    let written = () => {}
    const isWritten = new Promise<void>((resolve) => (written = resolve))
    const slow = inTransaction(shop.db, async (tx) => {
      // Its number is taken now, though it is written last of all.
      await sql`select pg_current_xact_id()`.execute(tx)
      tellShop(tx, 'shop', change('slow'))
      written()
      await held
    })
    await isWritten
    await tell(['fast'], second)
    const during = await shop.changes()
    // `fast` is there, but `slow` will stand before it: nothing may be read past it yet.
    expect(idsOf(during.body.changes)).toEqual([])
    release()
    await slow
    const after = await shop.changes(`?since=${during.body.cursor}`)
    expect(idsOf(after.body.changes)).toEqual(['slow', 'fast'])
  })

  test('following reads every change once, in the order of each writer', async () => {
    const writers = 6
    const each = 40
    let writing = true
    const write = async (writer: number) => {
      const node = writer % 2 === 0 ? shop.node : second
      for (let index = 0; index < each; index += 2) {
        await inTransaction(node.db, async (tx) => {
          await sql`select pg_current_xact_id()`.execute(tx)
          tellShop(tx, 'shop', change(`${writer}-${index}`))
          // Transactions of different lengths, so that they commit in another order than they began.
          await sql`select pg_sleep(${((writer * 7 + index) % 5) / 200})`.execute(tx)
          tellShop(tx, 'shop', change(`${writer}-${index + 1}`))
        })
      }
    }
    const seen: string[] = []
    const follow = async () => {
      let cursor = ''
      for (;;) {
        const isLast = !writing
        const { body } = await shop.changes(`?since=${cursor}&limit=500`, {}, second)
        seen.push(...idsOf(body.changes))
        cursor = body.cursor
        if (isLast && !body.more) return
      }
    }
    const following = follow()
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
    writing = false
    await following
    expect(seen).toHaveLength(writers * each)
    expect(new Set(seen).size).toBe(writers * each)
    for (let writer = 0; writer < writers; writer += 1) {
      const theirs = seen.filter((id) => id.startsWith(`${writer}-`))
      expect(theirs).toEqual(Array.from({ length: each }, (_, index) => `${writer}-${index}`))
    }
  })

  test('what becomes of one document is told in the order it happened', async () => {
    const sent = Array.from({ length: 12 }, (_, index) =>
      submitted({ id: `busy-${index}`, contact: 'olle' }),
    )
    await Promise.all(
      sent.map((each, index) => shop.send(each, {}, index % 2 === 0 ? shop.node : second)),
    )
    const { changes } = await shop.allChanges('', 5)
    for (let index = 0; index < sent.length; index += 1) {
      const types = changes
        .filter(({ change: told }) => idTold(told) === `busy-${index}`)
        .map(({ change: told }) => told.type)
      expect(types).toEqual(['requisition.received', 'requisition.ordered'])
    }
  })
})

test('a change cannot be sent back as an event', async () => {
  await shop.send(submitted({ id: 'mirror-1', contact: 'rut' }))
  const [told] = (await shop.changes()).body.changes
  const asWithdrawal = {
    ...told!.change,
    type: 'requisition.withdrawn',
    data: { ...told!.change.data, reason: null },
  }
  const answer = await shop.send(JSON.stringify(asWithdrawal))
  expect(answer).toMatchObject({ status: 422, body: { code: 'unknown_field' } })
})
