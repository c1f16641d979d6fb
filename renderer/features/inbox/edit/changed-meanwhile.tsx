import { useStore } from 'zustand'
import type { Requisition } from '../../../../contract/entities'
import { useDesk, useTexts } from '../../../desk-hooks'
import { Banner } from '../../../ui/banner'
import { TextButton } from '../../../ui/button'
import { carryOver, editProblem } from './editing'

/** Another revision has come while this one was being edited: on with it, or leave it. */
export function ChangedMeanwhile({ requisition }: { readonly requisition: Requisition }) {
  const desk = useDesk()
  const texts = useTexts()
  useStore(desk.edits.store, ({ drafts }) => drafts.get(requisition.id))
  const problem = editProblem(desk, requisition)
  if (problem?.kind !== 'changed' && problem?.kind !== 'gone') return null
  return (
    <Banner
      meaning="warning"
      isAlert
      actions={
        <>
          {problem.kind === 'changed' && (
            <TextButton onPress={() => carryOver(desk, requisition)}>
              {texts.t('edit.carryOver')}
            </TextButton>
          )}
          <TextButton onPress={() => desk.edits.drop(requisition.id)}>
            {texts.t('edit.discard')}
          </TextButton>
        </>
      }
    >
      {problem.why(texts)}
    </Banner>
  )
}
