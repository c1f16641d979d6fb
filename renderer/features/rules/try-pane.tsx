import { CalendarX2, CheckCheck } from 'lucide-react'
import type { PolicyProblem } from '../../../domain/approval/check-policy'
import { refusalSentence } from '../../../language/refusals'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { FactTable } from '../../ui/facts'
import { RefusalCode } from '../../ui/refusal-code'
import { Segments } from '../../ui/segments'
import { Skeleton } from '../../ui/skeleton'
import { TextField } from '../../ui/text-field'
import type { PolicyNames } from '../../wording/policy'
import headCss from '../inbox/requisition-head.module.css'
import { tryAction } from './actions/write'
import { rulesOf } from './rules'
import type { Trial } from './rules'
import { RulesFrame } from './rules-frame'
import { lastDays, trialDays } from './trial-days'
import css from './try-pane.module.css'
import { TriedList } from './tried-list'
import { useRules } from './use-rules'

const spans = [7, 30, 90] as const

/** What the rules as they are written would have made of the requisitions of some days. */
export function TryPane({
  problems,
  names,
}: {
  readonly problems: ReadonlyMap<string, readonly PolicyProblem[]>
  readonly names: PolicyNames
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const isUnfinished = useRules(({ entries }) => entries.some(({ rule }) => rule === null))
  const trial = useRules((state) => state.trial)
  const days = trialDays(desk, trial)
  const isAsking = trial.answer.kind === 'asking'
  return (
    <RulesFrame
      label={t('rules.try')}
      head={
        <header className={css.head}>
          <h2 className={headCss.company}>{t('rules.try')}</h2>
          <p className={css.note}>{t('rules.tryDetail')}</p>
        </header>
      }
    >
      <div className={css.asking}>
        <Period trial={trial} />
        <Button
          keys={tryAction.keys?.[0]}
          isDisabled={!isReachable || isUnfinished || isAsking || days.problem !== null}
          onPress={() => runAction(desk, tryAction)}
        >
          {t('rules.tryNow')}
        </Button>
      </div>
      {isUnfinished && <Banner meaning="notice">{t('rules.tryUnfinished')}</Banner>}
      {!isUnfinished && problems.size > 0 && (
        <Banner meaning="notice">{t('rules.tryUnsound')}</Banner>
      )}
      <Answer trial={trial} names={names} />
    </RulesFrame>
  )
}

function Period({ trial }: { readonly trial: Trial }) {
  const desk = useDesk()
  const { t } = useTexts()
  const { store } = rulesOf(desk)
  const put = (changed: Partial<Trial>) =>
    store.setState((state) => ({ trial: { ...state.trial, ...changed } }))
  const days = trialDays(desk, trial)
  const { span, from, to } = trial
  return (
    <div className={css.period}>
      <div className={css.spans}>
        <Segments
          label={t('rules.period')}
          value={span === null ? 'own' : String(span)}
          onChange={(id) => {
            const last = spans.find((one) => String(one) === id)
            if (last !== undefined) return put({ span: last })
            // What was chosen before is what one goes on from.
            const before = lastDays(desk, span ?? 30)
            put({ span: null, from: from || before.from, to: to || before.to })
          }}
          options={[
            ...spans.map((count) => ({
              id: String(count),
              name: t('rules.lastDays', { count }),
            })),
            { id: 'own', name: t('rules.ownDays') },
          ]}
        />
      </div>
      {span === null && (
        <div className={css.dates}>
          <TextField
            label={t('rules.from')}
            value={from}
            onChange={(written) => put({ from: written })}
            placeholder={t('rules.dateForm')}
            autoComplete="off"
          />
          <TextField
            label={t('rules.to')}
            value={to}
            onChange={(written) => put({ to: written })}
            error={days.problem && t(`rules.days.${days.problem}`)}
            placeholder={t('rules.dateForm')}
            autoComplete="off"
          />
        </div>
      )}
    </div>
  )
}

function Answer({ trial, names }: { readonly trial: Trial; readonly names: PolicyNames }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const desk = useDesk()
  const entries = useRules((state) => state.entries)
  const { answer } = trial
  switch (answer.kind) {
    case 'none':
      return null
    case 'asking':
      return <Skeleton label={t('rules.trying')} rows={5} height={52} />
    case 'failed':
      return (
        <Banner meaning="danger" isAlert>
          {refusalSentence(answer.error, texts, formats, now)} <RefusalCode error={answer.error} />
        </Banner>
      )
    case 'done': {
      const { result, of, from, to } = answer
      const days = trialDays(desk, trial)
      const isOld = of !== entries || days.from !== from || days.to !== to
      const today = formats.dateOf(now)
      const period = { from: formats.day(from, today), to: formats.day(to, today) }
      return (
        <div className={css.answer}>
          {isOld && <Banner meaning="notice">{t('rules.triedOld')}</Banner>}
          {result.found === 0 ? (
            <EmptyState
              icon={CalendarX2}
              title={t('rules.triedNothing')}
              detail={t('rules.triedNothingDetail', period)}
            />
          ) : (
            <>
              <div className={css.figures} role="status">
                <FactTable
                  facts={[
                    {
                      label: t('rules.cameIn', period),
                      value: formats.integer(result.found),
                    },
                    result.tried === result.found
                      ? null
                      : { label: t('rules.tried'), value: formats.integer(result.tried) },
                    result.unknown > 0
                      ? { label: t('rules.unknown'), value: formats.integer(result.unknown) }
                      : null,
                    { label: t('rules.otherWay'), value: formats.integer(result.changed) },
                    {
                      label: t('rules.atOnce'),
                      value: t('rules.fromTo', {
                        before: formats.integer(result.atOnce.now),
                        after: formats.integer(result.atOnce.would),
                      }),
                    },
                  ]}
                />
              </div>
              {result.changed === 0 ? (
                <EmptyState
                  icon={CheckCheck}
                  title={t('rules.triedSame')}
                  detail={t('rules.triedSameDetail')}
                />
              ) : (
                <TriedList rows={result.rows} changed={result.changed} names={names} />
              )}
            </>
          )}
        </div>
      )
    }
  }
}
