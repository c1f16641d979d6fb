import { v7 as uuid } from 'uuid'
import type { Requisition, RequisitionLine } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import type { Actor } from '../../contract/primitives'
import { untaken } from '../../domain/approval/steps'
import type { IntakeLine } from '../../domain/requisition/intake-document'
import {
  splitLines,
  wholeFor,
  withWhole,
  type SplitProblem,
  type WholeBefore,
} from '../../domain/requisition/split'
import { policyInForce } from '../approval/policy'
import { record, type Origin } from '../audit/record'
import { answered, ask, question, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { keepTakenOff } from './attachments'
import { attachmentsShared, requisitionSplit } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import type { LockedRequisition } from './aggregate'
import { articlesOf, partiesLocked, type IntakeParties, type NamedArticle } from './intake-facts'
import { judgeRevision, type JudgedRevision } from './judge-revision'
import type { Proposed } from './proposed-lines'
import { soundOf } from './sound'
import { rulesOf } from './take-revision'
import { nextRequisitionNumber, writeIntake } from './write-intake'

/** One of the two that a requisition becomes. */
interface Part {
  readonly value: Requisition
  readonly facts: JudgedRevision<IntakeLine>['facts']
  readonly proposed: Proposed | null
}

/** A requisition as two, judged and not yet written. */
export interface SplitInTwo {
  /** It as its next revision, with the lines that stay. */
  readonly stay: Part
  /** A requisition of its own. */
  readonly rest: Part
  readonly parties: IntakeParties
  readonly articles: ReadonlyMap<string, NamedArticle>
}

/**
 * What a locked requisition becomes when only some of its lines stay in it, or why they cannot be told
 * apart. Lines stay as they came in: no price is resolved anew by it. Nothing is written.
 */
export async function splitInTwo(
  tx: Transaction,
  before: Requisition,
  staying: readonly string[],
  now: Date,
): Promise<
  | { readonly ok: true; readonly split: SplitInTwo }
  | { readonly ok: false; readonly error: Refusal }
> {
  const lines = splitLines(before.lines, staying)
  if (!lines.ok) return { ok: false, error: unsound(lines.problems) }
  const [parties, articles, seller, policy, number, proposed] = await ask(
    tx,
    together(
      partiesLocked(tx, before.contactId),
      articlesOf(
        tx,
        before.lines.map(({ articleId }) => articleId),
      ),
      sellerNow(tx),
      policyInForce(tx),
      nextRequisitionNumber(),
      proposedOf(tx, before),
    ),
  )
  if (!parties) throw new Error(`The contact of ${before.number} has gone.`)
  if (parties.company.id !== before.companyId) {
    const message = 'Its contact belongs to another company by now.'
    return { ok: false, error: refusal('wrong_state', message, { state: before.state }) }
  }
  if (parties.company.currency !== before.currency) {
    const message = 'Its company trades in another currency by now.'
    return { ok: false, error: refusal('wrong_state', message, { state: before.state }) }
  }
  const judge = async (own: readonly RequisitionLine[]) => {
    const [judged] = await judgeRevision(
      tx,
      {
        sound: soundOf(before, own, parties, articles),
        parties,
        articles,
        seller,
        policy,
        now,
        resolved: new Map(own.map(({ id, resolved }) => [id, resolved])),
      },
      answered(null),
    )
    // A part of what could be counted can be.
    if (!judged.ok) throw new Error(`A part of ${before.number} cannot be judged.`)
    return judged.value
  }
  const [stay, rest] = [await judge(lines.stay), await judge(lines.rest)]
  const part = (own: readonly RequisitionLine[], judged: typeof stay, whole: WholeBefore) => ({
    content: contentOf(own, judged, whole, now),
    facts: judged.facts,
    proposed: proposed && ofLines(proposed, own),
  })
  const kept = part(lines.stay, stay, wholeFor(before, rest.intake.totals.net))
  const gone = part(lines.rest, rest, wholeFor(before, stay.intake.totals.net))
  const { steps: _steps, choices: _choices, reminder: _reminder, ...known } = before
  const { rest: earlier = [], ...head } = known
  const id = uuid()
  return {
    ok: true,
    split: {
      parties,
      articles,
      stay: {
        ...kept,
        value: {
          ...known,
          ...kept.content,
          revision: before.revision + 1,
          rest: [...earlier, { id, number }],
        },
      },
      rest: {
        ...gone,
        value: {
          ...head,
          ...gone.content,
          id,
          number,
          state: 'submitted',
          revision: 1,
          // The shop's own names another document; this is what it is told, and names it by.
          shop: { id: before.shop.id, documentId: id },
          claimedBy: null,
          restOf: {
            id: before.id,
            number: before.number,
            documentId: before.shop.documentId,
          },
        },
      },
    },
  }
}

/** What both parts have of their own. Approvals of the whole are of neither. */
function contentOf(
  lines: readonly RequisitionLine[],
  { intake, demanded }: JudgedRevision<IntakeLine>,
  whole: WholeBefore,
  now: Date,
): Pick<Requisition, 'lines' | 'totals' | 'reasons' | 'steps' | 'whole' | 'revisedAt' | 'outcome'> {
  const steps = untaken(withWhole(demanded, whole))
  return {
    lines: [...lines],
    totals: writable(intake.totals),
    reasons: writable(intake.reasons),
    ...(steps.length > 0 && { steps: writable(steps) }),
    whole: writable(whole),
    // Whoever is asked anew has as long as anybody.
    revisedAt: now.toISOString(),
    outcome: null,
  }
}

/** What the lines of the current revision were proposed on; null where nobody knows. */
function proposedOf(tx: Transaction, { id, revision }: Requisition): Question<Proposed | null> {
  const kept = tx
    .selectFrom('requisition_revision')
    .select('proposed')
    .where('requisition_id', '=', id)
    .where('revision', '=', revision)
  return question(kept, ([row]) => row?.proposed ?? null)
}

function ofLines(proposed: Proposed, lines: readonly { readonly id: string }[]): Proposed {
  const ids = new Set(lines.map(({ id }) => id))
  return Object.fromEntries(Object.entries(proposed).filter(([id]) => ids.has(id)))
}

/**
 * Write both: the one as the next revision of the locked requisition, the rest as a requisition that has
 * come in, and tell audit, feed and shop. The customer has sent one document and is written nothing.
 */
export function writeSplit(
  tx: Transaction,
  locked: LockedRequisition,
  { stay, rest, parties, articles }: SplitInTwo,
  {
    by,
    now,
    origin,
    isPublished,
  }: {
    readonly by: Extract<Actor, { kind: 'user' }>
    readonly now: Date
    readonly origin: Origin
    /** False where the same transaction goes on to publish a newer value of what stays. */
    readonly isPublished: boolean
  },
): void {
  const before = locked.value
  const made = { parties, articles, madeBy: by, how: 'edited', at: now } as const
  const version = locked.version + 1
  // First that there are two, then what comes of each.
  tellShop(tx, before.shop.id, requisitionSplit(stay.value, rest.value, { by, at: now }))
  const shared = attachmentsShared(null, rest.value, now)
  if (shared) tellShop(tx, before.shop.id, shared)
  writeIntake(tx, stay.value, { ...made, ...stay, before, version, isPublished })
  writeIntake(tx, rest.value, { ...made, ...rest, before: null, version: 1, isPublished: true })
  keepTakenOff(tx, before.id, rest.value.id)
  const entry = (value: Requisition, at: number, told: Readonly<Record<string, unknown>>) => ({
    type: 'requisition.split' as const,
    actor: by,
    aggregateKind: 'requisition',
    aggregateId: value.id,
    version: at,
    data: {
      ...told,
      revision: value.revision,
      to: value.state,
      lines: value.lines.map(({ id }) => id),
      totals: { before: before.totals, after: value.totals },
      reasons: value.reasons.map(({ kind }) => kind),
      rules: rulesOf(value),
    },
    origin,
  })
  const { id, number } = rest.value
  record(tx, [
    entry(stay.value, version, { from: before.state, rest: { id, number } }),
    entry(rest.value, 1, { number, restOf: rest.value.restOf, companyId: before.companyId }),
  ])
}

function unsound(problems: readonly SplitProblem[]): Refusal {
  return refusal('invalid', 'The requisition cannot be split like that.', {
    issues: problems.slice(0, 100).map((problem) => ({
      ...problem,
      pointer: 'at' in problem ? `/payload/lines/${problem.at}` : '/payload/lines',
      message: wordProblem(problem),
    })),
  })
}

function wordProblem(problem: SplitProblem): string {
  switch (problem.code) {
    case 'unknown_line':
      return 'There is no such line.'
    case 'line_named_twice':
      return `The line is named at /payload/lines/${problem.first} already.`
    case 'no_lines':
      return 'Something has to stay.'
    case 'no_rest':
      return 'Nothing would be left for the rest.'
  }
}
