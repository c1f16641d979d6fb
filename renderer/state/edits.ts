import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { PriceResolution } from '../../domain/pricing/rules'

/** What has been typed in a line's cells; what has not been touched is left out. */
export interface LineDraft {
  readonly quantity?: string
  /** Empty takes back what was set by hand. */
  readonly price?: string
  /** In per cent. */
  readonly rebate?: string
  /** `YYYY-MM-DD`, or empty. */
  readonly date?: string
}
export type LineField = keyof LineDraft

export interface AddedLine extends LineDraft {
  readonly id: string
  readonly articleId: string
}

export const headFields = [
  'requestedDate',
  'purchaseOrderNumber',
  'goodsMark',
  'yourReference',
  'freightTerms',
  'deliveryAddress',
  'partDeliveries',
  'internalComment',
] as const
export type HeadField = (typeof headFields)[number]

/** What somebody is changing of one requisition and has not saved. */
export interface EditDraft {
  /** The one it was begun on. */
  readonly revision: number
  readonly lines: ReadonlyMap<string, LineDraft>
  readonly added: readonly AddedLine[]
  readonly removed: ReadonlySet<string>
  readonly head: Readonly<Partial<Record<HeadField, string>>>
  /** Prices that the gateway was asked for meanwhile, by `priceKey`. */
  readonly resolved: ReadonlyMap<string, PriceResolution>
}

export interface EditsState {
  /** By requisition; what stands here is open for editing, also while something else is looked at. */
  readonly drafts: ReadonlyMap<string, EditDraft>
  /** The requisition whose changes somebody wants to leave, and is asked about. */
  readonly leaving: string | null
  /** Whether what is sent back takes the changes along as a proposal. */
  readonly isProposing: boolean
}

/** Changes that are being made, kept until they are saved or thrown away. */
export interface Edits {
  readonly store: StoreApi<EditsState>
  readonly of: (requisitionId: string | null) => EditDraft | undefined
  readonly begin: (requisitionId: string, revision: number) => void
  readonly drop: (requisitionId: string) => void
  /** They were another person's. */
  readonly clear: () => void
  readonly change: (requisitionId: string, change: (draft: EditDraft) => EditDraft) => void
  readonly askLeaving: (requisitionId: string | null) => void
  readonly setProposing: (isProposing: boolean) => void
}

const nothing: EditsState = { drafts: new Map(), leaving: null, isProposing: true }

export function createEdits(): Edits {
  const store = createStore<EditsState>(() => nothing)
  const put = (id: string, draft: EditDraft | null) =>
    store.setState(({ drafts }) => {
      const next = new Map(drafts)
      if (draft) next.set(id, draft)
      else next.delete(id)
      return { drafts: next, leaving: null }
    })
  const of: Edits['of'] = (id) => (id === null ? undefined : store.getState().drafts.get(id))
  return {
    store,
    of,
    begin: (id, revision) => {
      if (of(id)) return
      store.setState({ isProposing: true })
      put(id, {
        revision,
        lines: new Map(),
        added: [],
        removed: new Set(),
        head: {},
        resolved: new Map(),
      })
    },
    drop: (id) => put(id, null),
    clear: () => store.setState(nothing, true),
    change: (id, change) => {
      const draft = of(id)
      if (draft) put(id, change(draft))
    },
    askLeaving: (leaving) => store.setState({ leaving }),
    setProposing: (isProposing) => store.setState({ isProposing }),
  }
}

/** Under which a price of a quantity of an article is kept. */
export function priceKey(articleId: string, quantity: number): string {
  return `${quantity} ${articleId}`
}

/** A line's cell as it has been typed. */
export function typeCell(
  lineId: string,
  field: LineField,
  text: string,
): (draft: EditDraft) => EditDraft {
  return (draft) => {
    const isAdded = draft.added.some(({ id }) => id === lineId)
    if (isAdded) {
      const added = draft.added.map((line) =>
        line.id === lineId ? { ...line, [field]: text } : line,
      )
      return { ...draft, added }
    }
    const lines = new Map(draft.lines)
    lines.set(lineId, { ...lines.get(lineId), [field]: text })
    return { ...draft, lines }
  }
}

export function typeHead(field: HeadField, text: string): (draft: EditDraft) => EditDraft {
  return (draft) => ({ ...draft, head: { ...draft.head, [field]: text } })
}

export function addLine(line: AddedLine): (draft: EditDraft) => EditDraft {
  return (draft) => ({ ...draft, added: [...draft.added, line] })
}

/** Takes a line away; one that was only just added is gone at once. */
export function removeLine(lineId: string): (draft: EditDraft) => EditDraft {
  return (draft) => {
    const added = draft.added.filter(({ id }) => id !== lineId)
    if (added.length < draft.added.length) return { ...draft, added }
    return { ...draft, removed: new Set(draft.removed).add(lineId) }
  }
}

/** A line as it was before any of this. */
export function restoreLine(lineId: string): (draft: EditDraft) => EditDraft {
  return (draft) => {
    const lines = new Map(draft.lines)
    const removed = new Set(draft.removed)
    lines.delete(lineId)
    removed.delete(lineId)
    return { ...draft, lines, removed }
  }
}

export function learnPrice(
  key: string,
  resolution: PriceResolution,
): (draft: EditDraft) => EditDraft {
  return (draft) => ({ ...draft, resolved: new Map(draft.resolved).set(key, resolution) })
}
