import { onlineOnlyCommands } from '../../contract/command-rules'
import type { CommandPayload, CommandType } from '../../contract/commands'
import type { SendResult, SessionState } from '../../contract/console'
import { canReachGateway } from '../state/console'
import type { ConsoleStore } from '../state/console'
import type { Replica } from '../state/replica'
import { clearSends, isSilent, kindOf, putSend } from '../state/sends'
import type { Send, SendPhase, SendsStore } from '../state/sends'
import type { Bridge } from './bridge'
import { clearAnswer, pursue } from './pursuit'
import type { KnownEnd, Pursuit } from './pursuit'
import type { Reporter } from './reporter'

export interface CommandToSend<T extends CommandType> {
  readonly type: T
  readonly aggregateId: string
  /** The version it was decided on; null where the command has none. */
  readonly expectedVersion: number | null
  readonly payload: CommandPayload<T>
}

export interface Commands {
  /**
   * Sends it and tells how it went; meanwhile it stands among the pending ones. One that got no clear
   * answer is asked about under the same id, and this resolves when its end is known; `unanswered`
   * when that will not be, because the session ended. One of the same type about the same thing whose
   * end is not known yet is asked about instead of a second one being made.
   */
  readonly send: <T extends CommandType>(command: CommandToSend<T>) => Promise<SendResult>
  /** Asks once more what became of one that is `unknown`: the same command under the same id. */
  readonly askAgain: (id: string) => void
  /** Takes away what a person has seen: a refusal, or that nothing was sent. */
  readonly dismiss: (id: string) => void
  /** Takes away every answered, unsettled attempt on an aggregate. */
  readonly dismissAll: (aggregateId: string) => void
}

/** A command whose end is not known yet. */
interface Underway {
  readonly send: Send
  readonly result: Promise<SendResult>
  readonly end: (result: SendResult) => void
  pursuit: Pursuit | null
  /** The newest version of what it is about that the gateway was asked after. */
  askedAt: number
}

/** Sends commands, and settles each when the change it made has come back by the feed. */
export function createCommands(
  bridge: Bridge,
  sends: SendsStore,
  replica: Replica,
  consoleStore: ConsoleStore,
  report: Reporter,
): Commands {
  const underway = new Map<string, Underway>()
  const move = (send: Send, phase: SendPhase | null) =>
    putSend(sends, send.id, phase && { ...send, phase })
  const versionNow = ({ type, aggregateId }: Send) => {
    const kind = kindOf(type)
    return kind === null ? 0 : replica.versionOf(kind, aggregateId)
  }
  const canReach = () => canReachGateway(consoleStore.getState())

  const settle = () => {
    for (const send of sends.getState().byId.values()) {
      const { phase } = send
      if (phase.kind === 'settling' && versionNow(send) >= phase.version) move(send, null)
    }
    // What has changed may be its doing: the gateway knows, and can no longer do it anew.
    for (const one of underway.values()) {
      const version = versionNow(one.send)
      if (!one.pursuit || version <= one.askedAt) continue
      one.askedAt = version
      one.pursuit.again()
    }
  }
  replica.store.subscribe(settle)

  consoleStore.subscribe((state, before) => {
    if (state.connection === before.connection || !canReachGateway(state)) return
    for (const { pursuit } of underway.values()) pursuit?.wake()
  })

  // Nobody's command may go out, or show, under somebody else's name.
  let identity: string | null = null
  consoleStore.subscribe(({ session }, before) => {
    if (session === before.session || !session) return
    const next = identityOf(session, identity)
    if (next === identity) return
    identity = next
    const forgotten = [...underway.values()]
    underway.clear()
    clearSends(sends)
    for (const { pursuit, end } of forgotten) {
      pursuit?.stop()
      end({ kind: 'unanswered' })
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
      const isDone = send.phase.kind === 'refused' || send.phase.kind === 'offline'
      if (isDone && send.aggregateId === aggregateId) move(send, null)
    }
  }

  const finish = (one: Underway, end: KnownEnd) => {
    underway.delete(one.send.id)
    move(one.send, phaseAfter(one.send, end))
    settle()
    one.end(end)
  }

  return {
    send: ({ type, aggregateId, expectedVersion, payload }) => {
      const id = crypto.randomUUID()
      const envelope = { id, type, aggregateId, expectedVersion, payload }
      if (isSilent(type)) return ask(envelope)
      const same = onlineOnlyCommands.has(type) && sameUnderway(type, aggregateId)
      if (same) {
        same.pursuit?.again()
        return same.result
      }
      dismissAll(aggregateId)
      const send: Send = { id, type, aggregateId, expectedVersion, phase: { kind: 'sending' } }
      move(send, send.phase)
      return follow(send, () => ask(envelope))
    },
    askAgain: (id) => underway.get(id)?.pursuit?.again(),
    dismiss: (id) => putSend(sends, id, null),
    dismissAll,
  }

  function sameUnderway(type: CommandType, aggregateId: string): Underway | undefined {
    return [...underway.values()].find(
      ({ send }) => send.type === type && send.aggregateId === aggregateId,
    )
  }

  function follow(send: Send, post: () => Promise<SendResult>): Promise<SendResult> {
    let end: Underway['end'] = () => undefined
    const result = new Promise<SendResult>((resolve) => (end = resolve))
    const askedAt = Math.max(send.expectedVersion ?? 0, versionNow(send))
    const one: Underway = { send, result, end, pursuit: null, askedAt }
    underway.set(send.id, one)
    void post().then((first) => {
      if (underway.get(send.id) !== one) return
      const answer = clearAnswer(send.type, first)
      if (answer) return finish(one, answer)
      one.pursuit = pursue({
        type: send.type,
        sendAgain: post,
        canReach,
        moved: (kind, error) => move(send, { kind, error }),
        found: (found) => finish(one, found),
      })
    })
    return result
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

/** Whose commands go out; a gateway on its way up or down changes nothing about that. */
function identityOf(session: SessionState, before: string | null): string | null {
  switch (session.kind) {
    case 'signed_in':
      return session.user.id
    case 'signed_out':
    case 'first_run':
      return null
    case 'starting':
    case 'failed':
      return before
  }
}

/** Null where it has settled. */
function phaseAfter({ type }: Send, end: KnownEnd): SendPhase | null {
  switch (end.kind) {
    case 'accepted':
      // What does not come by the feed is done with its answer.
      return kindOf(type) === null ? null : { kind: 'settling', version: end.version }
    case 'refused':
      return { kind: 'refused', error: end.error }
    case 'queued':
    case 'offline':
      return { kind: end.kind }
  }
}
