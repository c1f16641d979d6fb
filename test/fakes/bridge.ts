import type { ChosenFile } from '../../contract/attachments'
import { events, requests } from '../../contract/bridge'
import type {
  EventName,
  EventPayload,
  KontorBridge,
  RequestAnswer,
  RequestArgument,
  RequestName,
} from '../../contract/bridge'
import type {
  AppInfo,
  ConnectionState,
  LocalSettings,
  OutboxEntry,
  SendResult,
  SessionState,
} from '../../contract/console'
import type { CommandEnvelope } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import type { Change } from '../../contract/feed'
import { encodeItems, encodeWords, type ReplicaItem } from '../../contract/replica-items'
import type { QueryAnswer } from '../../contract/queries'
import { itemsOf } from '../../main/replica/items'

/** What an event tells; changes are handed over as the main process would. */
type Told<N extends EventName> = N extends 'replica.changes' ? readonly Change[] : EventPayload<N>

/** What the window's other end says, for a test that looks at the window alone. */
export interface FakeBridge {
  readonly kontor: KontorBridge
  /** Sends an event to the window. */
  readonly tell: <N extends EventName>(name: N, payload: Told<N>) => void
  /** Every request so far, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly argument: unknown }[]
  readonly commands: () => readonly CommandEnvelope[]
}

export interface FakeBridgeOptions {
  readonly info?: Partial<AppInfo>
  readonly session?: SessionState
  readonly connection?: ConnectionState
  readonly settings?: Partial<LocalSettings>
  readonly outbox?: readonly OutboxEntry[]
  /** What is on disk when the window asks for its replica. */
  readonly changes?: readonly Change[]
  /** Requisitions are told in brief, and the whole of each is to be asked for. */
  readonly inBrief?: boolean
  /** How a command goes; without it everything is unanswered. */
  readonly answerCommand?: (
    command: CommandEnvelope,
    bridge: FakeBridge,
  ) => SendResult | Promise<SendResult>
  readonly answerQuery?: (query: RequestArgument<'query.ask'>) => QueryAnswer | Promise<QueryAnswer>
  /** What main makes of files that are dropped onto the window. */
  readonly takeDropped?: (files: readonly object[]) => readonly ChosenFile[]
  /** Answers of requests that a test wants otherwise. */
  readonly answers?: {
    readonly [N in RequestName]?: (argument: unknown, bridge: FakeBridge) => unknown
  }
}

/**
 * The bridge with a main process of nothing but memory behind it. What it answers and tells is held
 * against the contract, as main is by its types.
 */
export function createFakeBridge(options: FakeBridgeOptions = {}): FakeBridge {
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  const wholes = new Map<string, { readonly version: number; readonly text: string }>()
  const words: string[] = []
  const asked: { name: RequestName; argument: unknown }[] = []
  let settings: LocalSettings = {
    language: 'sv',
    theme: 'light',
    singleKeys: true,
    density: 'comfortable',
    ...options.settings,
  }
  const ok = { ok: true } as const
  const answers: { readonly [N in RequestName]: (argument: never) => unknown } = {
    'app.info': () => ({
      version: '0.1.0',
      platform: 'linux',
      systemLanguage: 'sv',
      recovered: [],
      ...options.info,
    }),
    'app.ready': () => undefined,
    'session.get': () => options.session ?? { kind: 'first_run' },
    'session.signIn': () => ok,
    'session.tryDemo': () => ok,
    'session.signOut': () => ok,
    'session.forgetGateway': () => ok,
    'connection.get': () =>
      options.connection ?? { kind: 'live', since: '2026-11-23T07:00:00.000Z' },
    'connection.retry': () => undefined,
    'clock.get': () => ({ offset: 0 }),
    'storage.get': () => ({ kind: 'writable' }),
    'command.send': (command: CommandEnvelope) =>
      options.answerCommand?.(command, bridge) ?? { kind: 'unanswered' },
    'query.ask': (query: RequestArgument<'query.ask'>) =>
      options.answerQuery?.(query) ?? {
        ok: false,
        error: refusal('unavailable', 'There is no gateway behind this bridge.'),
      },
    'outbox.list': () => options.outbox ?? [],
    'outbox.retry': () => ok,
    'outbox.discard': () => ok,
    'replica.load': () => {
      tell('replica.reset', { identity: 'test' })
      if (options.changes) tell('replica.changes', [...options.changes])
      tell('replica.loaded', { cursor: { epoch: 'test', seq: options.changes?.length ?? 0 } })
      return undefined
    },
    'replica.requisition': ({ id }: { readonly id: string }) => wholes.get(id) ?? null,
    'replica.words': () => [...words],
    'settings.get': () => settings,
    'settings.update': (change: Partial<LocalSettings>) => {
      settings = { ...settings, ...change }
      tell('settings.changed', settings)
      return settings
    },
    'audit.export': () => ({ kind: 'cancelled' }),
    'quote.savePdf': () => ({ kind: 'cancelled' }),
    'attachment.choose': () => ({ files: [], beyond: 0, unread: 0 }),
    'attachment.send': () => ok,
    'attachment.forget': () => undefined,
    'attachment.save': () => ({ kind: 'cancelled' }),
    'clipboard.writeText': () => undefined,
  }

  const asTold = (item: ReplicaItem): ReplicaItem => {
    if (item.form !== 'requisition' || item.whole === null || options.inBrief !== true) return item
    const { id, version } = item
    wholes.set(id, { version, text: item.whole })
    if (item.words !== null) words.push(encodeWords([{ id, version, ...item.words }]))
    return { ...item, whole: null }
  }
  const tell: FakeBridge['tell'] = (name, payload) => {
    const isBatch = name === 'replica.changes' && Array.isArray(payload)
    const told: unknown = isBatch
      ? [encodeItems(itemsOf(payload as unknown as readonly Change[]).map(asTold))]
      : payload
    const parsed = events[name].parse(told)
    for (const listener of listeners.get(name) ?? []) listener(parsed as never)
  }
  const bridge: FakeBridge = {
    kontor: {
      request: async <N extends RequestName>(name: N, ...argument: readonly unknown[]) => {
        asked.push({ name, argument: argument[0] })
        const other = options.answers?.[name]
        const answer = other
          ? other(argument[0], bridge)
          : (answers[name] as (argument: unknown) => unknown)(argument[0])
        return requests[name].answer.parse(await answer) as RequestAnswer<N>
      },
      takeDropped: async (files) => options.takeDropped?.(files) ?? [],
      on: (name, listener) => {
        const group = listeners.get(name) ?? new Set()
        listeners.set(name, group)
        group.add(listener as (payload: never) => void)
        return () => group.delete(listener as (payload: never) => void)
      },
    },
    tell,
    asked,
    commands: () =>
      asked
        .filter(({ name }) => name === 'command.send')
        .map(({ argument }) => argument as CommandEnvelope),
  }
  return bridge
}
