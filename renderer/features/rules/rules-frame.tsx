import { WifiOff } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { refusalSentence } from '../../../language/refusals'
import { runAction } from '../../actions/run-action'
import type { Desk } from '../../desk'
import { useConsole, useDesk, useNow, usePending, useReplica, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import type { Send } from '../../state/sends'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { detailId } from '../../ui/list-focus'
import { RefusalCode } from '../../ui/refusal-code'
import { PendingStatus } from '../../ui/status'
import headCss from '../inbox/requisition-head.module.css'
import { administrators } from '../users/administrators'
import formCss from '../users/form-frame.module.css'
import { UnknownBanner } from '../users/unknown-banner'
import { useErrorFocus } from '../../ui/use-error-focus'
import { putInForceAction } from './actions/write'
import { ConflictBanner } from './conflict-banner'
import { countChanges } from './draft'
import { discardChanges } from './edit-rules'
import { isDirty, POLICY, RULES } from './rules'
import css from './rules-frame.module.css'
import { useMaySet, useRules } from './use-rules'

/** What is open, with what can be done about the rules as a whole always at its foot. */
export function RulesFrame({
  label,
  head,
  children,
}: {
  readonly label: string
  readonly head: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const failures = useRules((state) => state.failures)
  const form = useRef<HTMLDivElement>(null)
  useErrorFocus(form, failures)
  const [sent] = usePending(POLICY).slice(-1)
  const isKnown = useRules(({ known }) => known !== null)
  const isShown = useRules(isDirty)
  const isBusy = useRules((state) => state.isBusy)
  return (
    <div className={formCss.frame}>
      <div
        id={detailId(RULES)}
        className={formCss.scroller}
        data-scroller=""
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <div className={formCss.columns}>
          <div className={css.main} ref={form} tabIndex={-1}>
            {head}
            {!isReachable && isKnown && (
              <Banner meaning="warning" icon={WifiOff}>
                {t('rules.offline')}
              </Banner>
            )}
            <ConflictBanner />
            <ProblemBanner />
            <UnknownBanner send={sent} />
            <OnlyAdmins />
            {children}
          </div>
        </div>
      </div>
      {(isShown || isBusy) && <Foot sent={sent} />}
    </div>
  )
}

/** How much is written, and the two ends of it. */
function Foot({ sent }: { readonly sent: Send | undefined }) {
  const desk = useDesk()
  const { t } = useTexts()
  const maySet = useMaySet()
  const isReachable = useConsole(canReachGateway)
  const isBusy = useRules((state) => state.isBusy)
  const hasConflict = useRules(({ conflict }) => (conflict?.ruleIds.length ?? 0) > 0)
  const count = useRules(({ known, entries }) => countChanges(known?.rules ?? [], entries))
  const isUnknown = sent?.phase.kind === 'unknown'
  return (
    <footer className={formCss.bar} data-foot="">
      {maySet && (
        <Button
          variant="primary"
          keys={putInForceAction.keys?.[0]}
          isDisabled={!isUnknown && (isBusy || hasConflict || !isReachable)}
          onPress={() => runAction(desk, putInForceAction)}
        >
          {isUnknown ? t('controls.askAgain') : t('rules.putInForce')}
        </Button>
      )}
      <Button variant="quiet" isDisabled={isBusy} onPress={() => discardChanges(desk)}>
        {t('rules.discard')}
      </Button>
      {isBusy ? (
        !isUnknown && (
          <PendingStatus>
            {t(sent?.phase.kind === 'asking' ? 'pending.asking' : 'rules.puttingInForce')}
          </PendingStatus>
        )
      ) : (
        <span className={headCss.document}>
          {count === 0 ? t('rules.orderChanged') : t('rules.changedCount', { count })}
          {!maySet && ` ${t('rules.onlyTried')}`}
        </span>
      )}
    </footer>
  )
}

/** Why the last attempt came to nothing, where that does not stand at a rule. */
function ProblemBanner() {
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const problem = useRules((state) => state.problem)
  switch (problem?.kind) {
    case undefined:
      return null
    case 'unsound':
      return (
        <Banner meaning="danger" isAlert>
          {t('rules.notInForce')}
        </Banner>
      )
    case 'offline':
      return (
        <Banner meaning="danger" isAlert>
          {t('rules.neverSent')}
        </Banner>
      )
    case 'refused':
      return (
        <Banner meaning="danger" isAlert>
          {refusalSentence(problem.error, texts, texts.formats, now)}{' '}
          <RefusalCode error={problem.error} />
        </Banner>
      )
  }
}

/** Why the fields cannot be changed, and by whom they can. */
function OnlyAdmins() {
  const { t, formats } = useTexts()
  const maySet = useMaySet()
  const admins = useReplica(useShallow((desk: Desk) => administrators(desk)))
  if (maySet) return null
  const names = formats.list(admins.map(({ displayName }) => displayName))
  return (
    <Banner meaning="plain">
      {names === '' ? t('rules.onlyAdmins') : t('rules.onlyAdminsNamed', { names })}
    </Banner>
  )
}
