import type { Refusal } from '../../contract/errors'
import { referenceOf } from '../../language/refusals'
import { useDesk, useTexts } from '../desk-hooks'
import { TextButton } from './button'
import css from './refusal-code.module.css'

/** For support, small behind the sentence: the code, or the reference of a fault, to be copied. */
export function RefusalCode({ error }: { readonly error: Refusal }) {
  const { t } = useTexts()
  const { bridge, report } = useDesk()
  const reference = referenceOf(error)
  return (
    <span className={css.code}>
      {reference === null ? (
        t('error.code', { code: error.code })
      ) : (
        <>
          {t('error.reference', { reference })}{' '}
          <TextButton
            onPress={() =>
              void bridge.request('clipboard.writeText', { text: reference }).catch(report)
            }
          >
            {t('controls.copy')}
          </TextButton>
        </>
      )}
    </span>
  )
}
