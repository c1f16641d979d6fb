/**
 * Decimals as people and other systems write them ("19.12", "2.5", 25), turned into the scaled
 * integers Kontor keeps. Used at the doors only: master data, CSV and storefront events.
 */
import { parseDecimal, type DecimalError } from '../domain/money/decimal'
import { z } from './zod'

const complaints: Readonly<Record<DecimalError['code'], (scale: number) => string>> = {
  decimal_empty: () => 'must be a decimal number such as 12.5',
  decimal_malformed: () => 'must be a decimal number such as 12.5',
  decimal_too_fine: (scale) => `must have at most ${scale} decimals`,
  decimal_too_large: () => 'is out of range',
}

/**
 * A decimal number or string with at most `scale` decimals → integer × 10^scale.
 * Written exactly: more decimals than the scale are an error, never rounded away.
 */
export function decimalSchema(scale: number, bounds: { min?: number; max?: number } = {}) {
  return z.union([z.string(), z.number()]).transform((input, context) => {
    const parsed = parseDecimal(String(input), scale)
    if (!parsed.ok) {
      context.addIssue({ code: 'custom', message: complaints[parsed.error.code](scale) })
      return z.NEVER
    }
    const { value } = parsed
    const unit = 10 ** scale
    if (bounds.min !== undefined && value < bounds.min * unit) {
      context.addIssue({ code: 'custom', message: `must be at least ${bounds.min}` })
      return z.NEVER
    }
    if (bounds.max !== undefined && value > bounds.max * unit) {
      context.addIssue({ code: 'custom', message: `must be at most ${bounds.max}` })
      return z.NEVER
    }
    return value
  })
}

/** A price in the currency's major unit → micro units. */
export const priceInput = decimalSchema(6, { min: 0 })
/** An amount in the major unit → minor units. Two decimals, as every currency we take has at most. */
export const amountInput = decimalSchema(2)
/** A quantity → milli units; may be zero or below where stock is meant. */
export const stockQuantityInput = decimalSchema(3)
export const positiveQuantityInput = decimalSchema(3, { min: 0 })
/** Per cent → parts per million. */
export const percentInput = decimalSchema(4, { min: 0, max: 100 })
