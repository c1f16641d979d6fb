import type { ReactNode } from 'react'
import { FormattedMessage } from 'react-intl'
import type { MessageKey, ValuesOf } from '../../language/catalogue'

/** A message with its emphasis: `<b>` in the catalogue stands out. */
export function RichText<K extends MessageKey>({
  id,
  values,
}: {
  readonly id: K
} & (ValuesOf<K> extends [infer V] ? { readonly values: V } : { readonly values?: undefined })) {
  return (
    <FormattedMessage
      id={id}
      values={{ ...(values as Record<string, string> | undefined), b: strong }}
    />
  )
}

function strong(chunks: ReactNode[]): ReactNode {
  return <strong>{chunks}</strong>
}
