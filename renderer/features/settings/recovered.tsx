import { useConsole, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { Section } from '../../ui/section'

/** Files that could not be read at the start and were set aside; nothing where all was well. */
export function Recovered() {
  const { t } = useTexts()
  const recovered = useConsole(({ info }) => info?.recovered)
  if (!recovered || recovered.length === 0) return null
  return (
    <Section level={2} title={t('settings.recovered')}>
      {recovered.map(({ file, keptAs }) => (
        <Banner key={file} meaning="notice">
          {t('shell.recovered', { file, keptAs })}
        </Banner>
      ))}
    </Section>
  )
}
