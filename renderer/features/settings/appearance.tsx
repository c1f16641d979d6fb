import type { LocalSettings } from '../../../contract/console'
import { useConsole, useTexts } from '../../desk-hooks'
import { Section } from '../../ui/section'
import { Segments } from '../../ui/segments'
import { Setting, SettingGroup } from './setting'
import type { SettingsInUse } from './use-settings'

const languages: readonly LocalSettings['language'][] = ['system', 'sv', 'en']
const themes: readonly LocalSettings['theme'][] = ['system', 'light', 'dark']
const densities: readonly LocalSettings['density'][] = ['comfortable', 'compact']

/** Language, light or dark, and how close rows stand. */
export function Appearance({ inUse: { settings, change } }: { readonly inUse: SettingsInUse }) {
  const { t } = useTexts()
  const systemLanguage = useConsole(({ info }) => info?.systemLanguage ?? 'sv')
  return (
    <Section level={2} title={t('settings.appearance')}>
      <SettingGroup>
        <Setting name={t('settings.language')}>
          <Segments
            label={t('settings.language')}
            value={settings.language}
            onChange={(language) => change({ language })}
            options={languages.map((id) => ({
              id,
              name:
                id === 'system'
                  ? t('settings.language.system', {
                      language: t(`settings.language.${systemLanguage}`),
                    })
                  : t(`settings.language.${id}`),
            }))}
          />
        </Setting>
        <Setting name={t('settings.theme')}>
          <Segments
            label={t('settings.theme')}
            value={settings.theme}
            onChange={(theme) => change({ theme })}
            options={themes.map((id) => ({ id, name: t(`settings.theme.${id}`) }))}
          />
        </Setting>
        <Setting name={t('settings.density')}>
          <Segments
            label={t('settings.density')}
            value={settings.density}
            onChange={(density) => change({ density })}
            options={densities.map((id) => ({ id, name: t(`settings.density.${id}`) }))}
          />
        </Setting>
      </SettingGroup>
    </Section>
  )
}
