import { mayDo } from '../../../domain/access/rights'
import { useOwnUser, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { roleWords } from '../users/user-words'

/** Tells whoever has none of the daily screens what their role is for, and who may give them more. */
export function RoleNotice() {
  const texts = useTexts()
  const user = useOwnUser()
  if (!user || mayDo(user, 'read_requisition')) return null
  return (
    <Banner meaning="notice">
      {texts.t('settings.noScreens', { roles: roleWords(user.roles, texts) })}
    </Banner>
  )
}
