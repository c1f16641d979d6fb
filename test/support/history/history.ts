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
  /** Each time it went out, by a client that knows. */
  readonly tries: Try[]
}

export interface Try {
  /** In ms of the epoch. */
  readonly at: number
  /** What was going on when it turned out that no answer would come, or none that says anything. */
  lostIn: string | null
}

/** Commands whose answer was lost, and which were then sent again until one came. */
export interface LostAnswers {
  readonly sentAgain: number
  /** Those of them that had been carried out the first time: only the answer was missing. */
  readonly carriedOut: number
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
  /** What was answered to what was pressed on customers' pages, by the ids of their links. */
  readonly pages = new Map<string, number[]>()
  /** The shop's changes as it read them, page after page, by the cursor of the page before. */
  readonly told: Told[] = []

  /** What befalls the gateways at present, and what its name is where answers are lost in it. */
  misfortune: string | null = null

  /** A command is about to be given, for the first time or again. */
  sending(userId: string, envelope: CommandEnvelope): SentCommand {
    const known = this.commands.get(envelope.id)
    if (known) return known
    const sent = { userId, envelope, answers: [], tries: [] }
    this.commands.set(envelope.id, sent)
    return sent
  }

  /** No answer to the latest try will come, or none that says what became of it. */
  lost({ tries }: SentCommand): void {
    const latest = tries.at(-1)
    if (latest) latest.lostIn = this.misfortune ?? 'nothing'
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

/** @param carriedOutAt when each command began that was carried out, by its id, in ms of the epoch */
export function lostAnswers(
  { commands }: History,
  misfortune: string,
  carriedOutAt: ReadonlyMap<string, number>,
): LostAnswers {
  let sentAgain = 0
  let carriedOut = 0
  for (const [id, { tries, answers }] of commands) {
    const lost = tries.findIndex(({ lostIn }) => lostIn === misfortune)
    const next = lost < 0 ? undefined : tries[lost + 1]
    if (!next || !answers.some((answer) => answer.ok || !isPassing(answer.error.code))) continue
    sentAgain += 1
    if ((carriedOutAt.get(id) ?? Infinity) < next.at) carriedOut += 1
  }
  return { sentAgain, carriedOut }
}

/** Refusals that say nothing of what has been done: the same is to be sent again. */
const passing: ReadonlySet<string> = new Set(['unavailable', 'internal', 'too_many_requests'])

export function isPassing(code: string): boolean {
  return passing.has(code)
}
