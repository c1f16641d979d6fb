import { MOST_FILES_AT_ONCE } from '../../contract/attachment-limits'
import type { ChosenFile } from '../../contract/attachments'
import type { SendResult } from '../../contract/console'
import type { Attachment, Requisition } from '../../contract/entities'
import { refusal } from '../../contract/refusal'
import type { Refusal } from '../../contract/refusal'
import type { SavedFile } from '../../contract/saved-file'
import { MOST_ATTACHMENTS } from '../../domain/attachment/limits'
import { canReachGateway, signedInUser } from '../state/console'
import type { ConsoleStore } from '../state/console'
import type { Replica } from '../state/replica'
import { changeTransfer, createTransfersStore, keepTransfers } from '../state/transfers'
import type { Transfer, TransfersStore } from '../state/transfers'
import type { Bridge } from './bridge'
import type { Commands } from './commands'
import type { Reporter } from './reporter'

/** What became of a change that is wanted now or not at all. `error` is null without a connection. */
export type Amended = { readonly ok: true } | { readonly ok: false; readonly error: Refusal | null }

/** How many of the files that were given are not sent. */
export interface LeftOut {
  /** For want of room. */
  readonly beyond: number
  /** Folders, and what could not be read. */
  readonly unread: number
}

/** Files beside requisitions: on their way there, shown to others, taken off, kept on this computer. */
export interface Attachments {
  readonly store: TransfersStore
  /** Has the person choose files and sends them, as far as there is room. */
  readonly choose: (requisition: Requisition) => Promise<LeftOut>
  /** Sends what was dropped onto the window, as far as there is room: the page's `File` objects. */
  readonly drop: (requisition: Requisition, files: readonly object[]) => Promise<LeftOut>
  /** Sends one that failed once more; under its id, so that it is there once. */
  readonly retry: (id: string) => void
  readonly dismiss: (id: string) => void
  readonly show: (
    requisitionId: string,
    attachment: Attachment,
    visibility: Attachment['visibility'],
  ) => Promise<Amended>
  readonly detach: (requisitionId: string, attachmentId: string) => Promise<Amended>
  readonly save: (requisitionId: string, attachment: Attachment) => Promise<SavedFile>
}

