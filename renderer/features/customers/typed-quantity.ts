import type { Article } from '../../../domain/article'
import { MILLI_SCALE, parseDecimal } from '../../../domain/money/decimal'
import { quantityRefusals } from '../../../domain/quantity'
import type { QuantityRefusal } from '../../../domain/quantity'
import type { Milli } from '../../../domain/units'
import type { Texts } from '../../../language/texts'

export interface TypedQuantity {
  /** What can be asked about; null when it is no quantity at all. */
  readonly quantity: Milli | null
  /** What is wrong with it, in words; a price may be asked for all the same. */
  readonly error: string | null
}

/** Reads a quantity as it was typed, and judges it by what the article is sold in. */
export function readQuantity(text: string, article: Article, texts: Texts): TypedQuantity {
  const { t } = texts
  const parsed = parseDecimal(text, MILLI_SCALE, 'typed')
  if (!parsed.ok) {
    switch (parsed.error.code) {
      case 'decimal_empty':
        return { quantity: null, error: t('priceCheck.quantityEmpty') }
      case 'decimal_malformed':
        return { quantity: null, error: t('priceCheck.quantityMalformed') }
      case 'decimal_too_fine':
        return { quantity: null, error: precisionWords(article, texts) }
      case 'decimal_too_large':
        return { quantity: null, error: t('priceCheck.quantityTooLarge') }
    }
  }
  const [refusal] = quantityRefusals(parsed.value, article)
  if (!refusal) return { quantity: parsed.value, error: null }
  const isQuantity =
    refusal.code !== 'quantity_not_positive' && refusal.code !== 'quantity_too_large'
  return {
    quantity: isQuantity ? parsed.value : null,
    error: refusalWords(refusal, article, texts),
  }
}

function refusalWords(refusal: QuantityRefusal, article: Article, texts: Texts): string {
  const { t, formats } = texts
  const quantity = (value: Milli) => formats.quantityWithUnit(value, article.unit)
  switch (refusal.code) {
    case 'quantity_not_positive':
      return t('priceCheck.quantityNotPositive')
    case 'quantity_too_large':
      return t('priceCheck.quantityTooLarge')
    case 'quantity_precision':
      return precisionWords(article, texts)
    case 'quantity_below_minimum':
      return t('priceCheck.belowMinimum', { minimum: quantity(refusal.minimum) })
    case 'quantity_not_pack_multiple': {
      const { packMultiple, below, above } = refusal
      const pack = quantity(packMultiple)
      return below === null || above === null
        ? t('priceCheck.notPack', { pack })
        : t('priceCheck.notPackBetween', {
            pack,
            below: formats.quantity(below),
            above: formats.quantity(above),
          })
    }
  }
}

function precisionWords({ precision, unit }: Article, { t, formats }: Texts): string {
  return t('priceCheck.quantityPrecision', { decimals: precision, unit: formats.unit(unit) })
}
