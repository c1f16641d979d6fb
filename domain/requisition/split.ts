import { keyOf, type DemandedStep } from '../approval/evaluate'
import type { ApprovalStep } from '../approval/steps'
import type { MinorUnits } from '../units'

/** What a part of a requisition that was split keeps of the whole: limits and rules go on looking at that. */
export interface WholeBefore {
  /** What the other parts came to when they went their own way, without VAT. */
  readonly others: MinorUnits
  /** The steps that the whole demanded. */
  readonly demanded: readonly DemandedStep[]
}

/** `at` is the place among the lines that were named. */
export type SplitProblem =
  | { readonly code: 'unknown_line'; readonly at: number }
  | { readonly code: 'line_named_twice'; readonly at: number; readonly first: number }
  | { readonly code: 'no_lines' }
  /** All of them were named, so there is no rest. */
  | { readonly code: 'no_rest' }

export type LinesSplit<Line> =
  | { readonly ok: true; readonly stay: readonly Line[]; readonly rest: readonly Line[] }
  | { readonly ok: false; readonly problems: readonly SplitProblem[] }

/**
 * The lines of a document as two, each in the order they had and with nothing of them changed; or all
 * that is wrong with it.
 *
 * @param staying ids of the lines that stay
 */
export function splitLines<Line extends { readonly id: string }>(
  lines: readonly Line[],
  staying: readonly string[],
): LinesSplit<Line> {
  const known = new Set(lines.map(({ id }) => id))
  const named = new Map<string, number>()
  const problems: SplitProblem[] = []
  for (const [at, id] of staying.entries()) {
    const first = named.get(id)
    if (first !== undefined) problems.push({ code: 'line_named_twice', at, first })
    else named.set(id, at)
    if (!known.has(id)) problems.push({ code: 'unknown_line', at })
  }
  const stay = lines.filter(({ id }) => named.has(id))
  const rest = lines.filter(({ id }) => !named.has(id))
  if (problems.length === 0 && stay.length === 0) problems.push({ code: 'no_lines' })
  if (problems.length === 0 && rest.length === 0) problems.push({ code: 'no_rest' })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, stay, rest }
}

/**
 * What each part keeps of the whole. Split once more, a part hands on what it was a part of, so that
 * however often it is split its parts come to the same.
 *
 * @param otherNet of the other part
 */
export function wholeFor(
  before: {
    readonly whole?: WholeBefore | undefined
    readonly steps?: readonly ApprovalStep[] | undefined
  },
  otherNet: MinorUnits,
): WholeBefore {
  const demanded = (before.steps ?? [])
    // One that no rule demands is there for a limit, which is looked at anew.
    .filter(({ because }) => because.length > 0)
    .map(({ tier, by, because }) => ({ tier, by, because }))
  return {
    others: (before.whole?.others ?? 0) + otherNet,
    demanded: withWhole(demanded, before.whole),
  }
}

/** The steps that a part demands by itself, and those of the whole; by tier. */
export function withWhole(
  demanded: readonly DemandedStep[],
  whole: WholeBefore | undefined,
): readonly DemandedStep[] {
  if (!whole) return demanded
  const steps = new Map(demanded.map((step) => [keyOf(step.tier, step.by), step]))
  for (const step of whole.demanded) {
    const key = keyOf(step.tier, step.by)
    const own = steps.get(key)
    const known = new Set(own?.because.map(({ ruleId }) => ruleId))
    const because = step.because.filter(({ ruleId }) => !known.has(ruleId))
    const tier = Math.min(step.tier, own?.tier ?? step.tier)
    steps.set(key, own ? { ...own, tier, because: [...own.because, ...because] } : step)
  }
  return [...steps.values()].sort((a, b) => a.tier - b.tier)
}

/** What limits of one's own are measured by: a part, and with it all that it was split from. */
export function wholeNet(net: MinorUnits, whole: WholeBefore | undefined): MinorUnits {
  return net + (whole?.others ?? 0)
}
