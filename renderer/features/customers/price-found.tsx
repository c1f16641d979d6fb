import { rowAmounts, unitPriceAfterRebate } from '../../../domain/money/row'
import type { Article } from '../../../domain/article'
import type { PriceResolution } from '../../../domain/pricing/rules'
import type { Milli } from '../../../domain/units'
import { useNow, useTexts } from '../../desk-hooks'
import { Status } from '../../ui/status'
import { priceSourceWord, priceSteps } from '../../wording/price'
import css from './price-found.module.css'

/** A price as the gateway resolved it, what the quantity costs, and each rule that was tried. */
export function PriceFound({
  resolution,
  currency,
  article,
  quantity,
}: {
  readonly resolution: PriceResolution
  readonly currency: string
  readonly article: Article
  readonly quantity: Milli
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const steps = priceSteps(resolution, texts, now)
  return (
    <div className={css.found} data-selectable="">
      <dl className={css.figures}>
        {resolution.kind === 'missing' ? (
          <div>
            <dt>{t('priceCheck.perUnit', { unit: formats.unit(article.unit) })}</dt>
            <dd>
              <Status meaning="danger">{t('priceCheck.missing')}</Status>
            </dd>
          </div>
        ) : (
          <Priced
            resolution={resolution}
            currency={currency}
            article={article}
            quantity={quantity}
          />
        )}
      </dl>
      <div>
        <h4 className={css.why}>
          {t('priceCheck.why')}
          {resolution.kind === 'priced' && ` · ${priceSourceWord(resolution.source, texts)}`}
        </h4>
        <ol className={css.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </div>
  )
}

function Priced({
  resolution,
  currency,
  article,
  quantity,
}: {
  readonly resolution: Extract<PriceResolution, { kind: 'priced' }>
  readonly currency: string
  readonly article: Article
  readonly quantity: Milli
}) {
  const { t, formats } = useTexts()
  const { unitPrice, rebate, vatRate, listPrice } = resolution
  const own = unitPriceAfterRebate(unitPrice, rebate)
  const amounts = amountsOf({ price: unitPrice, quantity, rebate, vatRate })
  return (
    <>
      <div>
        <dt>{t('priceCheck.perUnit', { unit: formats.unit(article.unit) })}</dt>
        <dd>
          <p className={css.figure}>{formats.unitPriceWithCurrency(own.amount, currency)}</p>
          <p className={css.lesser}>
            {[
              t(`priceCheck.${unitPrice.basis}`),
              rebate !== 0 && t('priceCheck.rebate', { rebate: formats.percent(rebate) }),
              rebate !== 0 &&
                t('priceCheck.before', {
                  price: formats.unitPriceWithCurrency(unitPrice.amount, currency),
                }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {listPrice && (
            <p className={css.lesser}>
              {t('priceCheck.listPrice', {
                price: formats.unitPriceWithCurrency(listPrice.amount, listPrice.currency),
              })}
            </p>
          )}
        </dd>
      </div>
      {amounts && (
        <div>
          <dt>
            {t('priceCheck.row', { quantity: formats.quantityWithUnit(quantity, article.unit) })}
          </dt>
          <dd>
            <p className={css.figure}>{formats.money(amounts.net, currency)}</p>
            <p className={css.lesser}>{t('priceCheck.net')}</p>
            <p className={css.lesser}>
              {t('priceCheck.withVat', {
                amount: formats.money(amounts.gross, currency),
                rate: formats.percent(vatRate),
              })}
            </p>
          </dd>
        </div>
      )}
    </>
  )
}

/** Null when they are past what can be kept exactly. */
function amountsOf(row: Parameters<typeof rowAmounts>[0]) {
  try {
    return rowAmounts(row)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
