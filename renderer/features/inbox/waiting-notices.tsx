import { BellRing, Hourglass } from 'lucide-react'
import type { Requisition } from '../../../contract/entities'
import { expiresAt, standsReminded } from '../../../domain/approval/deadlines'
import { useNow, useReplica, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'

/** So long before it expires, in milliseconds, it is said. */
const SOON = 3 * 86_400_000

/** What time has to do with a requisition: that it was asked for again, and that it is about to expire. */
export function WaitingNotices({ requisition }: { readonly requisition: Requisition }) {
  const { t, formats } = useTexts()
  const now = useNow()
  const deadlines = useReplica(({ replica }) => replica.get('seller', 'seller')?.deadlines)
  const { reminder } = requisition
  const expiry = deadlines ? expiresAt(requisition, deadlines) : null
  const isSoon = expiry !== null && Date.parse(expiry) - Date.parse(now) < SOON
  return (
    <>
      {reminder && standsReminded(requisition) && (
        <Banner meaning="notice" icon={BellRing}>
          {reminder.by
            ? t('waiting.remindedBy', {
                name: reminder.by.name,
                when: formats.when(reminder.at, now),
              })
            : t('waiting.reminded', { when: formats.when(reminder.at, now) })}
        </Banner>
      )}
      {isSoon && (
        <Banner meaning="warning" icon={Hourglass}>
          {t('waiting.expires', { when: formats.when(expiry, now) })}
        </Banner>
      )}
    </>
  )
}
