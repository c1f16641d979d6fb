/**
 * How the main process hands the window its replica, and how the replica stands on disk: as text that
 * is read only where something of it is looked at. Ten thousand requisitions are passed on at a start
 * without anybody parsing one of them.
 *
 * A batch is one line: the heads of all its items as JSON, then their texts in order, each behind a
 * tab. JSON holds no raw tab or line break, so nothing has to be escaped. Values have passed their
 * schemas in the main process, at the gateway's door, and are trusted from there on.
 */
import type { StepInBrief } from '../domain/approval/steps'
import { awaitsDecision } from '../domain/requisition/states'
import type { EntityKind, Requisition } from './entities'

/** What a list sorts, filters, counts and searches requisitions by, without reading more of them. */
export interface RequisitionHead {
  readonly state: Requisition['state']
  readonly receivedAt: string
  /** When it was decided; null while nothing has become of it. */
  readonly endedAt: string | null
  /** Id of the user who has claimed it. */
  readonly claimerId: string | null
  readonly companyId: string
  readonly contactId: string
  readonly currency: string
  readonly net: number
  readonly gross: number
  /** The steps that rules demand; null where none does, and when it is decided. */
  readonly steps: readonly StepInBrief[] | null
}

/** What a row says of a requisition beside its head. */
export type RequisitionRest = Pick<
  Requisition,
  'number' | 'kind' | 'revision' | 'reasons' | 'claimedBy' | 'outcome' | 'reminder'
> & {
  readonly lineCount: number
  /** Names of the rules that demand a step. */
  readonly rules: readonly string[]
  /** The number of the one it is the rest of. */
  readonly restOf?: string | undefined
}

/** All that a row says of a requisition. */
export type RequisitionBrief = Pick<Requisition, 'id'> & RequisitionHead & RequisitionRest

/** The steps of a requisition as its head has them. */
export function stepsInBrief({ state, steps }: Requisition): RequisitionHead['steps'] {
  if (!steps || !awaitsDecision(state)) return null
  return steps.map(({ because: _because, ...brief }) => brief)
}

interface Named {
  readonly kind: EntityKind
  readonly id: string
  readonly version: number
}

/** One entity of the replica as it now is. Texts are JSON unless they say otherwise. */
export type ReplicaItem = Named &
  (
    | { readonly form: 'gone' }
    /** `why`: plain text. The value did not pass its schema, and nothing of it may be shown. */
    | { readonly form: 'unreadable'; readonly why: string }
    | { readonly form: 'value'; readonly value: string }
    | {
        readonly form: 'requisition'
        readonly head: RequisitionHead
        /** A `RequisitionRest`, as `restText` writes it. */
        readonly rest: string
        /** Null when it is to be asked for (`replica.words`). */
        readonly words: RequisitionWords | null
        /** The whole `Requisition`; null when it is to be asked for (`replica.requisition`). */
        readonly whole: string | null
      }
  )

/** What a requisition is found by beside its head. */
export interface RequisitionWords {
  /** Folded words, without a tab or line break. */
  readonly words: string
  /** Ids of its articles as a JSON array, each once. */
  readonly articles: string
}

/** The words of one version of a requisition. */
export type NamedWords = RequisitionWords & Pick<Named, 'id' | 'version'>

/** The words of many, as one line of text. */
export function encodeWords(all: readonly NamedWords[]): string {
  return JSON.stringify(
    all.map(({ id, version, words, articles }) => [id, version, words, articles]),
  )
}

/** The same out of a line made by `encodeWords`. */
export function decodeWords(line: string): readonly NamedWords[] {
  const all = JSON.parse(line) as readonly (readonly [string, number, string, string])[]
  return all.map(([id, version, words, articles]) => ({ id, version, words, articles }))
}

type RequisitionItem = Extract<ReplicaItem, { form: 'requisition' }>

/** What an item's head begins with. Short, for what stands ten thousand times is read at each start. */
const formCode = { gone: 0, unreadable: 1, value: 2, requisition: 3, whole: 4 } as const

/** What stands in a batch's first part of each item. */
type ItemHead =
  | readonly [code: 0 | 1 | 2, id: string, version: number, kind: EntityKind]
  | readonly [
      code: 3 | 4,
      id: string,
      version: number,
      state: RequisitionHead['state'],
      receivedAt: string,
      endedAt: string | null,
      claimerId: string | null,
      companyId: string,
      contactId: string,
      currency: string,
      net: number,
      gross: number,
      /** Left out of most: few have steps. */
      steps?: readonly StepInBrief[],
    ]

