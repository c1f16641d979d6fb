/**
 * What PrestaShop charges, told the long way round: one question at a time, by the order of its own
 * query and the steps of its own calculation. Floating point, as there.
 */
import type { RecordOf } from '../../../../../gateway/connectors/prestashop/resources'

export interface ShopQuestion {
  readonly product: { readonly id: number; readonly price: number }
  readonly combination: { readonly id: number; readonly impact: number } | null
  readonly vatPercent: number
  readonly customerId: number
  readonly groupId: number
  /** In per cent. */
  readonly groupReduction: number
  readonly quantity: number
  /** Shop-local, to the second. */
  readonly moment: string
}

type Row = RecordOf<'specific_prices'>

export function shopPrice(question: ShopQuestion, rows: readonly Row[]): number {
  const { product, combination, vatPercent } = question
  const winner = winnerOf(question, rows)
  const fixed = winner && Number(winner.price) >= 0 ? Number(winner.price) : null
  let price = fixed ?? product.price
  if (fixed === null || winner?.id_product_attribute === 0) price += combination?.impact ?? 0
  if (winner) {
    const reduction = Number(winner.reduction)
    if (winner.reduction_type === 'amount') {
      price -= winner.reduction_tax ? reduction / (1 + vatPercent / 100) : reduction
    } else price -= price * reduction
  }
  price -= price * (question.groupReduction / 100)
  return Math.max(0, price)
}

function winnerOf(question: ShopQuestion, rows: readonly Row[]): Row | undefined {
  const oneOf = (value: number, own: number) => value === 0 || value === own
  const combinationId = question.combination?.id ?? 0
  const open = rows.filter(
    (row) =>
      oneOf(row.id_product, question.product.id) &&
      oneOf(row.id_product_attribute, combinationId) &&
      oneOf(row.id_group, question.groupId) &&
      oneOf(row.id_customer, question.customerId) &&
      (row.from === null || question.moment >= row.from) &&
      (row.to === null || question.moment <= row.to) &&
      (row.from_quantity > 1 ? row.from_quantity : 0) <= question.quantity,
  )
  const score = (row: Row) =>
    (row.id_group === question.groupId ? 2 : 0) + (row.id_customer === question.customerId ? 32 : 0)
  const keys: ((row: Row) => number | string)[] = [
    (row) => row.id_product_attribute,
    (row) => row.from_quantity,
    (row) => -row.id_specific_price_rule,
    score,
    (row) => row.to ?? '0000-00-00 00:00:00',
    (row) => row.from ?? '0000-00-00 00:00:00',
    // Left open by the shop.
    (row) => -row.id,
  ]
  return [...open].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)]
      if (x !== y) return x > y ? -1 : 1
    }
    return 0
  })[0]
}
