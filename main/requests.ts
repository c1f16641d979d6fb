import type { WebContents } from 'electron'

import type { AuditExport } from '../contract/audit-export'
import type { AppInfo, ConnectionState, LocalSettings, StorageState } from '../contract/console'
import { refusal, type Outcome } from '../contract/errors'
import type { SavedFile } from '../contract/saved-file'
import type { ChosenFiles } from './attachments/chosen-files'
import type { RequestHandlers } from './ipc'
import type { Access } from './session/download'
import type { ConsoleSession } from './session/session'
import type { CheckedStore } from './storage/checked-store'
import { emptyWindow, type TellWindow } from './window-port'

export interface RequestParts {
  readonly session: ConsoleSession
  readonly settings: CheckedStore<LocalSettings>
  readonly storage: () => StorageState
  /** Says once what was set aside; the next call has nothing more to say. */
  readonly appInfo: () => AppInfo
  readonly windowReady: () => void
  /** The window asked for its replica: from now on it is sent without asking. */
  readonly replicaAsked: () => void
  readonly settingsChanged: (settings: LocalSettings) => void
  readonly writeClipboard: (text: string) => void
  /** Where a file is to be kept, as the person says; null when they change their mind. */
  readonly chooseFile: (name: string, window: WebContents) => Promise<string | null>
  readonly files: ChosenFiles
  /** Files that the person wants to send; none when they change their mind. */
  readonly choosePaths: (window: WebContents) => Promise<readonly string[]>
  readonly sendFile: (
    access: Access,
    file: { readonly id: string; readonly content: Uint8Array },
    progress: (sent: number) => void,
  ) => Promise<Outcome<null>>
  /** What the gateway has at a path, into a file. */
  readonly download: (access: Access, path: string, file: string) => Promise<SavedFile>
  /** Tell the system that what is in a file is not ours. */
  readonly markForeign: (file: string) => Promise<void>
  readonly tell: TellWindow
}

/** What answers each request of the window. */
export function requestHandlers(parts: RequestParts): RequestHandlers {
  const { session, settings, tell } = parts
  const saveAs = async (
    name: string,
    path: string,
    window: WebContents,
    isForeign = false,
  ): Promise<SavedFile> => {
    const { access } = session
    if (access === null) return { kind: 'refused', error: notSignedIn().error }
    const file = await parts.chooseFile(name, window)
    if (file === null) return { kind: 'cancelled' }
    const saved = await parts.download(access, path, file)
    if (isForeign && saved.kind === 'saved') await parts.markForeign(file)
    return saved
  }
  return {
    'app.info': parts.appInfo,
    'app.ready': () => {
      parts.windowReady()
      return undefined
    },
    'session.get': () => session.state,
    'session.signIn': async (wish) => done(await session.signIn(wish)),
    'session.tryDemo': async () => done(await session.tryDemo()),
    'session.signOut': async () => done(await session.signOut()),
    'session.forgetGateway': async () => done(await session.forgetGateway()),
    'connection.get': () => session.desk?.connectionState ?? noConnection(),
    'connection.retry': () => {
      session.desk?.reconnect('if_waiting')
      return undefined
    },
    'clock.get': () => ({ offset: session.desk?.clockOffset ?? 0 }),
    'storage.get': parts.storage,
    'command.send': async (command) => (await session.desk?.send(command)) ?? { kind: 'offline' },
    'query.ask': async (query) => (await session.desk?.ask(query)) ?? notSignedIn(),
    'outbox.list': () => [...(session.desk?.outbox ?? [])],
    'outbox.retry': async ({ id }) => done((await session.desk?.retry(id)) ?? notSignedIn()),
    'outbox.discard': async ({ id }) => done((await session.desk?.discard(id)) ?? notSignedIn()),
    'replica.load': async () => {
      parts.replicaAsked()
      if (session.desk === null) emptyWindow(tell)
      else await session.desk.loadReplica()
      return undefined
    },
    'replica.requisition': async ({ id }) => (await session.desk?.requisition(id)) ?? null,
    'replica.words': async () => [...((await session.desk?.words()) ?? [])],
    'settings.get': () => settings.read(),
    'settings.update': (change) => {
      settings.write({ ...settings.read(), ...withoutGaps(change) })
      const now = settings.read()
      parts.settingsChanged(now)
      tell('settings.changed', now)
      return now
    },
    'audit.export': (wanted, window) => {
      const { from, to, form } = wanted
      return saveAs(`audit-${from}-${to}.${form}`, auditPath(wanted), window)
    },
    'quote.savePdf': ({ id, name }, window) =>
      saveAs(`${name}.pdf`, `/api/quotes/${id}/document`, window),
    'attachment.choose': async ({ most }, window) => {
      const paths = await parts.choosePaths(window)
      const taken = paths.slice(0, most)
      const files = [...(await parts.files.note(taken))]
      return { files, beyond: paths.length - taken.length, unread: taken.length - files.length }
    },
    'attachment.send': async ({ id }) => {
      const { access } = session
      if (access === null) return notSignedIn()
      const content = await parts.files.read(id)
      if (!content.ok) return content
      const progress = (sent: number) => tell('attachment.progress', { id, sent })
      return done(await parts.sendFile(access, { id, content: content.value }, progress))
    },
    'attachment.forget': ({ ids }) => {
      for (const id of ids) parts.files.forget(id)
      return undefined
    },
    'attachment.save': ({ requisitionId, attachmentId, name }, window) =>
      saveAs(name, `/api/requisitions/${requisitionId}/attachments/${attachmentId}`, window, true),
    'clipboard.writeText': ({ text }) => {
      parts.writeClipboard(text)
      return undefined
    },
  }
}

function auditPath({ from, to, of, form }: AuditExport): string {
  const query = new URLSearchParams({ from, to, form, ...(of === null ? {} : { of }) })
  return `/api/audit?${query.toString()}`
}

function done(outcome: Outcome<null>) {
  return outcome.ok ? ({ ok: true } as const) : outcome
}

function notSignedIn() {
  return { ok: false, error: refusal('unauthenticated', 'Nobody is signed in.') } as const
}

/** Nobody has tried yet: whoever has just signed in is not to read that the gateway is away. */
function noConnection(): ConnectionState {
  return { kind: 'connecting', since: new Date().toISOString(), lastInStep: null }
}

/** What is left out of a change, or given as undefined, stays as it is. */
function withoutGaps(change: {
  readonly [K in keyof LocalSettings]?: LocalSettings[K] | undefined
}) {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Partial<LocalSettings>
}
