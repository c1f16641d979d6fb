import { useState } from 'react'
import { useStore } from 'zustand'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'

/** Said once after the window has opened, until someone has seen it. */
export function WindowNotices() {
  const { replica } = useDesk()
  const { t } = useTexts()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const isForgotten = useConsole(
    ({ session }) => session?.kind === 'signed_in' && !session.demo && !session.remembered,
  )
  const recovered = useConsole(({ info }) => info?.recovered)
  const unreadable = useStore(replica.store, (state) => state.unreadable.size)
  const notices = [
    ...(unreadable > 0
      ? [{ id: `unreadable ${unreadable}`, text: t('shell.unreadable', { count: unreadable }) }]
      : []),
    ...(recovered ?? []).map(({ file, keptAs }) => ({
      id: file,
      text: t('shell.recovered', { file, keptAs }),
    })),
    ...(isForgotten ? [{ id: 'notRemembered', text: t('shell.notRemembered') }] : []),
  ].filter(({ id }) => !seen.has(id))
  return notices.map(({ id, text }) => (
    <Banner
      key={id}
      meaning="notice"
      isEdge
      actions={
        <TextButton onPress={() => setSeen(new Set([...seen, id]))}>
          {t('controls.close')}
        </TextButton>
      }
    >
      {text}
    </Banner>
  ))
}
