import { CircleAlert } from 'lucide-react'
import { Fragment } from 'react'
import type { Requisition } from '../../../contract/entities'
import type { Grounds } from '../../../domain/approval/evaluate'
import type { ApprovalStep } from '../../../domain/approval/steps'
import { awaitsDecision } from '../../../domain/requisition/states'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { RichText } from '../../ui/rich-text'
import { findingWords, policyNamesIn } from '../../wording/policy'
import { ReasonClause } from '../../wording/reasons'

/** Why a person has to decide, as one sentence above the lines. */
export function ReasonsBanner({ requisition }: { readonly requisition: Requisition }) {
  const texts = useTexts()
  const contact = useEntity('contact', requisition.contactId)
  const names = policyNamesIn(useDesk().replica)
  // The names are the users' and groups' own, and may come or change later.
  useReplica(({ replica }) => replica.store.getState().revision)
  const { reasons } = requisition
  const rules = rulesOf(requisition.steps ?? [])
  if (!awaitsDecision(requisition.state) || reasons.length + rules.length === 0) return null
  // What follows from the document itself asks for no warning.
  const isRoutine =
    rules.length === 0 &&
    reasons.every(({ kind }) => kind === 'right_below_order' || kind === 'not_a_proposal')
  return (
    <Banner meaning={isRoutine ? 'plain' : 'warning'} icon={CircleAlert}>
      {reasons.length > 0 && (
        <p>
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
        </p>
      )}
      {rules.map(({ ruleId, name: rule, findings }) => {
        const found = findings.map((finding) => findingWords(finding, texts, names))
        return (
          <p key={ruleId}>
            {found.length === 0 ? (
              <RichText id="reasons.ruleAlways" values={{ rule }} />
            ) : (
              <RichText id="reasons.rule" values={{ rule, findings: texts.formats.list(found) }} />
            )}
          </p>
        )
      })}
    </Banner>
  )
}

/** Every rule that demands a step, once, with all that it found for any of its steps. */
function rulesOf(steps: readonly ApprovalStep[]): readonly Grounds[] {
  const rules = new Map<string, Grounds>()
  for (const grounds of steps.flatMap(({ because }) => because)) {
    const known = rules.get(grounds.ruleId)?.findings ?? []
    // What the rule as a whole asks stands in the grounds of each of its steps.
    const tests = new Set(known.map(({ test }) => JSON.stringify(test)))
    const more = grounds.findings.filter(({ test }) => !tests.has(JSON.stringify(test)))
    rules.set(grounds.ruleId, { ...grounds, findings: [...known, ...more] })
  }
  return [...rules.values()]
}
