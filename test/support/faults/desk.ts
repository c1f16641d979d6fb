import { setTimeout as wait } from 'node:timers/promises'
import type { CommandAnswer, CommandEnvelope } from '../../../contract/commands'
import { ConsoleClient } from '../console-client'
import type { SharedChanges } from '../shared-changes'
import { chooseCommand, type Choose } from './choose-command'
import { isPassing, type History, type SentCommand } from '../history/history'

export interface DeskParts {
  readonly userId: string
  readonly token: string
  /** Where the gateways are reached; a desk goes from one to another. */
  readonly doors: readonly string[]
  readonly history: History
  readonly random: () => number
  /** What is decided; anything that a person may decide unless said. */
  readonly choose?: Choose
  /** At most how long somebody thinks before a decision, in ms. */
  readonly thinks?: number
  /** With the other desks. */
  readonly shared?: SharedChanges | undefined
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
  /** Times it came back with a cursor and was sent everything all the same. */
  resets = 0

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  get console(): ConsoleClient {
    if (!this.#console) throw new Error('The desk has not been opened.')
    return this.#console
  }

  /** Work until told to stop; what was sent by then is settled first. */
  async work(goesOn: () => boolean): Promise<void> {
    const { random, userId, choose = chooseCommand, thinks = 45 } = this.#parts
    while (goesOn()) {
      await this.connected()
      await wait(5 + random() * (thinks - 5))
      this.console.forgetTheWay()
      const command = choose(this.console.all('requisition'), userId, random)
      if (!command) continue
      await this.settle(command)
      // Whoever is not sure sends it again, though it was answered.
      if (random() < 0.1) await this.settle(command)
      if (random() < 0.02) this.console.socket.disconnect()
    }
  }

  /** Send a command until an answer says what became of it. */
  async settle(envelope: CommandEnvelope): Promise<CommandAnswer> {
    const { history, userId } = this.#parts
    const sent: SentCommand = history.sending(userId, envelope)
    for (;;) {
      const console = await this.connected()
      sent.tries.push({ at: Date.now(), lostIn: null })
      const answer = await (
        console.socket.timeout(5_000).emitWithAck('command', envelope) as Promise<CommandAnswer>
      ).catch(() => null)
      if (answer) {
        sent.answers.push(answer)
        if (answer.ok || !isPassing(answer.error.code)) return answer
      }
      history.lost(sent)
      if (answer) await wait(100)
      // Nothing came in five seconds: whatever the line believes, it is of no use.
      else if (console.socket.connected) console.socket.disconnect()
    }
  }

  /** The line as it is, or a new one that holds what the last one held. */
  async connected(): Promise<ConsoleClient> {
    const { doors, token, random, shared } = this.#parts
    while (!this.#console?.socket.connected) {
      const door = doors[Math.floor(random() * doors.length)] ?? ''
      try {
        const before = this.#console
        this.#console = before
          ? await ConsoleClient.resume(door, token, before)
          : await ConsoleClient.open(door, token, { shared })
        this.returns += 1
        if (before?.cursor && this.#console.welcomes[0]?.reset) this.resets += 1
      } catch {
        await wait(20 + random() * 150)
      }
    }
    return this.#console
  }

  close(): void {
    this.#console?.close()
  }
}
