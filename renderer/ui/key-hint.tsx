import { keyCaps } from '../actions/keys'
import { useConsole } from '../desk-hooks'
import { classes } from './class-names'
import css from './key-hint.module.css'

/** The keys of a shortcut as caps, e.g. `Ctrl` `K`. Decoration: the name of the control says it too. */
export function KeyHint({
  keys,
  plain = false,
}: {
  readonly keys: string
  readonly plain?: boolean
}) {
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  return (
    <span className={classes(css.hint, plain && css.plain)} aria-hidden="true">
      {keyCaps(keys, platform).map((cap) => (
        <kbd key={cap} className={css.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  )
}
