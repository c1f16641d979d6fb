import { HardDrive } from 'lucide-react'
import { useConsole, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'

/** What it means that this computer's disk takes nothing more; nothing while it does. */
export function StorageBanner() {
  const { t } = useTexts()
  const storage = useConsole((state) => state.storage)
  if (storage?.kind !== 'refusing') return null
  return (
    <Banner meaning="warning" icon={HardDrive} isEdge isAlert>
      <strong>{t(`storage.${storage.reason}`)}</strong> {t('storage.meanwhile')}
    </Banner>
  )
}
