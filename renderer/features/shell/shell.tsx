import { useNavigation } from '../../desk-hooks'
import { screens } from '../../screens'
import { CrashBoundary } from '../../ui/crash-boundary'
import { ToastRegion } from '../../ui/toast-region'
import { ConnectionBanner } from './connection-banner'
import { OutboxPanel } from './outbox-panel'
import { Palette } from './palette'
import { Rail } from './rail'
import css from './shell.module.css'
import { ShortcutSheet } from './shortcut-sheet'
import { SignOutQuestion } from './sign-out-question'
import { StorageBanner } from './storage-banner'
import { TitleBar } from './title-bar'
import { useAllowedScreen } from './use-allowed-screen'
import { WindowNotices } from './window-notices'

/** The window when someone is signed in: title bar, rail, and the screen that is shown. */
export function Shell() {
  useAllowedScreen()
  const shown = useNavigation(({ screen }) => screen)
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
          {screen && (
            <CrashBoundary key={screen.id}>
              <screen.view />
            </CrashBoundary>
          )}
        </main>
      </div>
      <ToastRegion />
      <Palette />
      <ShortcutSheet />
      <OutboxPanel />
      <SignOutQuestion />
    </div>
  )
}
