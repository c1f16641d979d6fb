import { useState } from 'react'
import type { Refusal } from '../../../contract/errors'
import { useDesk, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import css from './failed.module.css'
import { FailureBanner } from './failure-banner'
import { RefusalBanner } from './refusal-banner'
import { SessionFrame } from './session-frame'
import { useRequest } from './use-request'

/** The embedded gateway could not start: why, and what can be done. */
export function Failed({
  error,
  reference,
}: {
  readonly error: Refusal
  readonly reference: string
}) {
  const { bridge } = useDesk()
  const { t } = useTexts()
  const { isBusy, failure, run } = useRequest()
  const [latest, setLatest] = useState(error)
  return (
    <SessionFrame title={t('session.failed')}>
      <FailureBanner reference={failure} />
      <RefusalBanner error={latest} />
      <p className={css.message} data-selectable="">
        {t('session.failedForSupport')} <span lang="en">{latest.message}</span>
      </p>
      <p className={css.reference} data-selectable="">
        {t('session.failedReference', { reference })}
      </p>
      <div className={css.ways}>
        <Button
          variant="primary"
          isDisabled={isBusy}
          onPress={() =>
            run(async () => {
              const answer = await bridge.request('session.tryDemo')
              if (!answer.ok) setLatest(answer.error)
            })
          }
        >
          {t('controls.retry')}
        </Button>
        <Button
          onPress={() =>
            void bridge.request('clipboard.writeText', { text: `${reference} ${latest.message}` })
          }
        >
          {t('controls.copyReference')}
        </Button>
        <Button
          variant="quiet"
          isDisabled={isBusy}
          onPress={() =>
            run(async () => {
              await bridge.request('session.forgetGateway')
            })
          }
        >
          {t('session.otherGateway')}
        </Button>
      </div>
    </SessionFrame>
  )
}
