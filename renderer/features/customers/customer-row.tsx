import { memo } from 'react'
import type { Desk } from '../../desk'
import { useEntity, useExposure, useReplica, useTexts } from '../../desk-hooks'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { companyStatusLook, creditMeaning, creditShare } from './customer-words'

/** One customer in the list: name and status, then number, owner and how much credit is used. */
export const CustomerRow = memo(function CustomerRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const { t, formats } = useTexts()
  const company = useEntity('company', id)
  const exposure = useExposure(company)
  const owner = useReplica((desk) => ownerName(desk, company?.accountOwner ?? null))
  if (!company) return null
  const { meaning, icon } = companyStatusLook[company.status]
  const share = creditShare(company, exposure)
  const credit =
    share === null ? null : t('customers.creditShare', { percent: formats.percent(share, 0) })
  return (
    <ListRow
      isSelected={isSelected}
      isFaded={company.status === 'closed'}
      title={company.name}
      figure={
        company.status !== 'active' && (
          <Status meaning={meaning} icon={icon}>
            {t(`company.status.${company.status}`)}
          </Status>
        )
      }
      facts={[
        { id: 'number', content: company.id },
        { id: 'owner', content: owner ?? t('customers.noOwner') },
        { id: 'reason', content: company.statusReason },
      ]}
      end={
        share !== null && creditMeaning(share) !== 'plain' ? (
          <Status meaning={creditMeaning(share)}>{credit}</Status>
        ) : (
          credit
        )
      }
    />
  )
})

/** The name of an account owner, who is known by username; the username of someone long gone. */
export function ownerName({ replica }: Desk, username: string | null): string | null {
  if (username === null) return null
  for (const user of replica.all('user').values()) {
    if (user.username === username) return user.displayName
  }
  return username
}
