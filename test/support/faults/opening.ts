import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { addTestShop, addUser, signInAs } from '../gateway'
import { load, smallSeller } from '../small-seller'

/** Who works in the house, and with what they get in. */
export interface Staff {
  readonly people: readonly { readonly userId: string; readonly token: string }[]
  readonly secret: string
}

/** Fill an empty database: the small seller, a shop, and people who may decide. */
export async function hire(databaseUrl: string, people: number): Promise<Staff> {
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'silent' }) })
  try {
    await load(gateway, smallSeller)
    const { secret } = await addTestShop(gateway)
    const hired: Staff['people'][number][] = []
    for (let at = 0; at < people; at += 1) {
      const username = `person-${at}`
      // The first is a rep with an account of their own: not everybody is sent everything.
      const isRep = at === 0
      const userId = await addUser(gateway, {
        username: isRep ? 'erik' : username,
        roles: [isRep ? 'rep' : 'approver'],
        approvalLimit: at === 1 ? 20_000 : null,
      })
      hired.push({ userId, token: await signInAs(gateway, isRep ? 'erik' : username) })
    }
    return { people: hired, secret }
  } finally {
    await gateway.close()
  }
}
