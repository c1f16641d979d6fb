import { CircleAlert } from 'lucide-react'
import { Fragment } from 'react'
import type { Requisition } from '../../../contract/entities'
import { awaitsDecision } from '../../../domain/requisition/states'
import { useEntity, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { ReasonClause } from '../../wording/reasons'

/** Why a person has to decide, as one sentence above the lines. */
export function ReasonsBanner({ requisition }: { readonly requisition: Requisition }) {
  const texts = useTexts()
  const contact = useEntity('contact', requisition.contactId)
  const { reasons } = requisition
  if (!awaitsDecision(requisition.state) || reasons.length === 0) return null
  // What follows from the document itself asks for no warning.
  const isRoutine = reasons.every(
    ({ kind }) => kind === 'right_below_order' || kind === 'not_a_proposal',
  )
  return (
    <Banner meaning={isRoutine ? 'plain' : 'warning'} icon={CircleAlert}>
      {texts.t('reasons.needYou')}{' '}
      {reasons.map((reason, at) => (
        <Fragment key={reason.kind}>
          {at > 0 && (at === reasons.length - 1 ? ` ${texts.t('reasons.and')} ` : ', ')}
          <ReasonClause
            reason={reason}
            requisition={requisition}
            contactName={contact?.name ?? requisition.contactId}
            texts={texts}
          />
        </Fragment>
      ))}
      .
    </Banner>
  )
}
