import type { RequisitionLine } from '../../../contract/entities'
import type { PriceResolution } from '../../../domain/pricing/rules'
import { useNow, useTexts } from '../../desk-hooks'
import { Popover } from '../../ui/popover'
import { priceSourceWord, priceSteps } from '../../wording/price'
import type { ShownLine } from './figures'
import css from './price-cell.module.css'

/** The unit price that will be ordered, and where it comes from; pressing it tells the whole way. */
export function PriceCell({
  line,
  shown,
}: {
  readonly line: RequisitionLine
  readonly shown: ShownLine | undefined
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const set = shown?.isRefreshed ? undefined : line.set
  const resolved = shown?.resolved ?? line.resolved
  const price = shown?.figures.price ?? null
  const source = resolved.kind === 'priced' ? resolved.source : null
  const rebate = price?.rebate ?? 0
  const isListed = resolved.listPrice !== null && resolved.listPrice.amount !== price?.amount
  return (
    <Popover
      label={t('price.why')}
      description={t('price.why')}
      className={css.price}
      face={
        <>
          {price ? (
            <>
              <span>{formats.unitPrice(price.amount)}</span>
              {price.basis === 'gross' && (
                <span className={css.beside}>{t('lines.grossBasis')}</span>
              )}
            </>
          ) : (
            <span className={css.missing}>{t('lines.priceMissing')}</span>
          )}
          {set ? (
            <span className={css.beside}>{t('price.setByHand')}</span>
          ) : (
            source && <span className={css.beside}>{priceSourceWord(source, texts)}</span>
          )}
          {!set && resolved.kind === 'priced' && resolved.stale && (
            <span className={css.missing}>{t('price.staleShort')}</span>
          )}
          {(isListed || rebate !== 0) && (
            <span className={css.narrow}>
              {rebate !== 0 && <span>{formats.percent(-rebate)}</span>}{' '}
              {isListed && resolved.listPrice && (
                <span>
                  {t('lines.listed', { price: formats.unitPrice(resolved.listPrice.amount) })}
                </span>
              )}
            </span>
          )}
        </>
      }
    >
      <PriceExplanation
        set={set}
        isKept={line.shown !== null && !shown?.isRefreshed}
        resolved={resolved}
      />
    </Popover>
  )
}

function PriceExplanation({
  set,
  isKept,
  resolved,
}: {
  readonly set: RequisitionLine['set']
  readonly isKept: boolean
  readonly resolved: PriceResolution
}) {
  const texts = useTexts()
  const now = useNow()
  return (
    <div className={css.explanation}>
      <h3>{texts.t('price.why')}</h3>
      {set && <p>{texts.t('price.setBy', { name: set.by.name })}</p>}
      {isKept && !set && <p>{texts.t('price.shownOrdered')}</p>}
      <ol>
        {priceSteps(resolved, texts, now).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
