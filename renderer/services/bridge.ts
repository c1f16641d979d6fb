import { events, requests } from '../../contract/bridge'
import type {
  EventName,
  EventPayload,
  KontorBridge,
  RequestAnswer,
  RequestArgument,
  RequestName,
} from '../../contract/bridge'
import type { Reporter } from './reporter'

/** The bridge as the window uses it: every answer and event parsed as it comes in. */
export interface Bridge {
  /** Rejects when main failed or answered with something the contract does not have. */
  readonly request: <N extends RequestName>(
    name: N,
    ...argument: RequestArgument<N> extends undefined ? [] : [RequestArgument<N>]
  ) => Promise<RequestAnswer<N>>
  /** Listens to an event; one that does not parse is reported and left out. */
  readonly on: <N extends EventName>(
    name: N,
    listener: (payload: EventPayload<N>) => void,
  ) => () => void
}

/** Puts the contract's schemas at the window's end of the bridge. */
export function createBridge(bridge: KontorBridge, report: Reporter): Bridge {
  return {
    request: async (name, ...argument) => {
      const answer: unknown = await bridge.request(name, ...argument)
      return requests[name].answer.parse(answer) as RequestAnswer<typeof name>
    },
    on: (name, listener) =>
      bridge.on(name, (payload) => {
        const parsed = events[name].safeParse(payload)
        if (parsed.success) listener(parsed.data as EventPayload<typeof name>)
        else report(new Error(`Event ${name} does not parse`, { cause: parsed.error }))
      }),
  }
}
