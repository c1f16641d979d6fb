import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { User } from '../../contract/entities'
import { decodeItems } from '../../contract/replica-items'
import { Desk } from '../../main/desk/desk'
import { noItems, recordsOf } from '../../main/replica/records'
import { linesOf } from '../../main/storage/checked-lines'
import { silentLog } from '../../test/support/silent-log'

/**
 * A console's main process without its window, from its first connection to being in step: everything
 * is parsed by its schema and written to the replica on disk. Prints the milliseconds it took, and how
 * many changes are then in the replica's file.
 */
const [, , address = '', token = '', user = '{}'] = process.argv
const folder = await mkdtemp(join(tmpdir(), 'kontor-catch-up-'))
const start = performance.now()
let desk: Desk | null = null
await new Promise<void>((resolve, reject) => {
  void Desk.open({
    folder,
    app: '0.0.0',
    device: '0190a5e0-0000-7000-8000-00000000000a',
    address: () => address,
    token,
    user: JSON.parse(user) as User,
    gatewayId: null,
    isWindowReady: () => false,
    tell: (name, payload) => {
      if (name === 'connection.changed' && (payload as { kind: string }).kind === 'live') resolve()
    },
    welcomed: () => undefined,
    sessionEnded: () => reject(new Error('the session has ended')),
    recovered: () => undefined,
    log: silentLog(),
  }).then((opened) => (desk = opened), reject)
})
const ms = performance.now() - start
await (desk as Desk | null)?.close({ wipe: false })
process.stdout.write(JSON.stringify({ ms, changes: await changesIn(folder) }))
await rm(folder, { recursive: true, force: true })

/** Different entities in the replica that was written below a folder. */
async function changesIn(userData: string): Promise<number> {
  const [key = ''] = await readdir(join(userData, 'replicas'))
  const file = await open(join(userData, 'replicas', key, 'replica.log'))
  const { size } = await file.stat()
  const held = new Set<string>()
  let start = 0
  for await (const { end } of linesOf(file, 0, size)) {
    // Behind the head.
    start = end
    break
  }
  for await (const { items } of recordsOf(file, start, size)) {
    if (items === noItems) continue
    for (const { kind, id } of decodeItems(items)) held.add(`${kind} ${id}`)
  }
  await file.close()
  return held.size
}
