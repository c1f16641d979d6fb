import { sql } from 'kysely'
import type { PrestaShopOptions } from './prestashop/options'
import { readPrestaShop, type PrestaShopReading } from './prestashop/read-prestashop'
import type { ExternalLink, PassMode } from './prestashop/report'
import type { GatewayContext } from '../gateway-context'
import { upsertMasterData } from '../master-data/upsert'

const actor = { kind: 'system', name: 'PrestaShop' } as const
const origin = { via: 'gateway', task: 'prestashop' } as const

/**
 * One pass over a shop: read it, upsert what it holds, remember how far it came and how its rows are
 * called in Kontor. A pass that fails leaves what was there before, and the next carries on from it.
 */
export async function passOverPrestaShop(
  context: GatewayContext,
  options: PrestaShopOptions,
  mode: PassMode,
): Promise<PrestaShopReading> {
  const { db } = context
  const name = `prestashop ${options.source}`
  const before = await db
    .selectFrom('connector_state')
    .select('cursor')
    .where('name', '=', name)
    .executeTakeFirst()
  const reading = await readPrestaShop(
    options,
    { upsert: (kind, rows) => upsertMasterData(context, kind, rows, { actor, origin }) },
    { mode, cursor: before?.cursor ?? null, now: context.now },
  )
  const { links = [], ...report } = reading.ok ? reading.report : { error: reading.error }
  await keepLinks(context, options.source, links)
  if (reading.cursor !== null) {
    const state = {
      cursor: JSON.stringify(reading.cursor),
      report: JSON.stringify(report),
      passed_at: context.now(),
    }
    await db
      .insertInto('connector_state')
      .values({ name, ...state })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(state))
      .execute()
  }
  return reading
}

async function keepLinks(
  { db }: GatewayContext,
  system: string,
  links: readonly ExternalLink[],
): Promise<void> {
  const rows = links.map(({ kind, externalId, id }) => ({ kind, external_id: externalId, id }))
  await sql`
    insert into external_key (system, kind, external_id, id)
    select distinct on (kind, external_id) ${system}, kind, external_id, id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (kind text, external_id text, id text)
    on conflict (system, kind, external_id) do update set id = excluded.id
  `.execute(db)
}
