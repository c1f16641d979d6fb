import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import { anchorRestore, noSeal, type Anchor } from '../audit/anchor'
import { connect } from '../database/connect'
import type { Database } from '../database/schema'
import { GatewayStartError } from '../start-error'

/**
 * Tell anchors of the last restore of a database, whatever has been sealed in it since. All are tried,
 * and those that know of it are left as they are, so this can be done again for one that was not to be
 * had; gateways may run meanwhile.
 *
 * @returns the seal that the database was taken back to
 * @throws GatewayStartError when it was never restored, or an anchor could not be told
 */
export async function tellRestore(
  databaseUrl: string,
  anchors: readonly Anchor[],
  log: Logger,
): Promise<number> {
  const { db, close } = connect(databaseUrl, { maxConnections: 1, onError: () => undefined })
  try {
    const to = await restoredTo(db)
    const failures: string[] = []
    for (const anchor of anchors) {
      try {
        await anchorRestore(db, anchor, to, new Date(), log)
      } catch (error) {
        failures.push(`${anchor.file}: ${(error as Error).message}`)
      }
    }
    if (failures.length === 0) return to.n
    throw new GatewayStartError(
      'anchor_not_told',
      `The database is restored, but not all anchors could be told (${failures.join('; ')}). Until they are, with --tell-restore, nothing is written to them.`,
    )
  } finally {
    await close()
  }
}

/** The seal that the last restore took the database back to. */
async function restoredTo(db: Kysely<Database>): Promise<typeof noSeal> {
  const { rows } = await sql<{ seal: number | null }>`
    select (data->>'seal')::bigint as seal from audit
    where type = 'database.restored' order by seq desc limit 1`.execute(db)
  const n = rows[0]?.seal ?? null
  if (n === 0) return noSeal
  const seal =
    n === null
      ? undefined
      : await db
          .selectFrom('audit_seal')
          .select(['n', 'hash', 'entries'])
          .where('n', '=', n)
          .executeTakeFirst()
  if (seal) return seal
  throw new GatewayStartError(
    'never_restored',
    'The audit of this database knows of no restore that an anchor could be told of.',
  )
}
