import { RefreshCw, WifiOff } from 'lucide-react'
import { actionById } from '../../actions/registry'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import { SECOND } from '../../state/clock'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import { connectionSentences } from '../../wording/connection'
import { useLasting } from './use-lasting'

/** A connection that comes back sooner than this is not worth a banner, in milliseconds. */
const PATIENCE = 1_500

/** What it means that the desk is out of step, across the window; nothing while it is in step. */
export function ConnectionBanner() {
  const texts = useTexts()
  const desk = useDesk()
  const connection = useConsole((state) => state.connection)
  const isPassing = connection?.kind === 'connecting' || connection?.kind === 'catching_up'
  const hasLasted = useLasting(isPassing, PATIENCE)
  const now = useNow(connection?.kind === 'offline' ? SECOND : undefined)
  if (!connection || connection.kind === 'live' || (isPassing && !hasLasted)) return null
  const [first, ...rest] = connectionSentences(connection, texts, now)
  const retry = actionById('retryConnection')
  const isOffline = connection.kind === 'offline'
  return (
    <Banner
      meaning={isOffline ? 'warning' : 'notice'}
      icon={isOffline ? WifiOff : RefreshCw}
      isEdge
      actions={
        isOffline &&
        retry && (
          <TextButton onPress={() => runAction(desk, retry)}>
            {texts.t('controls.retryNow')}
          </TextButton>
        )
      }
    >
      <strong>{first}</strong> {rest.join(' ')}
    </Banner>
  )
}
