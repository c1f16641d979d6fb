import { Suspense, useEffect } from 'react'
import { I18nProvider } from 'react-aria-components'
import { IntlProvider } from 'react-intl'
import { catalogue, localeOf } from '../language/catalogue'
import { actionById, actions } from './actions/registry'
import { listenToKeys } from './actions/listen-to-keys'
import { runAction } from './actions/run-action'
import type { Desk } from './desk'
import { DeskContext, useConsole, useDesk } from './desk-hooks'
import { late } from './late'
import { Shell } from './features/shell/shell'
import { languageOf } from './texts'
import { CrashBoundary } from './ui/crash-boundary'
import { useAppearance } from './use-appearance'

/** What a window shows in which nobody is signed in. */
export const SessionScreen = late(
  async () => (await import('./features/session/session-screen')).SessionScreen,
)

/** The window over a desk. */
export function App({ desk }: { readonly desk: Desk }) {
  return (
    <DeskContext value={desk}>
      <Languages />
    </DeskContext>
  )
}

function Languages() {
  const language = useConsole(languageOf)
  useAppearance(language)
  return (
    <I18nProvider locale={localeOf[language]}>
      <IntlProvider locale={localeOf[language]} messages={catalogue[language]}>
        <CrashBoundary>
          <Session />
        </CrashBoundary>
      </IntlProvider>
    </I18nProvider>
  )
}

function Session() {
  const session = useConsole((state) => state.session)
  if (session?.kind === 'signed_in') return <SignedIn />
  return (
    <Suspense>
      <SessionScreen session={session} />
    </Suspense>
  )
}

function SignedIn() {
  const desk = useDesk()
  useEffect(() => listenToKeys(window, desk, actions), [desk])
  useEffect(
    () =>
      desk.bridge.on('action.run', ({ id }) => {
        const action = actionById(id)
        if (action) runAction(desk, action)
      }),
    [desk],
  )
  return <Shell />
}
