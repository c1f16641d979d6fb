import { useState } from 'react'
import type { Refusal } from '../../contract/errors'
import { isExpected, referenceOf } from '../../language/refusals'
import { useDesk, useTexts } from '../desk-hooks'
import { TextButton } from './button'
import css from './refusal-code.module.css'

/**
 * For support, small behind the sentence: the reference of a fault, to be copied, or the code of
 * something unexpected, when asked for. What happens on any day needs neither.
 */
export function RefusalCode({ error }: { readonly error: Refusal }) {
  const { t } = useTexts()
  const { bridge, report } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const reference = referenceOf(error)
  if (reference !== null) {
    return (
      <span className={css.code}>
        {t('error.reference', { reference })}{' '}
        <TextButton
          onPress={() =>
            void bridge.request('clipboard.writeText', { text: reference }).catch(report)
          }
        >
          {t('controls.copy')}
        </TextButton>
      </span>
    )
  }
  if (isExpected(error)) return null
  return (
    <span className={css.code}>
      {isOpen ? (
        t('error.code', { code: error.code })
      ) : (
        <TextButton onPress={() => setOpen(true)}>{t('error.forSupport')}</TextButton>
      )}
    </span>
  )
}
