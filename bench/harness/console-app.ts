import { join } from 'node:path'
import { projectFolder } from '../../scripts/build'
import { makeCodeCache } from '../../scripts/code-cache/make'
import { ensureDisplay } from '../../scripts/electron-runtime/display'
import { resolveElectron } from '../../scripts/electron-runtime/resolve'
import type { DemoAccount } from '../../contract/embedded-gateway'
import { launchApp, type AppRuntime, type RunningApp } from '../../test/support/app'
import { InboxPage } from '../../test/e2e/pages/inbox-page'
import { SessionPage } from '../../test/e2e/pages/session-page'

/** An Electron with a code cache of the bundle, as a package has it, and a display, shared by all rounds. */
export async function benchRuntime(): Promise<{
  readonly runtime: AppRuntime
  readonly close: () => Promise<void>
}> {
  const runtime = await resolveElectron()
  await makeCodeCache(runtime)
  const display = await ensureDisplay()
  return { runtime: { ...runtime, env: display.env }, close: display.close }
}

/**
 * The real console, from launch to an inbox in step with its gateway that can be worked in. There is
 * no keyring under a test's display, so the driver signs in as a person would.
 */
export async function startConsole(
  runtime: AppRuntime,
  gatewayUrl: string,
  account: DemoAccount,
  userData?: string,
): Promise<{ readonly app: RunningApp; readonly inbox: InboxPage }> {
  const app = await launchApp({ runtime, ...(userData === undefined ? {} : { userData }) })
  const session = new SessionPage(app.page)
  await session.signIn(gatewayUrl, account.username, account.password)
  const inbox = new InboxPage(app.page)
  await inbox.waitUntilLive()
  await inbox.rows.first().waitFor()
  return { app, inbox }
}

/** The same runtime on a computer that keeps people signed in. */
export function withKeyring(runtime: AppRuntime): AppRuntime {
  return {
    ...runtime,
    args: [...runtime.args, '-r', join(import.meta.dirname, 'stand-in-keyring.cjs')],
  }
}

/**
 * The real console of somebody who stayed signed in, from launch until its inbox can be worked in: in
 * step with the gateway, with at least so many requisitions to decide counted in it.
 */
export async function startSignedIn(
  runtime: AppRuntime,
  userData: string,
  requisitions: number,
): Promise<RunningApp> {
  const app = await launchApp({ runtime: withKeyring(runtime), userData })
  const inbox = new InboxPage(app.page)
  await inbox.rows.first().waitFor()
  await inbox.waitUntilCounted(requisitions)
  await inbox.waitUntilLive()
  return app
}

/** One of the floors' small programs, on the same Electron as the console. */
export async function startFloor(
  runtime: AppRuntime,
  name: 'empty-window' | 'event-to-pixel' | 'open',
  env: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  return launchApp({ runtime, env, appFolder: join(projectFolder, 'bench', 'floors', name) })
}

/**
 * Milliseconds of the epoch at which the next row that is not in the page now was on the screen: when
 * the frame that first held it was presented, as the browser itself says (Element Timing,
 * https://wicg.github.io/element-timing). Resolves to the asking itself once the page is watching.
 */
export async function nextRowPainted(app: RunningApp): Promise<() => Promise<number>> {
  // No function in here has a name: the compiler would mark it with a helper that the page lacks.
  const painted = await app.page.evaluateHandle(() => {
    const before = new Set([...document.querySelectorAll('[id^="inbox-"]')].map(({ id }) => id))
    return {
      at: new Promise<number>((resolve) => {
        new MutationObserver((_, watcher) => {
          const row = [...document.querySelectorAll('[id^="inbox-"]')].find(
            ({ id }) => !before.has(id),
          )
          if (!row) return
          watcher.disconnect()
          new PerformanceObserver((list, observer) => {
            const [first] = list.getEntries() as (PerformanceEntry & { renderTime: number })[]
            observer.disconnect()
            if (first) resolve(performance.timeOrigin + first.renderTime)
          }).observe({ type: 'element' })
          // Before the frame is drawn: whoever observes changes is told in the same turn.
          for (const element of [row, ...row.querySelectorAll('*')]) {
            element.setAttribute('elementtiming', 'row')
          }
        }).observe(document.documentElement, { childList: true, subtree: true })
      }),
    }
  })
  return () => painted.evaluate(({ at }) => at)
}

export function pidOf(app: RunningApp): number {
  const { pid } = app.electron.process()
  if (pid === undefined) throw new Error('The application has no process.')
  return pid
}
