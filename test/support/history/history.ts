import type { CommandAnswer, CommandEnvelope } from '../../../contract/commands'
import type {
  StorefrontChangesPage,
  StorefrontEventInput,
  StorefrontReceipt,
} from '../../../contract/storefront'

/** A command as a client sent it, and every answer that reached the client, in that order. */
export interface SentCommand {
  readonly userId: string
  readonly envelope: CommandEnvelope
  readonly answers: CommandAnswer[]
}

export type EventAnswer =
  | { readonly ok: true; readonly receipt: StorefrontReceipt }
  | { readonly ok: false; readonly code: string }

/** An event as a shop sent it, and every answer that reached the shop. */
export interface SentEvent {
  readonly webhookId: string
  readonly event: StorefrontEventInput
  readonly answers: EventAnswer[]
}

type Told = StorefrontChangesPage['changes'][number]

/** What everybody outside the gateway knows of a run: what they sent, and what they were told. */
export class History {
  readonly commands = new Map<string, SentCommand>()
  readonly events = new Map<string, SentEvent>()
  /** The shop's changes as it read them, page after page, by the cursor of the page before. */
  readonly told: Told[] = []

  /** A command is about to go out, for the first time or again. */
  sending(userId: string, envelope: CommandEnvelope): SentCommand {
    const known = this.commands.get(envelope.id)
    if (known) return known
    const sent = { userId, envelope, answers: [] }
    this.commands.set(envelope.id, sent)
    return sent
  }

  sendingEvent(webhookId: string, event: StorefrontEventInput): SentEvent {
    const known = this.events.get(webhookId)
    if (known) return known
    const sent = { webhookId, event, answers: [] }
    this.events.set(webhookId, sent)
    return sent
  }

  /** How many commands and events have been acknowledged as done. */
  get acknowledged(): number {
    const isDone = ({ answers }: { answers: readonly { ok: boolean }[] }) =>
      answers.some(({ ok }) => ok)
    return [...this.commands.values(), ...this.events.values()].filter(isDone).length
  }
}

/** Refusals that say nothing of what has been done: the same is to be sent again. */
const passing: ReadonlySet<string> = new Set(['unavailable', 'internal', 'too_many_requests'])

export function isPassing(code: string): boolean {
  return passing.has(code)
}
