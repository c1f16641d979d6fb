import { connect } from './connect'
import { migrate } from './migrate'

/**
 * Bring the database at an address up to this version's schema, as `migrate` does, over a connection of
 * its own that waits for as long as it takes: for a node that is at it already, for a backup that is
 * being made, and for a change to large tables, which are read from end to end.
 *
 * @returns the migrations that were carried out
 * @throws when one fails; what it had done is rolled back
 */
export async function upgrade(
  url: string,
  onError: (error: Error) => void,
): Promise<readonly string[]> {
  const { db, close } = connect(url, {
    maxConnections: 1,
    queryTimeoutMs: 0,
    mayScan: true,
    onError,
  })
  try {
    return await migrate(db)
  } finally {
    await close()
  }
}
