import type { SessionState } from '../../../contract/console'
import { useTexts } from '../../desk-hooks'
import { Status } from '../../ui/status'
import { Circle, CircleCheck, CircleDashed } from 'lucide-react'
import { SessionFrame } from './session-frame'
import css from './starting.module.css'

type Step = Extract<SessionState, { kind: 'starting' }>['step']
const steps: readonly Step[] = ['database', 'demo_data', 'signing_in']

/** The embedded gateway on its way up, a step at a time. */
export function Starting({ step }: { readonly step: Step }) {
  const { t } = useTexts()
  const at = steps.indexOf(step)
  return (
    <SessionFrame title={t('session.starting')}>
      <ol className={css.steps} aria-live="polite">
        {steps.map((one, index) => (
          <li key={one} aria-current={index === at ? 'step' : undefined}>
            <Status
              meaning={index < at ? 'good' : index === at ? 'notice' : 'plain'}
              icon={index < at ? CircleCheck : index === at ? CircleDashed : Circle}
            >
              {t(`session.step.${one}`)}
            </Status>
          </li>
        ))}
      </ol>
      {step === 'demo_data' && <p className={css.detail}>{t('session.step.demo_data.detail')}</p>}
    </SessionFrame>
  )
}
