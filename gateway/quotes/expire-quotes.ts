import { sql } from 'kysely'
import type { Quote } from '../../contract/quotes'
import { isExpired } from '../../domain/quote/decide'
import { ask, question, together } from '../database/together'
import { inTransaction, type Transaction } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'
import { databaseTime } from '../seller/today'
import { end } from './answer-quote'

const atOnce = 100

/**
 * Let the quotes expire whose last day is over by the database's clock, and tell the shops. Any node may
 * do it at any time: who comes to a quote second finds it expired, and one that was answered while it
 * was waited for stays as it was answered. Returns how many expired.
 */
export async function expireQuotes({ db, wake }: GatewayContext): Promise<number> {
  let expired = 0
  for (;;) {
    const found = await inTransaction(db, expireSome)
    if (found > 0) wake()
    expired += found
    if (found < atOnce) return expired
  }
}

async function expireSome(tx: Transaction): Promise<number> {
  const due = sql<{ body: Quote; version: number; search: string }>`
    select q.body, q.version, q.search from quote q, seller s
    where q.state = 'sent'
      and q.valid_until < (clock_timestamp() at time zone s.time_zone)::date
    order by q.valid_until, q.id
    limit ${sql.lit(atOnce)}
    for update of q skip locked`
  const [quotes, { now, today }] = await ask(
    tx,
    together(
      question(due, (rows) => rows),
      databaseTime(),
    ),
  )
  const outcome = {
    kind: 'expired',
    by: { kind: 'system', name: 'Kontor' },
    at: now.toISOString(),
  } as const
  const over = quotes.filter(({ body }) => isExpired(body, today))
  for (const { body, version, search } of over) {
    end(tx, { value: body, version, search }, outcome, { via: 'gateway', task: 'expire quotes' })
  }
  return over.length
}
