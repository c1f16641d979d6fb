import { useTexts } from '../../desk-hooks'
import type { Send } from '../../state/sends'
import { Banner } from '../../ui/banner'
import { RefusalCode } from '../../ui/refusal-code'

/**
 * Says that nobody knows what became of something sent; nothing where that is known. Asking again
 * stands where it was sent.
 */
export function UnknownBanner({ send }: { readonly send: Send | undefined }) {
  const { t } = useTexts()
  if (send?.phase.kind !== 'unknown') return null
  const { error } = send.phase
  return (
    <Banner meaning="warning" isAlert>
      {t('pending.unknownOther')} {error && <RefusalCode error={error} />}
    </Banner>
  )
}
