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
  UserCheck,
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
  'buyerStep',
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
  buyerStep: UserCheck,
  firstOrder: Sparkles,
  shortLine: PackageX,
  customerGroup: Tags,
  articleGroup: Boxes,
  empty: FilePlus2,
}

const asks: { readonly [S in Exclude<StartingPoint, 'empty' | 'buyerStep'>]: FactName } = {
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
 * A new rule that asks for an approver, or for somebody of the customer’s own. It is off until somebody switches it on: nothing new is demanded
 * of anybody by what was only begun.
 */
export function beginRule(point: StartingPoint, currency: Currency, { t }: Texts): RuleForm {
  const name = point === 'empty' ? '' : t(`rules.start.${point}`)
  if (point === 'buyerStep') {
    // Whoever may not order, or not so much, asks a colleague before the seller is asked.
    const right = { ...emptyTest('orderingRight', currency), values: ['lists', 'requisition'] }
    const when = { join: 'any', rows: [right, emptyTest('overOwnLimit', currency)] } as const
    return { name, isOn: false, when, steps: [{ ...emptyStep(1), by: 'buyer' }] }
  }
  const rows = point === 'empty' ? [] : [{ ...emptyTest(asks[point], currency), ...written[point] }]
  return { name, isOn: false, when: { join: 'all', rows }, steps: [emptyStep(1)] }
}
