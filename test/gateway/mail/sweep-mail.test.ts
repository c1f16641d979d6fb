import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepMail } from '../../../gateway/jobs/sweep-mail'
import { makeLink } from '../../../gateway/pages/links'
import { addTestShop, startTestGateway, type TestGateway } from '../../support/gateway'
import { mailsOf, queueMail } from '../../support/mail-desk'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let id: string

beforeEach(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const { body } = await (await addTestShop(gateway)).send(proposal('r-1'))
  id = (body['requisition'] as { id: string }).id
})
afterEach(() => gateway.close())

test('forgets what was settled long ago, and nothing that still waits', async () => {
  const { db } = gateway.context
  for (let count = 0; count < 3; count += 1)
    await queueMail(gateway.context, 'requisition.received', { id })
  const [old, recent, waiting] = (await mailsOf(gateway.context)).map((mail) => mail.id)
  await sql`
    update mail set state = 'sent', settled_at = now() - make_interval(days => case id
      when ${old} then 91 else 89 end)
    where id <> ${waiting}`.execute(db)
  await sql`update mail set queued_at = now() - interval '2 years' where id = ${waiting}`.execute(
    db,
  )
  await sweepMail(gateway.context)
  expect((await mailsOf(gateway.context)).map((mail) => mail.id)).toEqual([recent, waiting])
})

test('forgets links that expired long ago', async () => {
  const { db } = gateway.context
  const target = {
    purpose: 'requisition_status',
    aggregateKind: 'requisition',
    aggregateId: id,
    revision: 1,
    contactId: 'anna',
  } as const
  const old = await makeLink(db, target, 14)
  const expired = await makeLink(db, target, 14)
  const good = await makeLink(db, target, 14)
  const expire = (link: string, days: number) =>
    sql`update customer_link set expires_at = now() - make_interval(days => ${days}) where id = ${link}`.execute(
      db,
    )
  await expire(old.id, 91)
  await expire(expired.id, 89)
  await sweepMail(gateway.context)
  const left = await db.selectFrom('customer_link').select('id').orderBy('id').execute()
  expect(left.map((link) => link.id)).toEqual([expired.id, good.id])
})
