import { Search, Send, TriangleAlert } from 'lucide-react'
import { Button } from 'react-aria-components'
import { actionById } from '../../actions/registry'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import { waitingOf } from '../../state/waiting'
import { classes } from '../../ui/class-names'
import { KeyHint } from '../../ui/key-hint'
import { connectionMeaning, connectionWord } from '../../wording/connection'
import css from './title-bar.module.css'
import { UserMenu } from './user-menu'

/** Search in the middle; at the right what waits to be sent, the connection and the user. */
export function TitleBar() {
  const desk = useDesk()
  const { t } = useTexts()
  const isDemo = useConsole(({ session }) => session?.kind === 'signed_in' && session.demo)
  const palette = actionById('palette')
  return (
    <header className={css.bar}>
      <div className={css.product}>
        {t('shell.product')}
        {isDemo && <span className={css.demo}>{t('shell.demo')}</span>}
      </div>
      {palette && (
        <Button className={css.search ?? ''} onPress={() => runAction(desk, palette)}>
          <Search size={16} aria-hidden="true" />
          <span className={css.placeholder}>{t('shell.search')}</span>
          <KeyHint keys={palette.keys?.[0] ?? ''} />
        </Button>
      )}
      <div className={css.end}>
        <OutboxIndicator />
        <Connection />
        <UserMenu />
      </div>
    </header>
  )
}

function Connection() {
  const texts = useTexts()
  const connection = useConsole((state) => state.connection)
  if (!connection) return null
  return (
    <span className={css.connection} role="status">
      <span className={classes(css.dot, css[connectionMeaning(connection)])} aria-hidden="true" />
      {connectionWord(connection, texts)}
    </span>
  )
}

/** What waits to be sent and what came back; nothing when all is sent. */
function OutboxIndicator() {
  const desk = useDesk()
  const { t } = useTexts()
  const { toSend: waiting, refused } = waitingOf({ outbox: useConsole((state) => state.outbox) })
  if (waiting + refused === 0) return null
  return (
    <Button
      className={classes(css.outbox, refused > 0 && css.refused)}
      onPress={() => desk.navigation.show('outbox')}
    >
      {refused > 0 ? (
        <TriangleAlert size={14} aria-hidden="true" />
      ) : (
        <Send size={14} aria-hidden="true" />
      )}
      {[
        waiting > 0 && t('outbox.indicator', { count: waiting }),
        refused > 0 && t('outbox.refusedIndicator', { count: refused }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Button>
  )
}
