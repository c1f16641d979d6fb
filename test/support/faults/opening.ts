import type { User } from '../../../contract/entities'
import type { Role } from '../../../domain/access/roles'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { addTestShop, addUser, signInAs } from '../gateway'
import { load, smallSeller } from '../small-seller'

export interface Person {
  readonly userId: string
  readonly token: string
  readonly user: User
}

/** Who works in the house, and with what they get in. */
export interface Staff {
  readonly people: readonly Person[]
  readonly secret: string
}

/** Fill an empty database: the small seller, a shop, and people who may decide. */
export async function hire(databaseUrl: string, people: number): Promise<Staff> {
  const gateway = await createGateway({ databaseUrl, log: createLog({ level: 'silent' }) })
  try {
    await load(gateway, smallSeller)
    const { secret } = await addTestShop(gateway)
    const hired: Person[] = []
    for (let at = 0; at < people; at += 1) {
      // The first is a rep with an account of their own: not everybody is sent everything.
      const username = at === 0 ? 'erik' : `person-${at}`
      const roles: readonly Role[] = at === 0 ? ['rep'] : ['approver']
      const approvalLimit = at === 1 ? 20_000 : null
      const userId = await addUser(gateway, { username, roles, approvalLimit })
      const token = await signInAs(gateway, username)
      const user: User = {
        id: userId,
        username,
        displayName: username,
        roles: [...roles],
        team: null,
        status: 'active',
      }
      hired.push({ userId, token, user })
    }
    return { people: hired, secret }
  } finally {
    await gateway.close()
  }
}
