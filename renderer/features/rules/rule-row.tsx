import { CircleCheck, CircleOff } from 'lucide-react'
import { memo } from 'react'
import { useTexts } from '../../desk-hooks'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { asSentence, ruleSummary } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import { useRules } from './use-rules'

/** One rule in the list: its name and whether it is on, then what it does in a line. */
export const RuleRow = memo(function RuleRow({
  id,
  isSelected,
  isUnsound,
  names,
}: {
  readonly id: string
  readonly isSelected: boolean
  readonly isUnsound: boolean
  readonly names: PolicyNames
}) {
  const texts = useTexts()
  const { t } = texts
  const entry = useRules(({ entries }) => entries.find((one) => one.id === id))
  if (!entry) return null
  const { rule, form, was } = entry
  const name = form?.name ?? rule?.name ?? ''
  const isOn = form?.isOn ?? rule?.isOn ?? false
  const mark = markOf()
  return (
    <ListRow
      isSelected={isSelected}
      isFaded={!isOn}
      title={name.trim() === '' ? t('rules.unnamed') : name}
      figure={
        <Status meaning={isOn ? 'good' : 'plain'} icon={isOn ? CircleCheck : CircleOff}>
          {t(isOn ? 'rules.on' : 'rules.off')}
        </Status>
      }
      facts={[
        {
          id: 'summary',
          content: rule ? asSentence(ruleSummary(rule, texts, names)) : t('rules.unfinished'),
        },
      ]}
      end={mark}
    />
  )

  function markOf() {
    if (isUnsound) return <Status meaning="warning">{t('rules.unsound')}</Status>
    if (was === null) return <Status meaning="notice">{t('rules.new')}</Status>
    if (rule !== was) return <Status meaning="notice">{t('rules.changed')}</Status>
    return null
  }
})
