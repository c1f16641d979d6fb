import { FileQuestion, Scale } from 'lucide-react'
import type { PolicyProblem } from '../../../domain/approval/check-policy'
import { keyCaps } from '../../actions/keys'
import { useConsole, useNow, useTexts } from '../../desk-hooks'
import { EmptyState } from '../../ui/empty-state'
import { Section } from '../../ui/section'
import type { PolicyNames } from '../../wording/policy'
import { History } from '../inbox/history'
import headCss from '../inbox/requisition-head.module.css'
import { newAction, tryAction } from './actions/write'
import { RuleDetail } from './rule-detail'
import { POLICY, TRY } from './rules'
import css from './rules-pane.module.css'
import { RulesFrame } from './rules-frame'
import { TryPane } from './try-pane'
import { useMaySet, useRules } from './use-rules'

/** The rule that is open, the trial, or what to do when neither is. */
export function RulesPane({
  id,
  problems,
  names,
}: {
  readonly id: string | null
  readonly problems: ReadonlyMap<string, readonly PolicyProblem[]>
  readonly names: PolicyNames
}) {
  const { t } = useTexts()
  const entry = useRules(({ entries }) => entries.find((one) => one.id === id))
  const isKnown = useRules(({ known }) => known !== null)
  if (id === TRY && isKnown) return <TryPane problems={problems} names={names} />
  if (entry)
    return <RuleDetail entry={entry} problems={problems.get(entry.id) ?? []} names={names} />
  return (
    <RulesFrame label={t('rules.detail')} head={null}>
      {isKnown && id !== null ? (
        <EmptyState icon={FileQuestion} title={t('rules.gone')} />
      ) : (
        isKnown && <NothingSelected />
      )}
    </RulesFrame>
  )
}

function NothingSelected() {
  const { t, formats } = useTexts()
  const now = useNow()
  const maySet = useMaySet()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  const known = useRules((state) => state.known)
  const keyOf = (keys: string | undefined) => keyCaps(keys ?? '', platform).join('')
  return (
    <>
      <EmptyState
        icon={Scale}
        title={t('rules.nothingSelected')}
        detail={
          maySet
            ? t('rules.nothingSelectedDetail', {
                add: keyOf(newAction.keys?.[0]),
                attempt: keyOf(tryAction.keys?.[0]),
              })
            : t('rules.nothingSelectedOther', { attempt: keyOf(tryAction.keys?.[0]) })
        }
        actions={
          known?.setBy != null &&
          known.setAt !== null && (
            <p className={headCss.document}>
              {t('rules.setBy', { name: known.setBy, when: formats.when(known.setAt, now) })}
            </p>
          )
        }
      />
      {known !== null && known.version > 0 && (
        <Section title={t('history.title')} className={css.history}>
          <History key={known.version} kind={null} aggregateId={POLICY} />
        </Section>
      )}
    </>
  )
}
