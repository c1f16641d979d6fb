import { useStore } from 'zustand'
import type { CustomerGroup } from '../../../domain/company'
import { refusalSentence } from '../../../language/refusals'
import type { Texts } from '../../../language/texts'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useNow, usePending, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { isUnderway, type Send } from '../../state/sends'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { Section } from '../../ui/section'
import { PendingStatus } from '../../ui/status'
import { rightSentences } from '../customers/customer-words'
import { History } from '../inbox/history'
import headCss from '../inbox/requisition-head.module.css'
import { DraftBar } from '../users/draft-bar'
import { FormFrame } from '../users/form-frame'
import { limitProblemWords } from '../users/problem-words'
import { limitWords } from '../users/user-words'
import { followSourceAction, saveAction } from './actions/write'
import { GroupConflict } from './group-conflict'
import css from './group-detail.module.css'
import { GroupFields } from './group-fields'
import { mergeGroup, readGroup, valuesOf, type GroupField, type GroupValues } from './group-form'
import { GROUPS, groupsOf, type GroupProblem } from './groups'

/** One group: what its people may do, where that comes from, how many they are, and its history. */
export function GroupDetail({ group }: { readonly group: CustomerGroup }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const groups = groupsOf(desk)
  const pending = usePending(group.id)
  const [sent] = pending.filter(({ type }) => type === 'customer_group.set').slice(-1)
  const draft = useStore(groups.store, ({ drafts }) => drafts.get(group.id))
  const members = useReplica(() => groups.members().get(group.id))

  const theirs = valuesOf(group)
  const merged = draft ? mergeGroup(draft.base, draft.values, theirs) : null
  const isDirty = merged !== null && merged.dirty.length > 0
  const { isBusy, isTried, failures, problem } = draft ?? NO_ATTEMPT
  // What was sent is shown until the change itself has come back.
  const values = isBusy && draft ? draft.values : (merged?.values ?? theirs)
  const conflicts = isBusy ? [] : (merged?.conflicts ?? [])
  const read = readGroup(values)
  const problems = isTried && !read.ok ? read.problems : {}

  const write = (changed: Partial<GroupValues>) => {
    const base = draft?.base ?? theirs
    const written = { ...values, ...changed }
    const isBack = mergeGroup(base, written, theirs).dirty.length === 0
    groups.putDraft(
      group.id,
      isBack ? null : { isBusy, isTried, failures, base, values: written, problem: null },
    )
  }
  return (
    <FormFrame
      screen={GROUPS}
      label={group.name}
      offline={t('groups.offline')}
      head={
        <header className={headCss.title}>
          <h2 className={headCss.company} data-selectable="">
            {group.name}
          </h2>
          <p className={headCss.document} data-selectable="">
            {[
              group.id,
              t('groups.companies', { count: members?.companies ?? 0 }),
              t('groups.people', { count: members?.people ?? 0 }),
            ].join(' · ')}
          </p>
        </header>
      }
      failures={failures}
      // A conflict says the same, and more.
      problem={<GroupProblemBanner problem={conflicts.length > 0 ? null : problem} />}
      sent={sent}
      bar={
        isDirty && (
          <DraftBar
            save={saveAction}
            sent={sent}
            isBusy={isBusy}
            hasConflict={conflicts.length > 0}
            onRevert={() => groups.putDraft(group.id, null)}
          />
        )
      }
      aside={
        <Section title={t('history.title')}>
          <History kind="customer_group" aggregateId={group.id} />
        </Section>
      }
    >
      {draft && conflicts.length > 0 && (
        <GroupConflict group={group} draft={draft} theirs={theirs} />
      )}
      <GroupFields
        groupId={group.id}
        values={values}
        onChange={write}
        errorOf={(field) => {
          const found = problems[field]
          return found ? limitProblemWords(found, texts) : null
        }}
        theirs={(field) => (conflicts.includes(field) ? fieldWords(field, group, texts) : null)}
        isDisabled={isBusy}
      />
      <Source group={group} isWriting={isDirty} pending={pending} />
    </FormFrame>
  )
}

const NO_ATTEMPT = { isBusy: false, isTried: false, failures: 0, problem: null } as const

/** Where right and limits come from, and the way back to the source. */
function Source({
  group,
  isWriting,
  pending,
}: {
  readonly group: CustomerGroup
  readonly isWriting: boolean
  readonly pending: readonly Send[]
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const isReachable = useConsole(canReachGateway)
  const { set } = group
  const [sent] = pending.filter(({ type }) => type === 'customer_group.follow_source').slice(-1)
  if (!set) {
    return (
      <Section title={t('group.source')}>
        <p className={headCss.document}>{t('group.follows')}</p>
      </Section>
    )
  }
  const isUnknown = sent?.phase.kind === 'unknown'
  return (
    <Section title={t('group.source')}>
      <p>{t('group.setBy', { name: set.by, when: formats.when(set.at, now) })}</p>
      <p className={headCss.document}>
        {t('group.sourceSays', {
          what: rightSentences({ ...group, ...set.source }, texts).join(' '),
        })}
      </p>
      <div className={css.follow}>
        <Button
          keys={followSourceAction.keys?.[0]}
          isDisabled={
            !isUnknown && (isWriting || !isReachable || (sent !== undefined && isUnderway(sent)))
          }
          onPress={() => runAction(desk, followSourceAction)}
        >
          {isUnknown ? t('controls.askAgain') : t('group.follow')}
        </Button>
        {isWriting && <span className={headCss.document}>{t('group.followAfterDraft')}</span>}
        {sent && isUnderway(sent) && <PendingStatus>{t('user.saving')}</PendingStatus>}
      </div>
      <GroupProblemBanner problem={sent ? problemOfSend(sent) : null} />
    </Section>
  )
}

function problemOfSend({ phase }: Send): GroupProblem | null {
  if (phase.kind === 'refused') return { kind: 'refused', error: phase.error }
  return phase.kind === 'offline' ? { kind: 'offline' } : null
}

function GroupProblemBanner({ problem }: { readonly problem: GroupProblem | null }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  if (problem === null) return null
  if (problem.kind === 'offline') {
    return (
      <Banner meaning="danger" isAlert>
        {t('user.error.offline')}
      </Banner>
    )
  }
  const { error } = problem
  return (
    <Banner meaning="danger" isAlert>
      {error.code === 'stale_version'
        ? t('group.stale')
        : refusalSentence(error, texts, formats, now)}{' '}
      <RefusalCode error={error} />
    </Banner>
  )
}

/** What a field of a group says now, in words. */
function fieldWords(field: GroupField, group: CustomerGroup, texts: Texts): string {
  const { t } = texts
  const { orderingRight, orderLimit } = group
  switch (field) {
    case 'orderingRight':
      return t(`group.right.${orderingRight}`)
    case 'period':
      return t(`group.period.${orderLimit.period}`)
    case 'currency':
      return orderLimit.currency
    case 'perOrder':
    case 'perPeriod':
      return limitWords(orderLimit[field], orderLimit.currency, texts)
  }
}
