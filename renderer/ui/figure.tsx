import type { FigureParts } from '../../language/formats'
import { useTexts } from '../desk-hooks'
import css from './figure.module.css'

/** An amount with its currency in a lighter tone. Minor units. */
export function Money({
  amount,
  currency,
}: {
  readonly amount: number
  readonly currency: string
}) {
  return <Figure parts={useTexts().formats.moneyParts(amount, currency)} />
}

/** A quantity with its unit in a lighter tone. Milli units. */
export function Quantity({ quantity, unit }: { readonly quantity: number; readonly unit: string }) {
  const { formats } = useTexts()
  return (
    <Figure
      parts={{ figure: formats.quantity(quantity), unit: formats.unit(unit), unitFirst: false }}
    />
  )
}

function Figure({ parts: { figure, unit, unitFirst } }: { readonly parts: FigureParts }) {
  const unitText = <span className={css.unit}>{unit}</span>
  return (
    <span className={css.figure}>
      {unitFirst && <>{unitText}&nbsp;</>}
      {figure}
      {!unitFirst && <>&nbsp;{unitText}</>}
    </span>
  )
}
