import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { CommandAnswer, CommandEnvelope } from '../../../contract/commands'
import { ConsoleClient } from '../console-client'
import { isPassing, type History, type SentCommand } from '../history/history'

export interface DeskParts {
  readonly userId: string
  readonly token: string
  /** Where the gateways are reached; a desk goes from one to another. */
  readonly doors: readonly string[]
  readonly history: History
  readonly random: () => number
}

/**
 * One of the seller's people at work: decides on what the replica shows, sends again what was not
 * answered, under the same id, and comes back with its cursor by whatever door opens.
 */
export class Desk {
  readonly #parts: DeskParts
  #console: ConsoleClient | null = null
  /** Times it had to come back. */
  returns = 0

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  get console(): ConsoleClient {
    if (!this.#console) throw new Error('The desk has not been opened.')
    return this.#console
  }

  /** Work until told to stop; what was sent by then is settled first. */
  async work(goesOn: () => boolean): Promise<void> {
    const { random } = this.#parts
    while (goesOn()) {
      await this.connected()
      await wait(5 + random() * 40)
      const command = this.#choose()
      if (!command) continue
      await this.settle(command)
      // Whoever is not sure sends it again, though it was answered.
      if (random() < 0.1) await this.settle(command)
      if (random() < 0.02) this.console.socket.disconnect()
    }
  }

  /** Send a command until an answer says what became of it. */
  async settle(envelope: CommandEnvelope): Promise<CommandAnswer> {
    const sent: SentCommand = this.#parts.history.sending(this.#parts.userId, envelope)
    for (;;) {
      const console = await this.connected()
      const answer = await (
        console.socket.timeout(5_000).emitWithAck('command', envelope) as Promise<CommandAnswer>
      ).catch(() => null)
      if (answer) {
        sent.answers.push(answer)
        if (answer.ok || !isPassing(answer.error.code)) return answer
        await wait(100)
      } else if (console.socket.connected) {
        // Nothing came in five seconds: whatever the line believes, it is of no use.
        console.socket.disconnect()
      }
    }
  }

  /** The line as it is, or a new one that holds what the last one held. */
  async connected(): Promise<ConsoleClient> {
    const { doors, token, random } = this.#parts
    while (!this.#console?.socket.connected) {
      const door = doors[Math.floor(random() * doors.length)] ?? ''
      try {
        this.#console = this.#console
          ? await ConsoleClient.resume(door, token, this.#console)
          : await ConsoleClient.open(door, token)
        this.returns += 1
      } catch {
        await wait(20 + random() * 150)
      }
    }
    return this.#console
  }

  close(): void {
    this.#console?.close()
  }

  #choose(): CommandEnvelope | null {
    const { random, userId } = this.#parts
    const open = this.console
      .all('requisition')
      .filter(({ value }) => value.state === 'submitted' || value.state === 'in_review')
    const row = open[Math.floor(random() * open.length)]
    if (!row) return null
    const { revision, claimedBy } = row.value
    const isMine = claimedBy?.id === userId
    const command = (type: string, payload: CommandEnvelope['payload']): CommandEnvelope => ({
      id: randomUUID(),
      type,
      aggregateId: row.id,
      // Now and then decided on what is no longer so.
      expectedVersion: random() < 0.05 ? Math.max(0, row.version - 1) : row.version,
      payload,
    })
    const dice = random()
    if (dice < 0.1)
      return { ...command('requisition.mark_read', { revision }), expectedVersion: null }
    if (dice < 0.25) return command('requisition.claim', {})
    if (isMine && dice < 0.4) return command('requisition.release', {})
    if (dice < 0.5)
      return command('requisition.reject', { revision, reason: 'Utgår ur sortimentet.' })
    if (dice < 0.65) return command('requisition.return', { revision, message: 'Färre, tack.' })
    return command('requisition.approve', { revision })
  }
}
