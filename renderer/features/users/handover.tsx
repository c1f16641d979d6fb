import { useStore } from 'zustand'
import type { User } from '../../../contract/entities'
import { useDesk, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import css from './handover.module.css'
import { usersOf } from './users'

/** The password that was just set, for handing over: gone once it is dismissed or left. */
export function Handover({ user }: { readonly user: User }) {
  const desk = useDesk()
  const { bridge, report, toasts } = desk
  const { t } = useTexts()
  const users = usersOf(desk)
  const handover = useStore(users.store, (state) => state.handover)
  if (handover?.userId !== user.id) return null
  const copy = () => {
    bridge
      .request('clipboard.writeText', { text: handover.password })
      .then(() =>
        toasts.tell({ meaning: 'notice', text: ({ t }) => t('user.passwordCopied'), action: null }),
      )
      .catch(report)
  }
  return (
    <Banner
      meaning="good"
      actions={
        <>
          <TextButton onPress={copy}>{t('controls.copy')}</TextButton>
          <TextButton onPress={() => users.handOver(null)}>{t('controls.close')}</TextButton>
        </>
      }
    >
      {t('user.passwordNow', { name: user.displayName })}
      <span className={css.password}>{handover.password}</span>
    </Banner>
  )
}
