import { keyCaps } from '../../actions/keys'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Section } from '../../ui/section'
import { Switch } from '../../ui/switch'
import { approveAction } from '../inbox/actions/approve'
import { SettingGroup } from './setting'
import css from './keyboard.module.css'
import type { SettingsInUse } from './use-settings'

/** Whether single keys do things by themselves, which WCAG 2.1.4 wants to be a choice. */
export function Keyboard({ inUse: { settings, change } }: { readonly inUse: SettingsInUse }) {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  const approve = keyCaps(approveAction.keys?.[0] ?? '', platform).join('')
  return (
    <Section
      level={2}
      title={t('settings.keyboard')}
      action={
        <TextButton onPress={() => navigation.show('shortcuts')}>
          {t('settings.showShortcuts')}
        </TextButton>
      }
    >
      <SettingGroup>
        <div className={css.switch}>
          <Switch
            label={t('settings.singleKeys')}
            detail={t('settings.singleKeysDetail', { approve })}
            isSelected={settings.singleKeys}
            onChange={(singleKeys) => change({ singleKeys })}
          />
        </div>
      </SettingGroup>
    </Section>
  )
}
