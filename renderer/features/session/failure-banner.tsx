import { useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'

/** Something that should not happen kept a request from being made; nothing where nothing did. */
export function FailureBanner({ reference }: { readonly reference: string | null }) {
  const { t } = useTexts()
  if (reference === null) return null
  return (
    <Banner meaning="danger" isAlert>
      {t('session.requestFailed', { reference })}
    </Banner>
  )
}
