import { randomUUID } from 'node:crypto'
import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { signedHeaders } from '../gateway/storefront/signature'
import { startBenchSeller } from './harness/bench-seller'
import { print, quantile } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'

/**
 * A shop's question about 100 articles, each at random and with a quantity of its own, at 300 questions a
 * second: the 99th percentile from when a question is due, so that one that waits for those before it
 * counts as long, until its answer is read. With ten thousand balances and with a million, against the
 * former. None names an entity tag, so all are answered whole.
 */
const sizes = [10_000, 1_000_000]
const questionsPerSecond = 300
const articlesPerQuestion = 100
const warmUpSeconds = 5
const rounds = 5
const secondsPerRound = 6

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
let smallest: number | null = null
for (const size of sizes) {
  const seller = await startBenchSeller(1)
  const articles = await fillStock(seller.client, size)
  const gateway = await startGatewayProcess(seller.databaseUrl)
  const ask = asking(gateway.url, seller.shopSecret, articles)
  await askFor(warmUpSeconds, ask)
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) took.push(...(await askFor(secondsPerRound, ask)))
  const value = quantile(took, 0.99)
  const name = smallest === null ? 'availability.p99' : `availability.p99.${size}`
  print({ name, unit: 'ms', rounds }, value, smallest)
  smallest ??= value
  await gateway.stop()
  await seller.close()
}
agent.destroy()

/** Asks at an even pace, whether or not what was asked before is answered; the milliseconds each took. */
async function askFor(seconds: number, ask: () => Promise<void>): Promise<number[]> {
  const took: number[] = []
  const open: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < seconds * questionsPerSecond; n += 1) {
    const due = start + (n * 1_000) / questionsPerSecond
    while (performance.now() < due) await wait(Math.max(0, due - performance.now() - 1))
    open.push(ask().then(() => void took.push(performance.now() - due)))
  }
  await Promise.all(open)
  return took
}

function asking(url: string, secret: string, articles: number): () => Promise<void> {
  const random = (below: number) => Math.floor(Math.random() * below)
  return () => {
    const asked = Array.from(
      { length: articlesPerQuestion },
      () => `sku=B-${random(articles)}:${1 + random(200)}`,
    )
    const path = `/storefront/v1/availability?${asked.join('&')}`
    const headers = signedHeaders([secret], randomUUID(), new Date(), Buffer.from(`GET ${path}`))
    return new Promise((resolve, reject) => {
      get(url + path, { agent, headers }, (answer) => {
        if (answer.statusCode !== 200)
          reject(new Error(`A question was answered ${answer.statusCode}.`))
        answer.resume().once('end', resolve)
      }).once('error', reject)
    })
  }
}

/** So many balances, some with what is on its way in and what is promised; the number of articles. */
async function fillStock(client: pg.Client, balances: number): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    'select count(*) from warehouse where open_to_webshop',
  )
  const articles = Math.ceil(balances / Number(rows[0]?.count))
  await client.query(
    `insert into article (id, name_sv, unit, precision, pack_multiple, minimum_quantity, vat_rate,
       list_price_basis, currency, status)
     select 'B-' || n, 'Artikel ' || n, 'st', 0, 0, 0, 250000, 'net', 'SEK', 'active'
     from generate_series(0, $1 - 1) n`,
    [articles],
  )
  await client.query(
    `insert into stock_balance (article_id, warehouse_id, on_hand, safety_stock, lead_time_days, source, observed_at)
     select 'B-' || n, w.id, (hashtext(n || w.id) % 300) * 1000, 5000, 5, 'bench', now()
     from generate_series(0, $1 - 1) n, warehouse w where w.open_to_webshop`,
    [articles],
  )
  for (const [table, date, more] of [
    ['stock_inbound', 'date', ', confirmed'],
    ['stock_backlog', 'planned_date', ''],
  ] as const) {
    await client.query(
      `insert into ${table} (id, article_id, warehouse_id, quantity, ${date}${more})
       select 'B-' || n || w.id, 'B-' || n, w.id, 40000, current_date + n % 20${more && ', n % 2 = 0'}
       from generate_series(0, $1 - 1, 3) n, warehouse w where w.open_to_webshop`,
      [articles],
    )
  }
  await client.query('vacuum analyze')
  return articles
}
