import type { RequisitionLine } from '../../../contract/entities'
import { priceByItself } from '../../../domain/requisition/intake'
import { WHOLE } from '../../../domain/units'
import { useNow, useTexts } from '../../desk-hooks'
import type { Texts } from '../../../language/texts'
import css from './line-notes.module.css'

/** What is out of the ordinary about a line: proposed against now, a date of its own, a comment. */
export function LineNotes({ line }: { readonly line: RequisitionLine }) {
  const texts = useTexts()
  const { t, formats } = texts
  const today = formats.dateOf(useNow())
  const { set } = line
  const difference = set ? null : priceDifference(line, texts)
  const isUnseen = !set && line.shown === null && line.resolved.kind === 'priced'
  const own = priceByItself(line)
  return (
    <>
      {isUnseen && <div className={css.note}>{t('lines.notShown')}</div>}
      {set && (
        <div className={css.note}>
          {own
            ? t('lines.setInsteadOf', {
                name: set.by.name,
                price: formats.roundedUnitPrice(afterRebate(own.unitPrice.amount, own.rebate)),
              })
            : t('lines.setBy', { name: set.by.name })}
        </div>
      )}
      {difference && <div className={css.warning}>{difference}</div>}
      {line.requestedDate && (
        <div className={css.note}>
          {t('lines.requested', { date: formats.day(line.requestedDate, today) })}
        </div>
      )}
      {line.comment && <div className={css.note}>”{line.comment}”</div>}
    </>
  )
}

/** How the price resolved now differs from the one the customer was shown; null when it does not. */
export function priceDifference(
  { shown, resolved }: Pick<RequisitionLine, 'shown' | 'resolved'>,
  { t, formats }: Texts,
): string | null {
  if (!shown) return null
  if (resolved.kind === 'missing') {
    return t('lines.shownUnresolved', { shown: formats.unitPrice(shown.unitPrice.amount) })
  }
  const before = afterRebate(shown.unitPrice.amount, shown.rebate)
  const now = afterRebate(resolved.unitPrice.amount, resolved.rebate)
  const isSameBasis = shown.unitPrice.basis === resolved.unitPrice.basis
  if (before === now && isSameBasis) return null
  // With the same rebate it is the price in the column that changed; else what is left of it.
  const written =
    shown.rebate === resolved.rebate
      ? formats.unitPrice(resolved.unitPrice.amount)
      : formats.roundedUnitPrice(now)
  if (!isSameBasis || before === 0) {
    return t('lines.priceNow', { shown: formats.roundedUnitPrice(before), resolved: written })
  }
  const change = Math.round(((now - before) / before) * WHOLE)
  return t('lines.priceChanged', { percent: formats.signedPercent(change), price: written })
}

/** Micro units after rebate, for showing. */
function afterRebate(amount: number, rebate: number): number {
  return Math.round((amount * (WHOLE - rebate)) / WHOLE)
}
