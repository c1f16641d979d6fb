import type { KontorBridge } from '../contract/bridge'
import { createAttachments } from './services/attachments'
import type { Attachments } from './services/attachments'
import { createWholeRequisitions } from './services/whole-requisitions'
import type { Bridge } from './services/bridge'
import { createBulk } from './services/bulk'
import type { Bulk } from './services/bulk'
import { createCommands } from './services/commands'
import type { Commands } from './services/commands'
import { followConsole } from './services/console-feed'
import { followReplica } from './services/replica-feed'
import type { FeedTiming } from './services/replica-feed'
import { followReminders } from './services/reminders'
import type { Reporter } from './services/reporter'
import { followSearches } from './services/search-words'
import { createClock } from './state/clock'
import type { Clock } from './state/clock'
import { createConsoleStore, signedInUser } from './state/console'
import type { ConsoleStore } from './state/console'
import { createDecisionGuard } from './state/decision-guard'
import type { DecisionGuard } from './state/decision-guard'
import { createDrafts } from './state/drafts'
import { createEdits } from './state/edits'
import type { Edits } from './state/edits'
import type { Drafts } from './state/drafts'
import { createExposureIndex } from './state/exposure-index'
import type { ExposureIndex } from './state/exposure-index'
import { createInbox, INBOX } from './state/inbox'
import { createMarkedLines } from './state/marked-lines'
import type { MarkedLines } from './state/marked-lines'
import type { Inbox } from './state/inbox'
import { createNavigation } from './state/navigation'
import type { Navigation, Shown } from './state/navigation'
import { createPicked } from './state/picked'
import type { Picked } from './state/picked'
import { createReadIndex } from './state/read-index'
import type { ReadIndex } from './state/read-index'
import { createReplica } from './state/replica'
import type { Replica } from './state/replica'
import { createRequisitionIndex } from './state/requisition-index'
import type { RequisitionIndex } from './state/requisition-index'
import { createSendsStore } from './state/sends'
import type { SendsStore } from './state/sends'
import { createStockIndex } from './state/stock-index'
import type { StockIndex } from './state/stock-index'
import { todayAt } from './state/today'
import { createToasts } from './state/toasts'
import type { Toasts } from './state/toasts'
import { createWarehouseChoices } from './state/warehouse-choices'
import type { WarehouseChoices } from './state/warehouse-choices'

/** Everything a window works with. Made once, handed to the views and to the actions. */
export interface Desk {
  readonly bridge: Bridge
  readonly report: Reporter
  readonly clock: Clock
  readonly console: ConsoleStore
  readonly replica: Replica
  readonly requisitions: RequisitionIndex
  readonly stock: StockIndex
  readonly exposure: ExposureIndex
  readonly reads: ReadIndex
  readonly inbox: Inbox
  readonly decisionGuard: DecisionGuard
  readonly sends: SendsStore
  readonly commands: Commands
  readonly attachments: Attachments
  /** What is picked out in the inbox, and what is decided on together. */
  readonly picked: Picked
  readonly bulk: Bulk
  /** Resolves when the whole of each has come from the disk, or could not be had. */
  readonly readWholes: (ids: Iterable<string>) => Promise<void>
  readonly navigation: Navigation
  readonly drafts: Drafts
  readonly edits: Edits
  readonly warehouseChoices: WarehouseChoices
  readonly markedLines: MarkedLines
  readonly toasts: Toasts
  /** Resolves when main has been asked for everything once. */
  readonly ready: Promise<void>
  /** Resolves when everything that was on disk has come, and at once where nobody is signed in. */
  readonly filled: Promise<void>
}

export interface DeskOptions {
  readonly report: Reporter
  /** The screen on which each kind of thing is shown. */
  readonly showing: Readonly<Partial<Record<Shown, string>>>
  readonly clock?: Clock
  readonly timing?: FeedTiming
}

