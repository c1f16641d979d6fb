import { useEffect, useMemo, useRef } from 'react'
import type { PolicyProblem } from '../../../domain/approval/check-policy'
import { runAction } from '../../actions/run-action'
import type { Action } from '../../actions/action'
import { useDesk, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { IconButton } from '../../ui/button'
import { focusDetail } from '../../ui/list-focus'
import { Section } from '../../ui/section'
import { Switch } from '../../ui/switch'
import { TextField } from '../../ui/text-field'
import { ruleSentence } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import headCss from '../inbox/requisition-head.module.css'
import { duplicateAction, moveDownAction, moveUpAction, removeAction } from './actions/write'
import { ConditionFields } from './condition-fields'
import { formOfEntry } from './draft'
import { switchRule, writeRule } from './edit-rules'
import { demandOf, fieldError, policyProblemWords } from './problem-words'
import { readRule } from './rule-form'
import type { RuleForm } from './rule-form'
import css from './rule-detail.module.css'
import type { Entry } from './rules'
import { RULES, rulesOf } from './rules'
import { RulesFrame } from './rules-frame'
import { StepFields } from './step-fields'
import { useMaySet, useRules } from './use-rules'

/** One rule: its name, when it holds, what it then demands, and all of that in a sentence. */
export function RuleDetail({
  entry,
  problems,
  names,
}: {
  readonly entry: Entry
  readonly problems: readonly PolicyProblem[]
  readonly names: PolicyNames
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const { id, was } = entry
  const entries = useRules((state) => state.entries)
  const isTried = useRules((state) => state.isTried)
  const isBusy = useRules((state) => state.isBusy)
  const isLocked = !useMaySet() || isBusy
  const frame = useRef<HTMLDivElement>(null)
  useWantedFocus(frame, id)

  // Made once while nothing is written, so that rows keep their keys.
  const form = useMemo(() => formOfEntry(entry), [entry])
  if (!form) return null
  const { rule, problems: missing } = readRule(id, form)
  const write = (changed: Partial<RuleForm>) => writeRule(desk, id, { ...form, ...changed })
  const errorOf = (key: string) => fieldError(missing.get(key), isTried, texts)
  const wordsOf = (demand: number | null) =>
    problems
      .filter((problem) => demandOf(problem) === demand)
      .map((problem) => policyProblemWords(problem, entries, texts, names))
  const name = form.name.trim() === '' ? t('rules.unnamed') : form.name
  return (
    <div ref={frame} className={css.frame}>
      <RulesFrame
        label={name}
        head={
          <header className={css.head}>
            <h2 className={headCss.company} data-selectable="">
              {name}
            </h2>
            {was === null && <span className={headCss.document}>{t('rules.newNotInForce')}</span>}
            <span className={css.deeds}>
              <Deed action={moveUpAction} />
              <Deed action={moveDownAction} />
              <Deed action={duplicateAction} />
              <Deed action={removeAction} />
            </span>
          </header>
        }
      >
        {wordsOf(null).map((words) => (
          <Banner key={words} meaning="danger">
            {words}
          </Banner>
        ))}
        <div className={css.name}>
          <TextField
            label={t('rules.name')}
            value={form.name}
            onChange={(written) => write({ name: written })}
            hint={t('rules.nameHint')}
            error={errorOf('name')}
            isDisabled={isLocked}
            autoComplete="off"
          />
          <Switch
            label={t(form.isOn ? 'rules.isOn' : 'rules.isOff')}
            detail={t(form.isOn ? 'rules.isOnDetail' : 'rules.isOffDetail')}
            isSelected={form.isOn}
            // Also who may only try: a rule is tried before it is switched on.
            onChange={(isOn) => switchRule(desk, id, isOn)}
            isDisabled={isBusy}
          />
        </div>
        <Section title={t('rules.when')}>
          <ConditionFields
            form={form.when}
            onChange={(when) => write({ when })}
            errorOf={errorOf}
            isLocked={isLocked}
            names={names}
            emptyWords={t('rules.whenAlways')}
            canGroup
          />
        </Section>
        <Section title={t('rules.then')}>
          <StepFields
            steps={form.steps}
            onChange={(steps) => write({ steps })}
            errorOf={errorOf}
            problemsOf={wordsOf}
            isLocked={isLocked}
            names={names}
          />
        </Section>
        <section aria-label={t('rules.inWords')} className={css.sentence}>
          <p data-selectable="">
            {rule ? ruleSentence(rule, texts, names) : t('rules.sentenceUnfinished')}
          </p>
          {rule && !rule.isOn && <p className={headCss.document}>{t('rules.sentenceOff')}</p>}
        </section>
      </RulesFrame>
    </div>
  )
}

function Deed({ action }: { readonly action: Action }) {
  const desk = useDesk()
  const { t } = useTexts()
  // Where it can go follows what is written.
  useRules((state) => state.entries)
  const maySet = useMaySet()
  if (!maySet || !action.icon) return null
  return (
    <IconButton
      label={t(action.title)}
      icon={action.icon}
      keys={action.keys?.[0]}
      isDisabled={action.when(desk).kind !== 'possible'}
      onPress={() => runAction(desk, action)}
    />
  )
}

/** Takes the focus to what is to be filled in of a rule that was just added, or put right in another. */
function useWantedFocus(frame: { readonly current: HTMLElement | null }, id: string): void {
  const desk = useDesk()
  const because = useRules(({ wanted }) => (wanted?.ruleId === id ? wanted.because : null))
  useEffect(() => {
    if (because === null) return
    rulesOf(desk).store.setState({ wanted: null })
    const find = (selectors: string) => frame.current?.querySelector<HTMLElement>(selectors)
    const field =
      because === 'new'
        ? (find('[data-value] input, [data-choice]') ?? find('input'))
        : find('input[aria-invalid="true"], [data-invalid] [data-choice]')
    if (field) field.focus()
    else focusDetail(RULES)
  }, [desk, frame, because])
}
