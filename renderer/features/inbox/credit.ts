import type { Company } from '../../../domain/company'
import type { MinorUnits } from '../../../domain/units'
import type { Texts } from '../../../language/texts'

/** `212 400 av 300 000 kr`: what is used of the limit. */
export function creditText(
  { creditLimit, currency }: Company,
  exposure: MinorUnits,
  { t, formats }: Texts,
): string {
  return creditLimit === null
    ? t('head.creditNoLimit', { used: formats.wholeMoney(exposure, currency) })
    : t('head.creditOf', {
        used: formats.wholeAmount(exposure, currency),
        limit: formats.wholeMoney(creditLimit, currency),
      })
}
