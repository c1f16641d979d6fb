import type { DocumentTotals } from '../../../domain/money/totals'
import { useTexts } from '../../desk-hooks'
import { Money } from '../../ui/figure'
import css from './totals.module.css'

/** Net, VAT by rate and what is to be paid, in the document's currency. */
export function Totals({ totals }: { readonly totals: DocumentTotals }) {
  const { t, formats } = useTexts()
  const { currency, net, vat, gross, mode } = totals
  return (
    <dl className={css.totals} data-selectable="">
      <dt>{t('totals.net')}</dt>
      <dd>
        <Money amount={net} currency={currency} />
      </dd>
      {vat.map(({ rate, amount }) => (
        <div key={rate} className={css.pair}>
          <dt>{t('totals.vat', { rate: formats.percent(rate) })}</dt>
          <dd>
            <Money amount={amount} currency={currency} />
          </dd>
        </div>
      ))}
      <div className={css.gross}>
        <dt title={mode === 'per_row' ? t('totals.perRow') : undefined}>{t('totals.gross')}</dt>
        <dd>
          <Money amount={gross} currency={currency} />
        </dd>
      </div>
    </dl>
  )
}