/** One file is sent at a time: each is sooner there, and the line is not choked. */
export function createAttachments(
  bridge: Bridge,
  commands: Commands,
  replica: Replica,
  consoleStore: ConsoleStore,
  report: Reporter,
): Attachments {
  const store = createTransfersStore()
  let queue = Promise.resolve()

  bridge.on('attachment.progress', ({ id, sent }) => changeTransfer(store, id, { sent }))
  // It is among what is attached by now.
  replica.store.subscribe(() =>
    keepTransfers(store, ({ requisitionId, phase }) => {
      const version = phase.kind === 'attaching' ? phase.version : null
      return version === null || replica.versionOf('requisition', requisitionId) < version
    }),
  )
  consoleStore.subscribe((state, before) => {
    // What one person sends is nothing for the next one at the same window.
    if (signedInUser(state)?.id !== signedInUser(before)?.id) keepTransfers(store, () => false)
  })

  const forget = (files: readonly ChosenFile[]) =>
    bridge
      .request('attachment.forget', { ids: files.map(({ id }) => id) })
      .catch((error: unknown) => void report(error))
  store.subscribe(({ transfers }, before) => {
    const gone = before.transfers.filter(({ id }) => transfers.every((one) => one.id !== id))
    if (gone.length > 0) void forget(gone)
  })

  const who = () => signedInUser(consoleStore.getState())?.id
  const find = (id: string) => store.getState().transfers.find((one) => one.id === id)

  /** How many more a requisition takes, with those on their way to it. */
  const roomOf = ({ id: requisitionId, attachments = [] }: Requisition) => {
    const ids = new Set(attachments.map(({ id }) => id))
    for (const one of store.getState().transfers)
      if (one.requisitionId === requisitionId) ids.add(one.id)
    return Math.min(MOST_FILES_AT_ONCE, Math.max(0, MOST_ATTACHMENTS - ids.size))
  }

  const add = (requisitionId: string, files: readonly ChosenFile[]) => {
    const added: readonly Transfer[] = files.map((file) => ({
      ...file,
      requisitionId,
      sent: 0,
      phase: { kind: 'waiting' },
    }))
    store.setState(({ transfers }) => ({ transfers: [...transfers, ...added] }))
    for (const { id } of added) enqueue(id)
  }

  /** Adds them where the same person is still there. */
  const take = (requisitionId: string, by: string | undefined, files: readonly ChosenFile[]) => {
    if (who() === by) add(requisitionId, files)
    else void forget(files)
  }

  const enqueue = (id: string) => {
    queue = queue.then(() => carryOver(id)).catch((error: unknown) => void report(error))
  }

  async function carryOver(id: string): Promise<void> {
    const transfer = find(id)
    if (transfer?.phase.kind !== 'waiting') return
    const fail = (error: Refusal | null) =>
      changeTransfer(store, id, { phase: { kind: 'failed', error } })
    if (!canReachGateway(consoleStore.getState())) return fail(null)
    changeTransfer(store, id, { phase: { kind: 'sending' }, sent: 0 })
    try {
      let sent = await bridge.request('attachment.send', { id })
      if (!sent.ok && sent.error.details['problem'] === 'others_upload') {
        changeTransfer(store, id, { phase: { kind: 'waiting' }, sent: 0 })
        await elapsed(waitOf(sent.error))
        changeTransfer(store, id, { phase: { kind: 'sending' } })
        if (find(id)) sent = await bridge.request('attachment.send', { id })
      }
      // Somebody else may be at the window by now.
      if (!find(id)) return
      if (!sent.ok) return fail(sent.error)
      changeTransfer(store, id, { phase: { kind: 'attaching', version: null } })
      const { requisitionId, name } = transfer
      const result = await commands.send({
        type: 'requisition.attach',
        aggregateId: requisitionId,
        expectedVersion: null,
        // A colleague who was faster has shown it to the customer: that is not to be undone by this.
        payload: { attachmentId: id, name, visibility: 'internal', onlyNew: true },
      })
      if (result.kind !== 'accepted') return fail(errorOf(result))
      const { version } = result
      if (replica.versionOf('requisition', requisitionId) >= version)
        keepTransfers(store, (one) => one.id !== id)
      else changeTransfer(store, id, { phase: { kind: 'attaching', version } })
    } catch (error) {
      const reference = report(error)
      fail(refusal('internal', 'The file could not be sent.', { reference }))
    }
  }

  return {
    store,
    choose: async (requisition) => {
      const by = who()
      const most = roomOf(requisition)
      const { files, ...leftOut } = await bridge.request('attachment.choose', { most })
      take(requisition.id, by, files)
      return leftOut
    },
    drop: async (requisition, given) => {
      const by = who()
      const taken = given.slice(0, roomOf(requisition))
      const files = await bridge.takeDropped(taken)
      take(requisition.id, by, files)
      return { beyond: given.length - taken.length, unread: taken.length - files.length }
    },
    retry: (id) => {
      if (find(id)?.phase.kind !== 'failed') return
      changeTransfer(store, id, { phase: { kind: 'waiting' } })
      enqueue(id)
    },
    dismiss: (id) => keepTransfers(store, (one) => one.id !== id),
    show: async (requisitionId, { id, name }, visibility) =>
      amended(
        await commands.send({
          type: 'requisition.attach',
          aggregateId: requisitionId,
          expectedVersion: null,
          payload: { attachmentId: id, name, visibility },
        }),
      ),
    detach: async (requisitionId, attachmentId) =>
      amended(
        await commands.send({
          type: 'requisition.detach',
          aggregateId: requisitionId,
          expectedVersion: null,
          payload: { attachmentId },
        }),
      ),
    save: (requisitionId, { id, name }) =>
      bridge.request('attachment.save', { requisitionId, attachmentId: id, name }),
  }
}

/** How long a gateway that takes in others' files asks to be left alone, in ms; not so long that it looks dead. */
function waitOf({ details }: Refusal): number {
  const seconds = details['retryAfterSeconds']
  return 1_000 * Math.min(30, typeof seconds === 'number' ? seconds : 10)
}

async function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function amended(result: SendResult): Amended {
  return result.kind === 'accepted' ? { ok: true } : { ok: false, error: errorOf(result) }
}

function errorOf(result: Exclude<SendResult, { kind: 'accepted' }>): Refusal | null {
  switch (result.kind) {
    case 'refused':
      return result.error
    case 'unanswered':
      // Doing it again does no harm: it is done once.
      return refusal('unavailable', 'No answer came.', { reason: 'no_answer' })
    case 'offline':
    case 'queued':
      return null
  }
}