/** What a row says of a requisition beside its head, as text. */
export function restText(rest: RequisitionRest): string {
  const { number, kind, revision, reasons, claimedBy, outcome, lineCount, rules } = rest
  const { reminder, restOf } = rest
  const parts: RestParts = [
    number,
    kind,
    revision,
    reasons,
    claimedBy,
    outcome,
    lineCount,
    rules,
    // Left out of most.
    ...(restOf
      ? ([reminder ?? null, restOf] as const)
      : reminder
        ? ([reminder] as const)
        : ([] as const)),
  ]
  return JSON.stringify(parts)
}

/** The same out of its text. */
export function readRest(text: string): RequisitionRest {
  const [number, kind, revision, reasons, claimedBy, outcome, lineCount, rules, ...more] =
    JSON.parse(text) as RestParts
  const said = { number, kind, revision, reasons, claimedBy, outcome, lineCount, rules }
  const [reminder, restOf] = more
  return { ...said, reminder: reminder ?? undefined, restOf }
}

type RestParts = readonly [
  number: RequisitionRest['number'],
  kind: RequisitionRest['kind'],
  revision: RequisitionRest['revision'],
  reasons: RequisitionRest['reasons'],
  claimedBy: RequisitionRest['claimedBy'],
  outcome: RequisitionRest['outcome'],
  lineCount: number,
  rules: RequisitionRest['rules'],
  reminder?: RequisitionRest['reminder'] | null,
  restOf?: RequisitionRest['restOf'],
]

/** A batch as one line of text. Of a requisition told in brief its words are left out as well. */
export function encodeItems(items: readonly ReplicaItem[]): string {
  const heads = items.map(headOf)
  return [JSON.stringify(heads), ...items.flatMap(textsOf)].join('\t')
}

/**
 * The items of a line made by `encodeItems`. Their texts are parts of it, none is parsed. Ten thousand
 * are taken apart at a start, which is why nothing here is spread or destructured.
 */
export function decodeItems(line: string): readonly ReplicaItem[] {
  const texts = line.split('\t')
  const heads = JSON.parse(texts[0] ?? '[]') as readonly ItemHead[]
  const items: ReplicaItem[] = []
  let at = 1
  for (const head of heads) {
    const id = head[1]
    const version = head[2]
    switch (head[0]) {
      case 0:
        items.push({ kind: head[3], id, version, form: 'gone' })
        break
      case 1: {
        const why = JSON.parse(texts[at] ?? '""') as string
        items.push({ kind: head[3], id, version, form: 'unreadable', why })
        at += 1
        break
      }
      case 2:
        items.push({ kind: head[3], id, version, form: 'value', value: texts[at] ?? '' })
        at += 1
        break
      case 3:
      case 4: {
        const hasWhole = head[0] === formCode.whole
        items.push({
          kind: 'requisition',
          id,
          version,
          form: 'requisition',
          head: {
            state: head[3],
            receivedAt: head[4],
            endedAt: head[5],
            claimerId: head[6],
            companyId: head[7],
            contactId: head[8],
            currency: head[9],
            net: head[10],
            gross: head[11],
            steps: head[12] ?? null,
          },
          rest: texts[at] ?? '',
          words: hasWhole ? { words: texts[at + 1] ?? '', articles: texts[at + 2] ?? '[]' } : null,
          whole: hasWhole ? (texts[at + 3] ?? '') : null,
        })
        at += hasWhole ? 4 : 1
        break
      }
    }
  }
  return items
}

function headOf(item: ReplicaItem): ItemHead {
  const { id, version } = item
  if (item.form !== 'requisition') return [formCode[item.form], id, version, item.kind]
  const { state, receivedAt, endedAt, claimerId, companyId, contactId, currency, net, gross } =
    item.head
  const { steps } = item.head
  const head = [
    formCode[item.whole === null ? 'requisition' : 'whole'],
    id,
    version,
    state,
    receivedAt,
    endedAt,
    claimerId,
    companyId,
    contactId,
    currency,
    net,
    gross,
  ] as const
  return steps === null ? head : [...head, steps]
}

function textsOf(item: ReplicaItem): readonly string[] {
  switch (item.form) {
    case 'gone':
      return []
    case 'unreadable':
      return [JSON.stringify(item.why)]
    case 'value':
      return [item.value]
    case 'requisition':
      return requisitionTexts(item)
  }
}

function requisitionTexts({ rest, words, whole }: RequisitionItem): readonly string[] {
  return whole === null ? [rest] : [rest, words?.words ?? '', words?.articles ?? '[]', whole]
}
