import { sql } from 'kysely'
import type { Transaction } from '../database/transaction'
import { hashBytes } from './digest'
import { entryColumns, hashOf, type EntryRow } from './entry-rows'
import type { Problems } from './problems'

/** Check the entries of a seal against the hashes in it. */
export async function checkEntries(
  tx: Transaction,
  seal: { readonly n: number; readonly seqs: readonly string[]; readonly entryHashes: Buffer },
  problems: Problems,
): Promise<void> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from audit a where a.seq = any(${seal.seqs}::bigint[])`.execute(tx)
  const bySeq = new Map<number, EntryRow>()
  const twice = new Set<number>()
  for (const row of rows) {
    if (bySeq.has(row.seq)) twice.add(row.seq)
    bySeq.set(row.seq, row)
  }
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
  }
}
