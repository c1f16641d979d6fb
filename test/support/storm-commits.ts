import { sql, type Kysely } from 'kysely'
import type { Database } from '../../gateway/database/schema'

/** One entity's value as a transaction wrote it. */
export interface Commit {
  readonly xid: number
  readonly id: string
  readonly version: number
  readonly isGone: boolean
}

/** Every commit of a storm, the overwritten ones as well. */
export interface CommitLog {
  readonly commits: readonly Commit[]
  /** When a transaction began to write, by `performance.now()`; it was committed later. */
  readonly beganAt: ReadonlyMap<number, number>
}

/** What came over one connection. */
export interface Connection {
  readonly beganAnew: boolean
  /** In the order they came; null for what is no warehouse. */
  readonly received: readonly (Commit | null)[]
  readonly moves: readonly { readonly at: number; readonly seq: number; readonly changes: number }[]
}

/**
 * From here on every warehouse that is written to the feed is written down beside it, in the same
 * transaction: the feed itself has only the newest of each.
 */
export async function keepCommits(db: Kysely<Database>): Promise<{
  /** A transaction is about to write. */
  writing(xid: number): void
  read(): Promise<CommitLog>
}> {
  await sql`create table storm_commit (xid xid8, id text, version integer, is_gone boolean)`.execute(
    db,
  )
  await sql`
    create function keep_storm_commit() returns trigger language plpgsql as $$ begin
      insert into storm_commit values (new.xid, new.id, new.version, new.value is null);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger keep_storm_commit after insert or update on feed
    for each row when (new.kind = 'warehouse') execute function keep_storm_commit()`.execute(db)
  const beganAt = new Map<number, number>()
  return {
    writing: (xid) => void beganAt.set(xid, performance.now()),
    async read() {
      const { rows } = await sql<Omit<Commit, 'xid'> & { xid: string }>`
        select xid::text as xid, id, version, is_gone as "isGone" from storm_commit
        order by storm_commit.xid`.execute(db)
      return { commits: rows.map((row) => ({ ...row, xid: Number(row.xid) })), beganAt }
    },
  }
}

export interface Delivery {
  readonly covered: number
  readonly overwritten: number
  readonly wrong: readonly string[]
}

/**
 * Whether a console was sent what its cursor covered, over all its connections. A commit may be left
 * out only when a later one of the same entity, beyond the cursor, had been written by then: the feed
 * holds but the newest. And whatever it was sent must have been committed just so.
 */
export function judgeDelivery(
  { commits, beganAt }: CommitLog,
  connections: readonly Connection[],
): Delivery {
  const wrong: string[] = []
  const known = new Map(commits.map((commit) => [keyOf(commit), commit]))
  const byEntity = new Map<string, Commit[]>()
  for (const commit of commits)
    byEntity.set(commit.id, [...(byEntity.get(commit.id) ?? []), commit])
  const held = new Map<string, number>()
  /** The first commit that no cursor has covered yet. */
  let next = 0
  let overwritten = 0

  function take(change: Commit | null | undefined): void {
    if (!change) return
    held.set(change.id, Math.max(held.get(change.id) ?? 0, change.version))
    const written = known.get(keyOf(change))
    if (written?.xid !== change.xid || written.isGone !== change.isGone)
      wrong.push(`was sent ${JSON.stringify(change)}, committed was ${JSON.stringify(written)}`)
  }

  function judge(commit: Commit, { seq, at }: Connection['moves'][number]): void {
    if ((held.get(commit.id) ?? 0) >= commit.version) return
    const later = (byEntity.get(commit.id) ?? []).filter(({ version }) => version > commit.version)
    // The latest that the cursor covers is judged in the place of all before it.
    if (later.some(({ xid }) => xid <= seq)) return
    // Of what was gone before it first came, a console is told nothing.
    if (commit.isGone && !held.has(commit.id)) return
    if (later.some(({ xid }) => (beganAt.get(xid) ?? 0) < at)) overwritten += 1
    else wrong.push(`at ${seq} it had not been sent ${JSON.stringify(commit)}`)
  }

  for (const { beganAnew, received, moves } of connections) {
    if (beganAnew) held.clear()
    let taken = 0
    for (const move of moves) {
      for (; taken < move.changes && taken < received.length; taken += 1) take(received[taken])
      for (; (commits[next]?.xid ?? Infinity) <= move.seq; next += 1)
        judge(commits[next] as Commit, move)
    }
  }
  return { covered: next, overwritten, wrong }
}

function keyOf({ id, version }: Commit): string {
  return `${id} ${version}`
}
