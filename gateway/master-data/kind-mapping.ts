import type { MasterDataKind, MasterDataRow } from '../../contract/master-data'
import type { Database } from '../database/schema'

/** How the rows of one kind are stored. */
export interface KindMapping<K extends MasterDataKind> {
  readonly table: keyof Database
  /** Column → PostgreSQL type, in the order they are written. */
  readonly columns: Readonly<Record<string, string>>
  readonly key: readonly string[]
  readonly toColumns: (row: MasterDataRow<K>) => Readonly<Record<string, unknown>>
  /** Field of the row → table whose `id` it must name. */
  readonly references: Readonly<Record<string, keyof Database>>
  /** What may be set here instead: kept aside in a column as long as it is, and then not written over. */
  readonly setHere?: { readonly aside: string; readonly columns: readonly string[] }
  /** Rules across fields that a schema of single fields cannot say. */
  readonly check?: (
    row: MasterDataRow<K>,
  ) => { readonly pointer: string; readonly message: string } | null
}
