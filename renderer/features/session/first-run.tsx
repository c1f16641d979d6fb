import { Building2, Play } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Refusal } from '../../../contract/errors'
import { useDesk, useTexts } from '../../desk-hooks'
import css from './first-run.module.css'
import { FailureBanner } from './failure-banner'
import { RefusalBanner } from './refusal-banner'
import { SessionFrame } from './session-frame'
import { useRequest } from './use-request'

/** The first question of all: the demo, or a gateway of one's own. */
export function FirstRun({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTexts()
  const { bridge } = useDesk()
  const [error, setError] = useState<Refusal | null>(null)
  const { isBusy, failure, run } = useRequest()
  return (
    <SessionFrame title={t('session.welcome')} detail={t('session.welcomeDetail')}>
      <FailureBanner reference={failure} />
      {error && <RefusalBanner error={error} />}
      <div className={css.choices}>
        <Choice
          icon={Play}
          title={t('session.tryDemo')}
          detail={t('session.tryDemoDetail')}
          isDisabled={isBusy}
          onPress={() =>
            run(async () => {
              const answer = await bridge.request('session.tryDemo')
              setError(answer.ok ? null : answer.error)
            })
          }
        />
        <Choice
          icon={Building2}
          title={t('session.connect')}
          detail={t('session.connectDetail')}
          isDisabled={isBusy}
          onPress={onConnect}
        />
      </div>
    </SessionFrame>
  )
}

function Choice({
  icon: Icon,
  title,
  detail,
  isDisabled,
  onPress,
}: {
  readonly icon: LucideIcon
  readonly title: string
  readonly detail: string
  readonly isDisabled: boolean
  readonly onPress: () => void
}) {
  return (
    <Button className={css.choice ?? ''} isDisabled={isDisabled} onPress={onPress}>
      <Icon size={16} aria-hidden="true" />
      <span>
        <span className={css.title}>{title}</span>
        <span className={css.detail}>{detail}</span>
      </span>
    </Button>
  )
}
