import { ShieldAlert } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import type { Desk } from '../../desk'
import { useReplica, useTexts } from '../../desk-hooks'
import { EmptyState } from '../../ui/empty-state'
import { administrators } from './administrators'

/** Says who may, so that whoever came here knows whom to ask. */
export function NotAllowed({ screen }: { readonly screen: 'users' | 'rules' | 'groups' }) {
  const { t, formats } = useTexts()
  const admins = useReplica(useShallow((desk: Desk) => administrators(desk)))
  return (
    <EmptyState
      icon={ShieldAlert}
      isScreen
      title={t(`${screen}.notAllowed`)}
      detail={
        admins.length === 0
          ? t(`${screen}.notAllowedDetail`)
          : t(`${screen}.notAllowedBy`, {
              names: formats.list(admins.map(({ displayName }) => displayName)),
            })
      }
    />
  )
}
