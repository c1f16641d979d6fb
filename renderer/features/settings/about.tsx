import { Copy } from 'lucide-react'
import { useConsole, useDesk, useReplica, useTexts } from '../../desk-hooks'
import { IconButton } from '../../ui/button'
import { Section } from '../../ui/section'
import { connectionWord } from '../../wording/connection'
import { Setting, SettingGroup } from './setting'

/** Which Kontor this is and which gateway it talks to: what support asks for. */
export function About() {
  const { bridge, report, toasts } = useDesk()
  const texts = useTexts()
  const { t } = texts
  const version = useConsole(({ info }) => info?.version ?? '')
  const session = useConsole((state) => state.session)
  const connection = useConsole((state) => state.connection)
  const seller = useReplica(({ replica }) => replica.all('seller').values().next().value?.name)
  const gateway = session?.kind === 'signed_in' ? session.gateway : ''
  const isDemo = session?.kind === 'signed_in' && session.demo
  const copy = () => {
    bridge
      .request('clipboard.writeText', { text: gateway })
      .then(() =>
        toasts.tell({ meaning: 'notice', text: ({ t }) => t('controls.copied'), action: null }),
      )
      .catch(report)
  }
  return (
    <Section level={2} title={t('settings.about')}>
      <SettingGroup>
        <Setting name={t('settings.version')}>{version}</Setting>
        {seller && <Setting name={t('settings.seller')}>{seller}</Setting>}
        <Setting name={t('settings.gateway')}>
          <span data-selectable="">
            {[
              gateway,
              isDemo && t('settings.gatewayDemo'),
              connection && connectionWord(connection, texts),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <IconButton label={t('settings.copyGateway')} icon={Copy} onPress={copy} />
        </Setting>
      </SettingGroup>
    </Section>
  )
}
