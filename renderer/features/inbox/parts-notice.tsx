import { Split } from 'lucide-react'
import type { Requisition } from '../../../contract/entities'
import { wholeNet } from '../../../domain/requisition/split'
import { useDesk, useEntity, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import css from './parts-notice.module.css'
import { select } from './selection'

/** What a requisition was split from and what was split off it, and that limits look at all of it. */
export function PartsNotice({ requisition }: { readonly requisition: Requisition }) {
  const { t, formats } = useTexts()
  const { restOf, rest = [], whole, totals, currency, outcome } = requisition
  if (!whole) return null
  return (
    <Banner meaning="plain" icon={Split}>
      {restOf && (
        <p className={css.part}>
          {t('split.restOf')} <PartLink {...restOf} />
        </p>
      )}
      {rest.map((part) => (
        <p key={part.id} className={css.part}>
          {t('split.rest')} <PartLink {...part} />
        </p>
      ))}
      {!outcome && (
        <p className={css.limit}>
          {t('split.whole', { total: formats.money(wholeNet(totals.net, whole), currency) })}
        </p>
      )}
    </Banner>
  )
}

/** Another part by its number, and how it stands with it. */
function PartLink({ id, number }: { readonly id: string; readonly number: string }) {
  const desk = useDesk()
  const { t } = useTexts()
  const part = useEntity('requisition', id)
  return (
    <>
      <TextButton onPress={() => select(desk, id)}>{number}</TextButton>
      {part && <span className={css.state}> · {t(`requisition.state.${part.state}`)}</span>}
    </>
  )
}
