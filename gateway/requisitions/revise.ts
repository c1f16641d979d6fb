import type { Proposal, Requisition } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import { applyChanges, type Changes, type ChangeRefusal } from '../../domain/requisition/changes'
import { beyondLimits, type BeyondLimit } from '../../domain/requisition/edit-limits'
import type { SignedIn } from '../access/signed-in'
import { policyInForce } from '../approval/policy'
import { answered, ask, together } from '../database/together'
import type { Transaction } from '../database/transaction'
import { sellerNow } from '../seller/load'
import { wordProblem } from '../storefront/describe-refusal'
import { valueAt } from '../http/json-pointer'
import { writable } from '../writable'
import { buildLine } from './build-requisition'
import {
  articlesOf,
  partiesLocked,
  warehousesOf,
  type IntakeParties,
  type NamedArticle,
} from './intake-facts'
import { judgeRevision, type JudgedRevision } from './judge-revision'
import { proposedLines, type Proposed } from './proposed-lines'
import type { RevisedLine } from '../../domain/requisition/changes'

/** Changes somebody wants to make to a requisition that is locked. */
export interface Revising {
  readonly requisition: Requisition
  readonly changes: Changes
  readonly who: SignedIn
  readonly now: Date
  /** Where in the command the changes stand, as a JSON pointer. */
  readonly at: string
}

/** A requisition's content as it would be with the changes, priced and judged by the rules in force. */
export interface RevisedRequisition extends JudgedRevision<RevisedLine> {
  readonly content: Proposal
  readonly parties: IntakeParties
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly proposed: Proposed
}

export type Revised =
  | { readonly ok: true; readonly revised: RevisedRequisition }
  | { readonly ok: false; readonly error: Refusal }

/**
 * What a requisition would say with some changes made to it by one of the seller's people, or why they
 * cannot be made: what is wrong with them, each with where, or that they go beyond that person's limits.
 * Nothing is written.
 */
export async function revise(
  tx: Transaction,
  { requisition, changes, who, now, at }: Revising,
): Promise<Revised> {
  const added = changes.lines.flatMap((one) => (one.kind === 'added' ? [one.articleId] : []))
  const articleIds = [...requisition.lines.map(({ articleId }) => articleId), ...added]
  const [parties, articles, warehouses, seller, policy] = await ask(
    tx,
    together(
      partiesLocked(tx, requisition.contactId),
      articlesOf(tx, articleIds),
      warehousesOf(requisition.contactId),
      sellerNow(tx),
      policyInForce(tx),
    ),
  )
  if (!parties) throw new Error(`The contact of ${requisition.number} has gone.`)
  if (parties.company.id !== requisition.companyId) {
    return {
      ok: false,
      error: refusal('wrong_state', 'Its contact belongs to another company by now.', {
        state: requisition.state,
      }),
    }
  }
  if (parties.company.currency !== requisition.currency) {
    return {
      ok: false,
      error: refusal('wrong_state', 'Its company trades in another currency by now.', {
        state: requisition.state,
      }),
    }
  }
  const by = { id: who.user.id, name: who.user.displayName }
  const { company, group } = parties
  const changed = applyChanges(requisition, changes, { articles, warehouses, company }, by)
  if (!changed.ok) return { ok: false, error: unsound(changed.refusals, changes, at) }

  const { head, lines } = changed.content
  const sound = {
    kind: requisition.kind,
    company,
    group,
    lines,
    deliveryAddress: head.deliveryAddress,
  }
  const [judged] = await judgeRevision(
    tx,
    { sound, parties, articles, seller, policy, now },
    answered(null),
  )
  if (!judged.ok) {
    const refusals = judged.refusals.map((one) => placedInChanges(one, lines))
    return { ok: false, error: unsound(refusals, changes, at) }
  }
  const { intake } = judged.value
  const beyond = beyondOwn(requisition, judged.value, articles, who)
  if (beyond.length > 0) {
    return { ok: false, error: tooFar(beyond, lines, at) }
  }
  const content: Proposal = {
    ...writable(head),
    lines: intake.lines.map(buildLine),
    totals: writable(intake.totals),
  }
  const proposed = proposedLines(sound.lines, judged.value.stock, seller, now)
  return { ok: true, revised: { ...judged.value, content, parties, articles, proposed } }
}

/** The prices set with these very changes that are beyond what the person may set. */
function beyondOwn(
  before: Requisition,
  { intake }: JudgedRevision<RevisedLine>,
  articles: ReadonlyMap<string, NamedArticle>,
  { priceLimits }: SignedIn,
): readonly BeyondLimit[] {
  const sets = new Map(before.lines.map(({ id, set }) => [id, set]))
  const setNow = intake.lines
    .filter(({ line, set }) => set !== undefined && set !== sets.get(line.id))
    .map(({ line, ...priced }) => ({
      ...priced,
      id: line.id,
      cost: articles.get(line.article)?.cost ?? null,
    }))
  return beyondLimits(setNow, priceLimits)
}

/** A place among the lines as they would be, as a place in the changes: of a line left as it is, all of them. */
function placedInChanges(
  { pointer, problem }: ChangeRefusal,
  lines: readonly { readonly line: RevisedLine }[],
): ChangeRefusal {
  const [, at] = /^\/lines\/(\d+)$/.exec(pointer) ?? []
  const change = at === undefined ? null : (lines[Number(at)]?.line.changedAt ?? null)
  return { pointer: change === null ? '/lines' : `/lines/${change}`, problem }
}

function unsound(refusals: readonly ChangeRefusal[], changes: Changes, at: string): Refusal {
  const issues = refusals.slice(0, 100).map(({ pointer, problem }) => {
    const path = pointer.split('/').slice(1)
    const lineId = path[0] === 'lines' && valueAt(changes, ['lines', path[1] ?? '', 'id'])
    const message = wordProblem(problem, String(valueAt(changes, path)))
    return { pointer: at + pointer, message, ...problem, ...(lineId ? { lineId } : {}) }
  })
  return refusal('edit_unsound', 'The changes cannot be made as they were sent.', { issues })
}

function tooFar(
  beyond: readonly BeyondLimit[],
  lines: readonly { readonly line: RevisedLine }[],
  at: string,
): Refusal {
  const changeOf = new Map(lines.map(({ line }) => [line.id, line]))
  return refusal('beyond_price_limit', 'A price goes beyond what you may set by yourself.', {
    lines: beyond.slice(0, 100).map((one) => {
      const line = changeOf.get(one.lineId)
      return {
        pointer: `${at}/lines/${line?.changedAt}/set`,
        articleId: line?.article ?? null,
        ...one,
      }
    }),
  })
}
