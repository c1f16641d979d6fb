import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { User } from '../../contract/entities'
import { Desk } from '../../main/desk/desk'
import { silentLog } from '../../test/support/silent-log'

/**
 * A console's main process without its window, from its first connection to being in step: everything
 * is parsed by its schema and written to the replica on disk. Prints the milliseconds it took.
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
process.stdout.write(String(performance.now() - start))
await (desk as Desk | null)?.close({ wipe: true })
await rm(folder, { recursive: true, force: true })
