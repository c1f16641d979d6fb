import type { EventName, EventPayload } from '../contract/bridge'

/** Tells the window something; one that has gone, or does not listen yet, is told nothing. */
export type TellWindow = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** There is no replica: the window's is to be empty. */
export function emptyWindow(tell: TellWindow): void {
  tell('replica.reset', { identity: '' })
  tell('replica.loaded', { cursor: null })
}
