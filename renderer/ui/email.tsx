import { Fragment } from 'react'
import css from './email.module.css'

/** An e-mail address that is broken, where it must be, after `@` or a dot, and never within a word. */
export function Email({ address }: { readonly address: string }) {
  const parts = address.split(/(?<=[@.])/)
  return (
    <span className={css.email}>
      {parts.map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  )
}