/** Wires the services to the stores. Indexes are made before the first change can come. */
export function createDesk(
  bridge: KontorBridge,
  { report, showing, clock = createClock(), timing }: DeskOptions,
): Desk {
  const consoleStore = createConsoleStore()
  const replica = createReplica()
  const requisitions = createRequisitionIndex(replica)
  const stock = createStockIndex(replica)
  const exposure = createExposureIndex(replica)
  const reads = createReadIndex(replica)
  const inbox = createInbox(replica, requisitions, () => todayAt({ replica, clock }))
  const decisionGuard = createDecisionGuard()
  const sends = createSendsStore()
  const edits = createEdits()
  const commands = createCommands(bridge, sends, replica, consoleStore, report)

  const picked = createPicked()
  const markedLines = createMarkedLines()
  // What a second press was waited for was something else.
  markedLines.store.subscribe(decisionGuard.forget)
  const bulk = createBulk(commands, sends, consoleStore)
  inbox.store.subscribe(({ filter }, before) => {
    if (filter !== before.filter) picked.clear()
  })

  const navigation = createNavigation(INBOX, showing)
  const wholes = createWholeRequisitions(bridge, replica, report, (id) => {
    // Nobody looks at those beside it yet.
    if (id === navigation.store.getState().selected[INBOX]) replica.touch()
  })
  navigation.store.subscribe(({ screen, selected }, before) => {
    // Also when what was open already is asked for once more.
    if (screen === INBOX && selected !== before.selected) bulk.show(false)
    const open = selected[INBOX] ?? null
    if (open === (before.selected[INBOX] ?? null)) return
    inbox.pin(open)
    markedLines.clear()
    decisionGuard.release()
    if (open === null) return
    const { ids } = inbox.view(signedInUser(consoleStore.getState())?.id ?? null)
    const at = ids.indexOf(open)
    // The next key is likely to open one of those beside it.
    for (const id of [open, ids[at + 1], ids[at - 1]]) if (id !== undefined) wholes.need(id)
  })
  replica.observe((deltas) => {
    const open = navigation.store.getState().selected[INBOX]
    if (open != null) wholes.need(open)
    const isReplaced = deltas?.some(
      (delta) =>
        delta.kind === 'requisition' &&
        delta.id === open &&
        delta.before !== null &&
        delta.after?.revision !== delta.before.revision,
    )
    if (isReplaced === true) decisionGuard.hold()
  })
  consoleStore.subscribe((state, before) => {
    // What one person writes is nothing for the next one at the same window.
    if (signedInUser(state)?.id === signedInUser(before)?.id) return
    inbox.setWriting(null)
    picked.clear()
    markedLines.clear()
    edits.clear()
  })

  let isClockTold = false
  bridge.on('clock.changed', ({ offset }) => {
    isClockTold = true
    clock.setOffset(offset)
  })
  bridge
    .request('clock.get')
    .then(({ offset }) => (isClockTold ? undefined : clock.setOffset(offset)))
    .catch(report)
  followReplica(bridge, replica, report, timing)
  followSearches(bridge, replica, report)
  const toasts = createToasts()
  followReminders({ replica, console: consoleStore, clock, navigation, toasts })
  const ready = followConsole(bridge, consoleStore, report)
  // Nobody waits for the replica: what has come is shown, and the rest as it comes.
  ready.then(() => bridge.request('replica.load')).catch(report)
  const filled = ready.then(() =>
    signedInUser(consoleStore.getState()) === null ? undefined : whenLoaded(replica),
  )

  return {
    bridge,
    report,
    clock,
    console: consoleStore,
    replica,
    requisitions,
    stock,
    exposure,
    reads,
    inbox,
    decisionGuard,
    sends,
    commands,
    attachments: createAttachments(bridge, commands, replica, consoleStore, report),
    picked,
    bulk,
    readWholes: wholes.needAll,
    navigation,
    drafts: createDrafts(),
    edits,
    warehouseChoices: createWarehouseChoices(replica),
    markedLines,
    toasts,
    ready,
    filled,
  }
}

function whenLoaded({ store }: Replica): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (store.getState().phase !== 'loaded') return
      stop()
      resolve()
    }
    const stop = store.subscribe(look)
    look()
  })
}
