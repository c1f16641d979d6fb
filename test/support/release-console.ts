import { randomUUID } from 'node:crypto'
import type { CommandEnvelope } from '../../contract/commands'
import type { Gateway } from '../../gateway/create-gateway'
import { ConsoleClient } from './console-client'
import { signInAs } from './gateway'
import { openDesk, type RunningDesk } from './desk'

/** What is kept of a released version's console, beside its files. */
export interface ReleaseConsole {
  readonly username: string
  /** The commands that wait in its outbox. */
  readonly waiting: readonly CommandEnvelope[]
}

/** The console's main process of the person whom a release day's files are of. */
export async function openReleaseDesk(
  gateway: Gateway,
  options: {
    readonly username: string
    readonly folder: string
    /** The console's version. */
    readonly app: string
    /** Where it looks for the gateway at first. */
    readonly address: string
  },
): Promise<RunningDesk> {
  const { username, ...place } = options
  const token = await signInAs(gateway, username)
  const client = await ConsoleClient.open(gateway.url, token)
  const [welcome] = client.welcomes
  client.close()
  if (!welcome) throw new Error('it was not welcomed')
  return openDesk({ ...place, token, user: welcome.user, gatewayId: welcome.gateway })
}

/**
 * The files of a console that was in step on a release day (`makeReleaseDay`), whose gateway then went
 * away, and whose person went on. Closes the gateway.
 *
 * @param folder the user-data folder to be filled
 */
export async function makeReleaseConsole(
  gateway: Gateway,
  options: { readonly username: string; readonly folder: string; readonly app: string },
): Promise<ReleaseConsole> {
  const desk = await openReleaseDesk(gateway, { ...options, address: gateway.url })
  await until(() => desk.state === 'live')
  const held = Object.values(await desk.held()) as readonly {
    readonly version: number
    readonly value: {
      readonly id: string
      readonly revision: number
      readonly shop?: { readonly documentId: string }
    }
  }[]
  await gateway.close()
  await until(() => desk.state !== 'live')
  const waiting = (
    [
      ['answered', 'requisition.mark_read', {}],
      ['answered', 'requisition.reject', { reason: 'Går inte att få tag på – åäö.' }],
      ['open', 'requisition.claim', null],
      ['claimed', 'requisition.return', { message: 'Vilken längd?' }],
    ] as const
  ).map(([document, type, payload]): CommandEnvelope => {
    const one = held.find(({ value }) => value.shop?.documentId === document)
    if (!one) throw new Error(`${document} is not on the desk`)
    const { id: aggregateId, revision } = one.value
    return {
      id: randomUUID(),
      type,
      aggregateId,
      expectedVersion: type === 'requisition.mark_read' ? null : one.version,
      payload: payload === null ? {} : { revision, ...payload },
    }
  })
  for (const command of waiting) {
    const sent = await desk.send(command)
    if (sent.kind !== 'queued') throw new Error(JSON.stringify(sent))
  }
  await desk.close()
  return { username: options.username, waiting }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 600) throw new Error('waited a minute in vain')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
