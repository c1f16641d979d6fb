import type { ConsoleState } from './console'
import { isSilent } from './sends'

/** How many decisions have not been sent, and how many came back; what nobody gave is left out. */
export function waitingOf({ outbox }: Pick<ConsoleState, 'outbox'>): {
  readonly toSend: number
  readonly refused: number
} {
  const given = outbox.filter(({ type }) => !isSilent(type))
  const refused = given.filter(({ state }) => state === 'refused').length
  return { toSend: given.length - refused, refused }
}
