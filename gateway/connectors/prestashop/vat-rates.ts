import { divideRounded } from '../../../domain/money/rounding'
import type { Remark } from './report'
import type { RecordOf } from './resources'
import { micro, printMicro } from './figures'

/** What a rule does with the ones after it: nothing, add them, or levy them on top of itself. */
const behaviors = { only: 0, combine: 1, oneAfterAnother: 2 }
const whole = 100_000_000n

/**
 * Tax rules group → VAT in per cent as a decimal, from the rules of one country. Rules for states and
 * postal codes are left out and remarked on: Kontor knows one rate for an article.
 */
export function vatRates(
  rules: readonly RecordOf<'tax_rules'>[],
  taxes: Readonly<Record<string, RecordOf<'taxes'>>>,
  remarks: Remark[],
): ReadonlyMap<number, string> {
  const byGroup = new Map<number, RecordOf<'tax_rules'>[]>()
  for (const rule of rules) {
    if (rule.id_state !== 0 || !isWholeCountry(rule)) {
      remarks.push({ resource: 'tax_rules', id: String(rule.id), reason: 'tax_rule_by_area' })
      continue
    }
    const group = byGroup.get(rule.id_tax_rules_group)
    if (group) group.push(rule)
    else byGroup.set(rule.id_tax_rules_group, [rule])
  }
  const rateOf = ({ id_tax }: RecordOf<'tax_rules'>) => micro(taxes[id_tax]?.rate ?? '0')
  return new Map(
    [...byGroup].map(([group, ofGroup]) => [group, printMicro(combined(ofGroup, rateOf))]),
  )
}

/** The first rule's behavior decides how those after it count; a rule that stands alone ends them. */
function combined(
  rules: readonly RecordOf<'tax_rules'>[],
  rateOf: (rule: RecordOf<'tax_rules'>) => bigint,
): bigint {
  const [first, ...others] = rules
  if (!first) return 0n
  let rate = rateOf(first)
  if (first.behavior === behaviors.only) return rate
  for (const rule of others) {
    const next = rateOf(rule)
    rate =
      first.behavior === behaviors.oneAfterAnother
        ? divideRounded((whole + rate) * (whole + next), whole) - whole
        : rate + next
    if (rule.behavior === behaviors.only) break
  }
  return rate
}

function isWholeCountry({ zipcode_from, zipcode_to }: RecordOf<'tax_rules'>): boolean {
  return [zipcode_from, zipcode_to].every((code) => code === '' || code === '0')
}
