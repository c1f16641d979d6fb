import {
  Ban,
  Boxes,
  CreditCard,
  FilePlus2,
  Layers,
  PackageX,
  Percent,
  Sparkles,
  Tags,
  TrendingDown,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { FactName } from '../../../domain/approval/facts'
import type { Currency } from '../../../domain/units'
import type { Texts } from '../../../language/texts'
import { emptyStep, emptyTest } from './rule-form'
import type { RuleForm, TestForm } from './rule-form'

/** What a new rule can begin as, in the order of the menu. */
export const startingPoints = [
  'total',
  'margin',
  'discount',
  'credit',
  'onHold',
  'firstOrder',
  'shortLine',
  'customerGroup',
  'articleGroup',
  'empty',
] as const
export type StartingPoint = (typeof startingPoints)[number]

export const startingIcon: { readonly [S in StartingPoint]: LucideIcon } = {
  total: Layers,
  margin: TrendingDown,
  discount: Percent,
  credit: CreditCard,
  onHold: Ban,
  firstOrder: Sparkles,
  shortLine: PackageX,
  customerGroup: Tags,
  articleGroup: Boxes,
  empty: FilePlus2,
}

const asks: { readonly [S in Exclude<StartingPoint, 'empty'>]: FactName } = {
  total: 'net',
  margin: 'margin',
  discount: 'discount',
  credit: 'overCredit',
  onHold: 'onHold',
  firstOrder: 'firstOrder',
  shortLine: 'shortLines',
  customerGroup: 'customerGroup',
  articleGroup: 'articleGroups',
}

/** Where “any at all” is what is meant, it is written already. */
const written: Partial<Record<StartingPoint, Pick<TestForm, 'is' | 'text'>>> = {
  credit: { is: 'over', text: '0' },
  shortLine: { is: 'at_least', text: '1' },
}

/**
 * A new rule that asks for an approver. It is off until somebody switches it on: nothing new is demanded
 * of anybody by what was only begun.
 */
export function beginRule(point: StartingPoint, currency: Currency, { t }: Texts): RuleForm {
  const rows = point === 'empty' ? [] : [{ ...emptyTest(asks[point], currency), ...written[point] }]
  return {
    name: point === 'empty' ? '' : t(`rules.start.${point}`),
    isOn: false,
    when: { join: 'all', rows },
    steps: [emptyStep(1)],
  }
}
