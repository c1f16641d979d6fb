import { Fragment } from 'react'
import type { ReactNode } from 'react'
import css from './facts.module.css'

export interface Fact {
  readonly label: string
  readonly value: ReactNode
}

/** Labels and what they stand for, running on from line to line. Facts without a value are left out. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null)[] }) {
  const shown = facts.filter((fact) => fact !== null)
  return (
    <dl className={css.facts} data-selectable="">
      {shown.map(({ label, value }) => (
        <div key={label} className={css.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The same under each other, figures in a column. */
export function FactTable({ facts }: { readonly facts: readonly (Fact | null)[] }) {
  return (
    <dl className={css.table}>
      {facts.map(
        (fact) =>
          fact && (
            <Fragment key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}
