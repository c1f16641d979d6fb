import { expect } from 'vitest'
import type { Gateway } from '../../gateway/create-gateway'
import { ConsoleClient } from './console-client'
import { addUser, signInAs } from './gateway'

/** People of one gateway, each at a console. */
export interface Consoles {
  as(username: string): ConsoleClient
  idOf(username: string): string
  /** What their console signed in with. */
  tokenOf(username: string): string
  readonly all: readonly ConsoleClient[]
  close(): void
}

/** Adds users and signs each in at a console, by the node that is theirs. */
export async function openConsoles(
  gateway: Gateway,
  people: readonly Parameters<typeof addUser>[1][],
  nodeOf: (username: string) => Pick<Gateway, 'url'> = () => gateway,
): Promise<Consoles> {
  const open = new Map<
    string,
    { readonly id: string; readonly token: string; readonly console: ConsoleClient }
  >()
  for (const person of people) {
    const { username } = person
    const id = await addUser(gateway, person)
    const node = nodeOf(username)
    const token = await signInAs(node, username)
    const console = await ConsoleClient.open(node.url, token)
    open.set(username, { id, token, console })
  }
  const all = [...open.values()].map(({ console }) => console)
  const of = (username: string) => open.get(username) ?? expect.fail(`${username} is not signed in`)
  return {
    as: (username) => of(username).console,
    idOf: (username) => of(username).id,
    tokenOf: (username) => of(username).token,
    all,
    close() {
      for (const console of all) console.close()
    },
  }
}
