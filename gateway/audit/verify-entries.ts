import { sql } from 'kysely'
import type { Transaction } from '../database/transaction'
import { hashBytes } from './digest'
import { entryColumns, erasure, hashOf, type EntryRow } from './entry-rows'
import type { Problems } from './problems'

/** An entry, and whether the audit tells of its erasure. */
type Row = EntryRow & { readonly isToldOf: boolean }

/** Check the entries of a seal against the hashes in it. Returns how many have been erased. */
export async function checkEntries(
  tx: Transaction,
  seal: { readonly n: number; readonly seqs: readonly string[]; readonly entryHashes: Buffer },
  problems: Problems,
): Promise<number> {
  const { rows } = await sql<Row>`
    select ${entryColumns}, a.digest is not null and exists (
      select from audit e where e.aggregate_id = a.seq::text
        and e.aggregate_kind = ${erasure.aggregateKind} and e.type = ${erasure.type}
    ) as "isToldOf"
    from audit a where a.seq = any(${seal.seqs}::bigint[])`.execute(tx)
  const bySeq = new Map<number, Row>()
  const twice = new Set<number>()
  for (const row of rows) {
    if (bySeq.has(row.seq)) twice.add(row.seq)
    bySeq.set(row.seq, row)
  }
  let erased = 0
  for (const [at, text] of seal.seqs.entries()) {
    const seq = Number(text)
    const changed = (message: string) =>
      problems.add({ code: 'entry_changed', seal: seal.n, seq, message })
    const row = bySeq.get(seq)
    if (!row) {
      problems.add({
        code: 'entry_missing',
        seal: seal.n,
        seq,
        message: `Entry ${seq} was sealed in seal ${seal.n} and is not there any more.`,
      })
      continue
    }
    if (twice.has(seq)) changed(`There are two entries ${seq}.`)
    const sealedHash = seal.entryHashes.subarray(at * hashBytes, (at + 1) * hashBytes)
    if (!hashOf(row)?.equals(sealedHash))
      changed(`Entry ${seq} is not what was sealed in seal ${seal.n}.`)
    if (row.digest === null) continue
    erased += 1
    if (!row.isToldOf) changed(`Entry ${seq} was erased without a word of it in the audit.`)
  }
  return erased
}
