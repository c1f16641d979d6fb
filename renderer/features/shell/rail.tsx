import type { Screen } from '../../screen'
import { screens } from '../../screens'
import { actionById } from '../../actions/registry'
import { useDesk, useNavigation, useReplica, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { Tooltip } from '../../ui/tooltip'
import { memo } from 'react'
import { Button } from 'react-aria-components'
import css from './rail.module.css'

/** The screens, with what waits on each. */
export function Rail() {
  const { t } = useTexts()
  const desk = useDesk()
  useReplica(({ replica }) => replica.store.getState().revision)
  const allowed = screens.filter(({ isAllowed }) => isAllowed?.(desk) ?? true)
  const daily = allowed.filter(({ isAside }) => !isAside)
  const aside = allowed.filter(({ isAside }) => isAside)
  return (
    <nav className={css.rail} aria-label={t('shell.rail')}>
      <RailGroup screens={daily} />
      {aside.length > 0 && <hr className={css.line} />}
      <RailGroup screens={aside} />
    </nav>
  )
}

function RailGroup({ screens: group }: { readonly screens: readonly Screen[] }) {
  return (
    <ul className={css.group}>
      {group.map((screen) => (
        <li key={screen.id}>
          <RailEntry screen={screen} />
        </li>
      ))}
    </ul>
  )
}

/** Not drawn anew with every change that comes: its count is. */
const RailEntry = memo(function RailEntry({ screen }: { readonly screen: Screen }) {
  const desk = useDesk()
  const { t } = useTexts()
  const isShown = useNavigation(({ screen: shown }) => shown === screen.id)
  const Icon = screen.icon
  return (
    <Tooltip
      text={t(screen.title)}
      keys={actionById(`go.${screen.id}`)?.keys?.[0]}
      placement="right"
    >
      <Button
        className={classes(css.entry, isShown && css.shown)}
        {...(isShown ? { 'aria-current': 'page' } : {})}
        onPress={() => desk.navigation.go(screen.id)}
      >
        <Icon size={16} aria-hidden="true" />
        <span className={css.name}>{t(screen.title)}</span>
        {screen.count && <Count of={screen.count} />}
      </Button>
    </Tooltip>
  )
})

function Count({ of: count }: { readonly of: NonNullable<Screen['count']> }) {
  const { formats } = useTexts()
  const waiting = useReplica(count)
  return waiting > 0 && <span className={css.count}>{formats.integer(waiting)}</span>
}
