import type { CommandPayload, CommandType } from '../../contract/commands'
import type { SendResult } from '../../contract/console'
import { isSilent, kindOf, putSend } from '../state/sends'
import type { Send, SendPhase, SendsStore } from '../state/sends'
import type { ConsoleStore } from '../state/console'
import type { Replica } from '../state/replica'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

export interface CommandToSend<T extends CommandType> {
  readonly type: T
  readonly aggregateId: string
  /** The version it was decided on; null where the command has none. */
  readonly expectedVersion: number | null
  readonly payload: CommandPayload<T>
}

export interface Commands {
  /** Sends it and tells how it went; meanwhile it stands among the pending ones. */
  readonly send: <T extends CommandType>(command: CommandToSend<T>) => Promise<SendResult>
  /** Takes away what a person has seen: a refusal, or that nothing was sent. */
  readonly dismiss: (id: string) => void
  /** Takes away every answered, unsettled attempt on an aggregate. */
  readonly dismissAll: (aggregateId: string) => void
}

/** Sends commands, and settles each when the change it made has come back by the feed. */
export function createCommands(
  bridge: Bridge,
  sends: SendsStore,
  replica: Replica,
  consoleStore: ConsoleStore,
  report: Reporter,
): Commands {
  const move = (send: Send, phase: SendPhase | null) =>
    putSend(sends, send.id, phase && { ...send, phase })
  const versionNow = ({ type, aggregateId }: Send) => replica.versionOf(kindOf(type), aggregateId)

  const settle = () => {
    for (const send of sends.getState().byId.values()) {
      const { phase } = send
      if (phase.kind === 'settling' && versionNow(send) >= phase.version) move(send, null)
      else if (phase.kind === 'unanswered' && versionNow(send) > (send.expectedVersion ?? 0)) {
        move(send, null)
      }
    }
  }
  replica.store.subscribe(settle)

  // Back in step and still on the old version: what nobody answered did not happen.
  consoleStore.subscribe(({ connection }, before) => {
    if (connection?.kind !== 'live' || before.connection?.kind === 'live') return
    settle()
    for (const send of sends.getState().byId.values()) {
      if (send.phase.kind === 'unanswered') move(send, { kind: 'not_happened' })
    }
  })

  // What waited in the outbox has been sent once it is there no longer.
  consoleStore.subscribe(({ outbox }, before) => {
    if (outbox === before.outbox) return
    const now = new Set(outbox.map(({ id }) => id))
    for (const { id } of before.outbox) {
      const send = sends.getState().byId.get(id)
      if (send?.phase.kind === 'queued' && !now.has(id)) move(send, null)
    }
  })

  const dismissAll = (aggregateId: string) => {
    for (const send of sends.getState().byId.values()) {
      const done =
        send.phase.kind === 'refused' ||
        send.phase.kind === 'offline' ||
        send.phase.kind === 'not_happened'
      if (done && send.aggregateId === aggregateId) move(send, null)
    }
  }

  return {
    send: async ({ type, aggregateId, expectedVersion, payload }) => {
      const id = crypto.randomUUID()
      if (!isSilent(type)) dismissAll(aggregateId)
      const send: Send = { id, type, aggregateId, expectedVersion, phase: { kind: 'sending' } }
      if (!isSilent(type)) move(send, { kind: 'sending' })
      const result = await ask({ id, type, aggregateId, expectedVersion, payload })
      if (!isSilent(type)) move(send, phaseAfter(result))
      settle()
      return result
    },
    dismiss: (id) => putSend(sends, id, null),
    dismissAll,
  }

  async function ask(
    envelope: Parameters<typeof bridge.request<'command.send'>>[1],
  ): Promise<SendResult> {
    try {
      return await bridge.request('command.send', envelope)
    } catch (error) {
      report(error)
      return { kind: 'unanswered' }
    }
  }
}

function phaseAfter(result: SendResult): SendPhase {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'settling', version: result.version }
    case 'refused':
      return { kind: 'refused', error: result.error }
    case 'queued':
    case 'offline':
    case 'unanswered':
      return { kind: result.kind }
  }
}
