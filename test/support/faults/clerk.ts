import { setTimeout as wait } from 'node:timers/promises'
import type { CommandEnvelope } from '../../../contract/commands'
import type { OutboxEntry, SendResult } from '../../../contract/console'
import type { User } from '../../../contract/entities'
import { startFaultProxy, type FaultProxy } from '../fault-proxy/fault-proxy'
import { isPassing, type History, type SentCommand } from '../history/history'
import { chooseCommand, type Choose } from './choose-command'
import { ConsoleProcess } from './console-process'

export interface ClerkParts {
  readonly user: User
  readonly token: string
  /** Where the gateways are reached. */
  readonly doors: readonly FaultProxy[]
  /** The console's own; empty before the first day. */
  readonly folder: string
  readonly history: History
  readonly random: () => number
  /** What is decided, and at most how long is thought about it: see `DeskParts`. */
  readonly choose?: Choose
  readonly thinks?: number
}

/** Whoever has so much waiting to be sent stops and waits as well. */
const mostWaiting = 20

/**
 * One of the seller's people at the console's real main process, which is killed and put to sleep
 * under them. Remembers what they were told is kept.
 */
export class Clerk {
  readonly #parts: ClerkParts
  readonly #line: FaultProxy
  readonly #console: ConsoleProcess
  readonly #undecided: CommandEnvelope[] = []
  /** Ids of commands that were said to be kept. */
  readonly kept = new Set<string>()
  /** Kept commands that were still unsettled when the console was killed. */
  readonly keptThroughKill = new Set<string>()

  private constructor(parts: ClerkParts, line: FaultProxy) {
    this.#parts = parts
    this.#line = line
    const { folder, token, user } = parts
    this.#console = new ConsoleProcess({ folder, address: line.url, token, user }, (entries) =>
      this.#look(entries),
    )
    this.#console.start()
  }

  static async hire(parts: ClerkParts): Promise<Clerk> {
    const line = await startFaultProxy(parts.doors[0]?.url ?? '')
    return new Clerk(parts, line)
  }

  get console(): ConsoleProcess {
    return this.#console
  }

  /** Work until told to stop; what the outbox holds then is not waited for. */
  async work(goesOn: () => boolean): Promise<void> {
    const { random, user, choose = chooseCommand, thinks = 65 } = this.#parts
    while (goesOn()) {
      await wait(5 + random() * (thinks - 5))
      if (this.#console.outbox.length >= mostWaiting) continue
      const again = this.#undecided.pop()
      const command = again ?? choose(this.#console.all('requisition'), user.id, random)
      if (command) await this.#give(command)
    }
    for (const command of this.#undecided.splice(0)) await this.#give(command)
  }

  /** Kills the console, mostly one that has been without a line and has things to send. */
  async killConsole(downMs: number): Promise<void> {
    const { random } = this.#parts
    if (random() < 0.7) {
      this.#line.cut()
      const hasKept = () => this.#console.outbox.some(({ id }) => this.kept.has(id))
      await this.#console.until('something to send', hasKept, 5_000).catch(() => undefined)
      await wait(random() * 250)
    }
    await this.#console.kill()
    for (const { id, state } of this.#console.outbox)
      if (state !== 'refused' && this.kept.has(id)) this.keptThroughKill.add(id)
    await wait(downMs)
    this.#console.start()
    await wait(random() * 200)
    this.#mend()
  }

  async nap(ms: number): Promise<void> {
    this.#console.sleep()
    await wait(ms)
    this.#console.wake(this.#parts.random() < 0.5)
  }

  /** Resolves when everything given has been settled, as far as the window knows. */
  async settled(): Promise<void> {
    this.#mend()
    await this.#console.until('an empty outbox', () => {
      return this.#console.connection === 'live' && this.#console.outbox.length === 0
    })
  }

  /** A last kill, and what the next console then makes of the same folder. */
  async startAnew(): Promise<void> {
    await this.#console.kill()
    this.#console.start()
    await this.settled()
  }

  async close(): Promise<void> {
    await this.#console.kill()
    await this.#line.close()
  }

  /** The line holds again, maybe to another gateway. */
  #mend(): void {
    const { doors, random } = this.#parts
    this.#line.turnTo(doors[Math.floor(random() * doors.length)]?.port ?? 0)
    this.#line.mend()
  }

  async #give(command: CommandEnvelope): Promise<void> {
    const { history, user, random } = this.#parts
    const sent = history.sending(user.id, command)
    for (;;) {
      const result = await this.#console.give(command)
      if (result) this.#note(sent, command.id, result)
      // Without a line there is something else to do; what was not answered is asked about.
      if (result && result.kind !== 'unanswered') return
      if (!result && random() < 0.5) {
        // The console was killed under it: was it kept? Whoever is not sure gives it once more.
        this.#undecided.push(command)
        return
      }
      if (!result) return
      await wait(100)
    }
  }

  #note(sent: SentCommand, id: string, result: SendResult): void {
    if (result.kind === 'queued') this.kept.add(id)
    else if (result.kind === 'accepted')
      sent.answers.push({ ok: true, result: result.result, version: result.version })
    else if (result.kind === 'refused' && !isPassing(result.error.code))
      sent.answers.push({ ok: false, error: result.error })
  }

  /** What came back refused is looked at, and put away. */
  #look(entries: readonly OutboxEntry[]): void {
    for (const { id, state, refusal } of entries) {
      if (state !== 'refused') continue
      const sent = this.#parts.history.commands.get(id)
      const isNews = sent?.answers.every(({ ok }) => ok) ?? false
      if (refusal && isNews) sent?.answers.push({ ok: false, error: refusal })
      this.#console.discard(id)
    }
  }
}
