import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type {
  AppInfo,
  ConnectionState,
  LocalSettings,
  OutboxEntry,
  SessionState,
  StorageState,
} from '../../contract/console'

/** What main knows of this console, as it last said; null until it has. */
export interface ConsoleState {
  readonly info: AppInfo | null
  readonly session: SessionState | null
  readonly connection: ConnectionState | null
  readonly settings: LocalSettings | null
  readonly outbox: readonly OutboxEntry[]
  readonly storage: StorageState | null
}

export type ConsoleStore = StoreApi<ConsoleState>

export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>(() => ({
    info: null,
    session: null,
    connection: null,
    settings: null,
    outbox: [],
    storage: null,
  }))
}

/** The user who is signed in, or null. */
export function signedInUser({ session }: ConsoleState) {
  return session?.kind === 'signed_in' ? session.user : null
}

/** Whether a command could be answered now. */
export function canReachGateway({ connection }: ConsoleState): boolean {
  return connection?.kind === 'live' || connection?.kind === 'catching_up'
}
