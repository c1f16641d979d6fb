import { Button } from 'react-aria-components'
import type { Action } from '../../actions/action'
import { actions } from '../../actions/registry'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useTexts, useUser } from '../../desk-hooks'
import { Menu } from '../../ui/menu'
import css from './user-menu.module.css'

const BELOW_THE_LINE = new Set(['signOut'])

/** Who is signed in, and what belongs to the application as a whole. */
export function UserMenu() {
  const desk = useDesk()
  const { t } = useTexts()
  const user = useUser()
  // What can be done depends on settings and connection.
  useConsole((state) => state)
  if (!user) return null
  const entries = (belongs: (action: Action) => boolean) =>
    actions
      .filter(({ group }) => group === 'application')
      .filter(belongs)
      .filter((action) => action.when(desk).kind === 'possible')
      .map((action) => ({
        id: action.id,
        title: t(action.title),
        icon: action.icon,
        keys: action.keys?.[0],
        run: () => runAction(desk, action),
      }))
  return (
    <Menu
      label={t('shell.user')}
      placement="bottom end"
      header={t('shell.signedInAs', { name: user.displayName })}
      groups={[
        entries(({ id }) => !BELOW_THE_LINE.has(id)),
        entries(({ id }) => BELOW_THE_LINE.has(id)),
      ]}
    >
      <Button className={css.user ?? ''} aria-label={`${user.displayName}: ${t('shell.user')}`}>
        {user.displayName}
      </Button>
    </Menu>
  )
}
