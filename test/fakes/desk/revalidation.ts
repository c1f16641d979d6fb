import type { CommandEnvelope, CommandPayload } from '../../../contract/commands'
import type { SendResult } from '../../../contract/console'
import type { Requisition } from '../../../contract/entities'
import { refusal } from '../../../contract/errors'
import type { QueryAnswer, QueryResult } from '../../../contract/queries'
import type { Delivery } from '../../../domain/availability/delivery'
import { price } from './entities'
import { workingSet } from './working-set'

type Revalidated = QueryResult<'requisition.revalidate'>

/** What has become of a line since it was proposed; kronor and ppm. */
export interface Become {
  readonly price?: number
  readonly promised?: Delivery
  readonly margin?: { readonly proposed: number; readonly kept: number }
  readonly held?: Revalidated['lines'][number]['held']
}

const noFigures = { kept: null, refreshed: null }

/** What a gateway says of a requisition as proposed against now: all as it was, but for these lines. */
export function revalidated(
  { revision, lines }: Requisition,
  become: Readonly<Record<string, Become>> = {},
): Revalidated {
  return {
    version: 1,
    revision,
    at: '2026-11-23T13:04:30.000Z',
    seen: { net: 0, lines: {} },
    lines: lines.map(({ id, resolved }) => {
      const { price: kronor, promised, margin, held } = become[id] ?? {}
      return {
        id,
        ...(kronor !== undefined &&
          resolved.kind === 'priced' && {
            resolved: { ...resolved, unitPrice: price(kronor), rebate: 0 },
          }),
        delivery: null,
        proposed: promised ? { delivery: promised, deliverable: 0 } : null,
        warehouses: [],
        ...(held && { held }),
        changed: { price: false, delivery: null, margin: margin !== undefined },
        ...(margin && { margin: { ...margin, refreshed: null } }),
      }
    }),
    company: { status: 'active', statusReason: null, creditLimit: null, exposure: 0 },
    totals: noFigures,
    margin: noFigures,
  }
}

/** Answers for any of the working set's; null for another question. */
export function answerRevalidation(
  { type, params }: { readonly type: string; readonly params: Readonly<Record<string, unknown>> },
  become: Readonly<Record<string, Become>> = {},
): QueryAnswer | null {
  if (type !== 'requisition.revalidate') return null
  const found = workingSet().find(({ id }) => id === params['id'])?.value as Requisition | undefined
  return found
    ? { ok: true, result: revalidated(found, become) }
    : { ok: false, error: refusal('not_found', 'There is no such requisition.') }
}

/** Refuses an approval since today's price and the promise of a line are not what was seen. */
export function figuresChanged({ payload }: CommandEnvelope, lineId: string): SendResult {
  const { seen } = payload as CommandPayload<'requisition.approve'>
  const line = seen.lines[lineId]
  const resolved = line?.resolved ?? line?.price ?? null
  return {
    kind: 'refused',
    error: refusal('figures_changed', 'Figures have changed since you saw them.', {
      document: [],
      lines: [
        {
          id: lineId,
          changes: [
            {
              what: 'resolved',
              seen: resolved,
              now: { amount: 71_000_000, basis: 'net', rebate: 0 },
            },
            {
              what: 'delivery',
              seen: line?.delivery ?? null,
              now: { kind: 'promised', warehouseId: 'GBG', date: '2026-12-18' },
            },
          ],
        },
      ],
    }),
  }
}
