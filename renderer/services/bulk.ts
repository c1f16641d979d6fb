import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { SendResult } from '../../contract/console'
import type { Refusal } from '../../contract/errors'
import type { Texts } from '../../language/texts'
import { canReachGateway } from '../state/console'
import type { ConsoleStore } from '../state/console'
import type { SendsStore } from '../state/sends'
import { startPump } from './bulk-pump'
import type { Pump, PumpPhase } from './bulk-pump'
import type { Commands, CommandToSend } from './commands'

const SHOWN_EVERY_MILLISECONDS = 100

export type BulkKind = 'approve' | 'reject'

/** What has become of one of them. */
export type BulkResult =
  /** It was known beforehand that it cannot be decided; it is not sent. */
  | { readonly kind: 'left_out'; readonly why: (texts: Texts) => string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  /** No clear answer: the gateway is being asked, under the same id. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ordered'; readonly orderId: string; readonly orderNumber: string }
  | { readonly kind: 'step_taken' }
  | { readonly kind: 'rejected' }
  /** A rejection that got no answer soon enough: the outbox sees to it. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'refused'; readonly error: Refusal }
  /** Cancelled before its turn came. */
  | { readonly kind: 'not_sent' }

/** One of those that are decided together, as it was when it was decided. */
export interface BulkRow {
  readonly id: string
  readonly number: string
  readonly companyId: string
  readonly net: number
  readonly currency: string
  readonly result: BulkResult
}

/** A row and what is to be sent for it; null where nothing is. */
export interface BulkOrder extends BulkRow {
  readonly command: CommandToSend<'requisition.approve' | 'requisition.reject'> | null
}

export interface BulkRun {
  readonly kind: BulkKind
  readonly rows: readonly BulkRow[]
  readonly phase: PumpPhase
  /** Its results stand in the place of the detail. */
  readonly isShown: boolean
  readonly showsOnlyRefused: boolean
}

/** Deciding on many at once: every one of them by a command of its own. */
export interface Bulk {
  readonly store: StoreApi<{ readonly run: BulkRun | null }>
  readonly start: (kind: BulkKind, orders: readonly BulkOrder[]) => void
  /** The line was gone and is back: what has not been sent is sent now. */
  readonly goOn: () => void
  readonly cancel: () => void
  readonly askAgain: (requisitionId: string) => void
  readonly show: (isShown: boolean) => void
  readonly showOnlyRefused: (isWanted: boolean) => void
  /** The results have been seen. Only of a run that sends nothing more. */
  readonly dismiss: () => void
}

/** Whether nothing more is sent, and what was sent has come to its end or is being asked about. */
export function isOver({ phase, rows }: BulkRun): boolean {
  if (phase === 'ended') return true
  return phase === 'cancelled' && rows.every(({ result }) => result.kind !== 'sending')
}

/** Whether something went otherwise than it was asked for. */
export function isProblem({ result }: BulkRow): boolean {
  return ['left_out', 'refused', 'unknown', 'not_sent'].includes(result.kind)
}

export function createBulk(
  commands: Commands,
  sends: SendsStore,
  consoleStore: ConsoleStore,
): Bulk {
  const store = createStore<{ readonly run: BulkRun | null }>(() => ({ run: null }))
  let pump: Pump | null = null
  /** Counts the runs: what comes late of one that was dismissed is nothing for the next. */
  let runs = 0
  /** Whoever waits to hear that the answer of one is not clear. */
  const listening = new Map<string, () => void>()

  /** What has come of some since it was last shown: hundreds come a second, and nobody sees each. */
  const fresh = new Map<string, BulkResult>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (fresh.size === 0) return
    const results = new Map(fresh)
    fresh.clear()
    store.setState(({ run }) => {
      if (!run) return { run }
      const rows = run.rows.map((row) => {
        const result = results.get(row.id)
        return result ? { ...row, result } : row
      })
      return { run: { ...run, rows } }
    })
  }
  const change = (part: Partial<BulkRun>) => {
    flush()
    store.setState(({ run }) => (run ? { run: { ...run, ...part } } : { run }))
  }
  const put = (id: string, result: BulkResult) => {
    fresh.set(id, result)
    timer ??= setTimeout(flush, SHOWN_EVERY_MILLISECONDS)
  }
  const resultOf = (id: string) =>
    fresh.get(id) ?? store.getState().run?.rows.find((row) => row.id === id)?.result

  // What became of one is looked for by the commands themselves; here it is only shown.
  sends.subscribe(({ byId }) => {
    for (const send of byId.values()) {
      const { kind } = send.phase
      if (kind !== 'asking' && kind !== 'unknown') continue
      const known = resultOf(send.aggregateId)
      if (known?.kind !== 'sending' && known?.kind !== 'asking' && known?.kind !== 'unknown')
        continue
      if (known.kind !== kind) put(send.aggregateId, { kind })
      listening.get(send.aggregateId)?.()
    }
  })

  // Nobody's decisions show under somebody else's name.
  consoleStore.subscribe(({ session }, before) => {
    const userOf = (state: typeof session) => (state?.kind === 'signed_in' ? state.user.id : null)
    if (userOf(session) === userOf(before.session)) return
    pump?.cancel()
    forget()
  })

  return {
    store,
    start: (kind, orders) => {
      const run: BulkRun = {
        kind,
        rows: orders.map(({ command: _command, ...row }) => row),
        phase: 'running',
        isShown: true,
        showsOnlyRefused: false,
      }
      runs += 1
      const mine = runs
      const isMine = () => mine === runs
      store.setState({ run })
      pump = startPump(
        orders.flatMap(({ command }) => (command ? [command] : [])),
        {
          canReach: () => canReachGateway(consoleStore.getState()),
          send: (command) => ({
            ended: commands.send(command),
            unclear: new Promise<void>((resolve) => listening.set(command.aggregateId, resolve)),
          }),
          sending: ({ aggregateId }) => put(aggregateId, { kind: 'sending' }),
          ended: ({ aggregateId }, result) => {
            listening.delete(aggregateId)
            if (isMine()) put(aggregateId, endOf(kind, result))
          },
          back: ({ aggregateId }) => {
            if (isMine()) put(aggregateId, { kind: wasCancelled() ? 'not_sent' : 'waiting' })
          },
          moved: (phase) => {
            if (!isMine()) return
            change({ phase })
            if (phase === 'cancelled') leaveUnsent()
          },
        },
      )
    },
    goOn: () => pump?.goOn(),
    cancel: () => pump?.cancel(),
    askAgain: (requisitionId) => {
      for (const { id, aggregateId, phase } of sends.getState().byId.values())
        if (aggregateId === requisitionId && phase.kind === 'unknown') commands.askAgain(id)
    },
    show: (isShown) => {
      if (store.getState().run?.isShown === !isShown) change({ isShown })
    },
    showOnlyRefused: (showsOnlyRefused) => change({ showsOnlyRefused }),
    dismiss: () => {
      const { run } = store.getState()
      if (!run || !isOver(run)) return
      for (const { id, result } of run.rows) if (result.kind === 'refused') commands.dismissAll(id)
      forget()
    },
  }

  function forget(): void {
    runs += 1
    pump = null
    listening.clear()
    clearTimeout(timer)
    timer = undefined
    fresh.clear()
    store.setState({ run: null })
  }

  function wasCancelled(): boolean {
    return store.getState().run?.phase === 'cancelled'
  }

  function leaveUnsent(): void {
    flush()
    store.setState(({ run }) => {
      if (!run) return { run }
      const rows = run.rows.map((row) =>
        row.result.kind === 'waiting' ? { ...row, result: { kind: 'not_sent' as const } } : row,
      )
      return { run: { ...run, rows } }
    })
  }
}

function endOf(kind: BulkKind, result: SendResult): BulkResult {
  switch (result.kind) {
    case 'accepted': {
      if (kind === 'reject') return { kind: 'rejected' }
      const { orderId, orderNumber } = result.result
      return typeof orderId === 'string'
        ? {
            kind: 'ordered',
            orderId,
            orderNumber: typeof orderNumber === 'string' ? orderNumber : '',
          }
        : { kind: 'step_taken' }
    }
    case 'refused':
      return { kind: 'refused', error: result.error }
    case 'queued':
      return { kind: 'queued' }
    case 'offline':
      return { kind: 'not_sent' }
    case 'unanswered':
      return { kind: 'unknown' }
  }
}
