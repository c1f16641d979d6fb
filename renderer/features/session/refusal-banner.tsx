import type { Refusal } from '../../../contract/errors'
import { refusalSentence } from '../../../language/refusals'
import { useNow, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { RefusalCode } from '../../ui/refusal-code'

/** Why it did not go, in a sentence; the code stands small behind it. */
export function RefusalBanner({ error }: { readonly error: Refusal }) {
  const texts = useTexts()
  const now = useNow()
  return (
    <Banner meaning="danger" isAlert>
      {refusalSentence(error, texts, texts.formats, now)} <RefusalCode error={error} />
    </Banner>
  )
}
