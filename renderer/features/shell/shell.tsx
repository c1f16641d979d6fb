import { Suspense, useDeferredValue, useState } from 'react'
import { useNavigation } from '../../desk-hooks'
import { late } from '../../late'
import { screens } from '../../screens'
import { CrashBoundary } from '../../ui/crash-boundary'
import { ToastRegion } from '../../ui/toast-region'
import { ConnectionBanner } from './connection-banner'
import { Rail } from './rail'
import css from './shell.module.css'
import { StorageBanner } from './storage-banner'
import { TitleBar } from './title-bar'
import { useAllowedScreen } from './use-allowed-screen'
import { WindowNotices } from './window-notices'

const LateOverlays = late(async () => (await import('./overlays')).Overlays)

/** The window when someone is signed in: title bar, rail, and the screen that is shown. */
export function Shell() {
  useAllowedScreen()
  // The screen before stays until the code of the next one has come, the first time.
  const shown = useDeferredValue(useNavigation(({ screen }) => screen))
  const screen = screens.find(({ id }) => id === shown) ?? screens[0]
  return (
    <div className={css.shell}>
      <TitleBar />
      <ConnectionBanner />
      <StorageBanner />
      <WindowNotices />
      <div className={css.zones}>
        <Rail />
        <main className={css.screen}>
          <Suspense>
            {screen && (
              <CrashBoundary key={screen.id}>
                <screen.view />
              </CrashBoundary>
            )}
          </Suspense>
        </main>
      </div>
      <ToastRegion />
      <Overlays />
    </div>
  )
}

/** What lies over the window, once anything ever has. */
function Overlays() {
  const isOpen = useNavigation(({ overlay }) => overlay !== null)
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  if (!wasOpen) return null
  return (
    <CrashBoundary>
      <Suspense>
        <LateOverlays />
      </Suspense>
    </CrashBoundary>
  )
}
