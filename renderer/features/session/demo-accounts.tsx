import { UserRound } from 'lucide-react'
import { Button } from 'react-aria-components'
import type { SessionState } from '../../../contract/console'
import { useTexts } from '../../desk-hooks'
import { roleWords } from '../users/user-words'
import css from './demo-accounts.module.css'

type Account = Extract<SessionState, { kind: 'signed_out' }>['accounts'][number]

/** The demo's people; one press signs in as one of them. */
export function DemoAccounts({
  accounts,
  isBusy,
  onChoose,
}: {
  readonly accounts: readonly Account[]
  readonly isBusy: boolean
  readonly onChoose: (account: Account) => void
}) {
  const texts = useTexts()
  const { t } = texts
  return (
    <section className={css.accounts}>
      <h2>{t('session.demoAccounts')}</h2>
      <p className={css.detail}>{t('session.demoAccountsDetail')}</p>
      <ul className={css.list}>
        {accounts.map((account) => (
          <li key={account.username}>
            <Button
              className={css.account ?? ''}
              isDisabled={isBusy}
              onPress={() => onChoose(account)}
            >
              <UserRound size={16} aria-hidden="true" />
              <span className={css.name}>
                {account.displayName}
                <span className={css.roles}>{roleWords(account.roles, texts)}</span>
              </span>
              <span className={css.username}>{account.username}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
