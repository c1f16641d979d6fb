import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import type { StorefrontChange } from '../../contract/storefront'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { demoSeed } from '../../demo/seller/generate-demo'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { todayIn } from '../../domain/calendar'
import { InboxPage } from '../../test/e2e/pages/inbox-page'
import { SessionPage } from '../../test/e2e/pages/session-page'
import { launchApp, type AppRuntime, type RunningApp } from '../../test/support/app'
import { startDemoGateway, type DemoGateway } from '../../test/support/demo-gateway'
import { startFaultProxy, type FaultProxy } from '../../test/support/fault-proxy/fault-proxy'
import { ensureDisplay } from '../electron-runtime/display'
import { resolveElectron } from '../electron-runtime/resolve'
import { takeShots } from './shots'

export interface DemoOptions {
  readonly out: string
  /** Of the window, in pixels. */
  readonly width: number
}

/** What the steps work with. */
interface Stage {
  readonly gateway: DemoGateway
  readonly shop: ShopClient
  readonly cable: FaultProxy
  readonly runtime: AppRuntime
  readonly userData: string
  readonly floor: ReturnType<typeof openShopFloor>
  karin: RunningApp
  lars: RunningApp
}

/** Runs the main job in the real application. Resolves with the exit code. */
export async function runDemo({ out, width }: DemoOptions): Promise<number> {
  let failures = 0
  let number = 0
  /** One step: what it measured, then its pictures. */
  const step = async (name: string, run: () => Promise<number | null>, page: () => Page) => {
    number += 1
    const start = performance.now()
    try {
      const measured = await run()
      const milliseconds = Math.round((measured ?? performance.now() - start) * 10) / 10
      say({ step: name, ok: true, milliseconds })
    } catch (error) {
      failures += 1
      say({
        step: name,
        ok: false,
        error: error instanceof Error ? error.message.slice(0, 600) : String(error),
      })
    }
    await takeShots(page(), join(out, `${String(number).padStart(2, '0')}-${name}`)).catch(
      (error: unknown) => {
        failures += 1
        say({ step: name, ok: false, error: `no picture: ${String(error)}` })
      },
    )
  }

  const closers: (() => Promise<unknown>)[] = []
  try {
    const display = await ensureDisplay()
    closers.push(() => display.close())
    const runtime = { ...(await resolveElectron()), env: display.env }
    const gateway = await startDemoGateway()
    closers.push(() => gateway.remove())
    const cable = await startFaultProxy(gateway.url)
    closers.push(() => cable.close())
    const userData = await mkdtemp(join(tmpdir(), 'kontor-demo-karin-'))
    closers.push(() => rm(userData, { recursive: true, force: true }))
    const today = todayIn('Europe/Stockholm', new Date().toISOString())
    const open = async (folder?: string) => {
      const app = await launchApp({
        runtime,
        ...(folder === undefined ? {} : { userData: folder }),
      })
      await app.electron.evaluate(({ BrowserWindow }, wide) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 900)
      }, width)
      return app
    }
    const stage: Stage = {
      gateway,
      cable,
      runtime,
      userData,
      shop: createShopClient(gateway.shop),
      floor: openShopFloor({ seed: demoSeed, today }, today, 7),
      karin: await open(userData),
      lars: await open(),
    }
    closers.push(
      () => stage.karin.close(),
      () => stage.lars.close(),
    )
    const karin = () => stage.karin.page
    const inbox = () => new InboxPage(karin())
    await new InboxPage(karin()).use({ language: 'sv', theme: 'light' })
    await new InboxPage(stage.lars.page).use({ language: 'sv', theme: 'light' })

    await step(
      'first-run',
      async () => {
        await new SessionPage(karin()).waitForFirstRun()
        return stage.karin.readyAfterMilliseconds
      },
      karin,
    )

    await step(
      'wrong-password',
      async () => {
        const session = new SessionPage(karin())
        await session.signIn(cable.url, 'karin', 'not the password')
        await session.alert().first().waitFor()
        return null
      },
      karin,
    )

    await step(
      'sign-in',
      async () => {
        const session = new SessionPage(karin())
        await session.signIn(cable.url, 'karin', gateway.passwordOf('karin'))
        await inbox().rows.first().waitFor()
        await session.waitUntilLive()
        return null
      },
      karin,
    )
    await new SessionPage(stage.lars.page).signIn(gateway.url, 'lars', gateway.passwordOf('lars'))
    await new InboxPage(stage.lars.page).waitUntilLive()

    let first = { id: '', number: '' }
    await step(
      'submit',
      async () => {
        const sent = await submit(stage)
        first = sent
        await inbox().reveal(sent.id)
        return performance.now() - sent.at
      },
      karin,
    )

    await step(
      'open',
      async () => {
        await inbox().select(first.id)
        await inbox().approve.waitFor()
        return null
      },
      karin,
    )

    await step(
      'approve',
      async () => {
        const start = performance.now()
        await inbox().pressApprove()
        const change = await told(stage, first.number, 'requisition.ordered')
        await inbox().show('finished')
        await inbox().select(first.id)
        await inbox().waitForText(change.data.orderNumber)
        return performance.now() - start
      },
      karin,
    )

    await step(
      'reject',
      async () => {
        const sent = await submit(stage)
        await inbox().show('to_decide')
        await inbox().select(sent.id)
        await inbox().reject('Artikeln utgår. Välj gärna ersättaren i samma familj.')
        const change = await told(stage, sent.number, 'requisition.rejected')
        if (!change.data.reason.includes('ersättaren'))
          throw new Error('The shop was not told the reason.')
        return null
      },
      karin,
    )

    await step(
      'conflict',
      async () => {
        const sent = await submit(stage)
        const lars = new InboxPage(stage.lars.page)
        await Promise.all([inbox().select(sent.id), lars.select(sent.id)])
        await Promise.all([inbox().pressApprove(), lars.pressApprove()])
        await told(stage, sent.number, 'requisition.ordered')
        const orders = (await allChanges(stage.shop)).filter(
          ({ type, data }) => type === 'requisition.ordered' && data.number === sent.number,
        )
        if (orders.length !== 1) throw new Error(`${orders.length} orders of one requisition`)
        await Promise.race([inbox().waitForConflict(), lars.waitForConflict()])
        return null
      },
      () => stage.lars.page,
    )

    let waiting = ''
    await step(
      'offline',
      async () => {
        const sent = await submit(stage)
        waiting = sent.number
        await inbox().select(sent.id)
        cable.cut()
        await inbox().waitUntilOffline()
        if (await inbox().approve.isEnabled())
          throw new Error('Approving is offered without a gateway.')
        await inbox().reject('Skrivet utan nät; skickas när det är tillbaka.')
        return null
      },
      karin,
    )

    await step(
      'restart',
      async () => {
        await stage.karin.kill()
        cable.mend()
        const start = performance.now()
        stage.karin = await open(userData)
        // Where the computer has a keyring the session is still there; elsewhere one signs in again.
        const session = new SessionPage(karin())
        await inbox().rows.or(session.username).first().waitFor()
        if (await session.username.isVisible()) {
          await session.signIn(cable.url, 'karin', gateway.passwordOf('karin'))
        }
        await inbox().rows.first().waitFor()
        return performance.now() - start
      },
      karin,
    )

    await step(
      'nothing-lost',
      async () => {
        const start = performance.now()
        await inbox().waitUntilLive()
        await told(stage, waiting, 'requisition.rejected')
        return performance.now() - start
      },
      karin,
    )
  } finally {
    for (const close of closers.reverse()) {
      await close().catch((error: unknown) =>
        say({ step: 'close', ok: false, error: String(error) }),
      )
    }
  }
  say({ done: true, failures })
  return failures === 0 ? 0 : 1
}

/** The shop sends one more document that somebody has to decide. */
async function submit({ shop, floor }: Stage): Promise<{ id: string; number: string; at: number }> {
  const { event } = floor.nextDocument({
    type: 'requisition.submitted',
    id: undefined,
    now: new Date().toISOString(),
    toBeDecided: true,
  })
  const at = performance.now()
  const sent = await shop.send(event)
  if (!sent.ok)
    throw new Error(`The gateway did not take the document: ${JSON.stringify(sent.error)}`)
  const { id, number } = sent.value.receipt.requisition
  return { id, number, at }
}

async function allChanges(shop: ShopClient): Promise<readonly StorefrontChange[]> {
  const changes: StorefrontChange[] = []
  let cursor: string | null = null
  for (;;) {
    const page = await shop.changes(cursor)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    changes.push(...page.value.changes.map(({ change }) => change))
    cursor = page.value.cursor
    if (!page.value.more) return changes
  }
}

/** What the shop is told of a requisition; asked again until it has been. */
async function told<T extends StorefrontChange['type']>(
  { shop }: Stage,
  requisitionNumber: string,
  type: T,
): Promise<Extract<StorefrontChange, { type: T }>> {
  const until = Date.now() + 15_000
  for (;;) {
    const found = (await allChanges(shop)).find(
      (change): change is Extract<StorefrontChange, { type: T }> =>
        change.type === type && 'number' in change.data && change.data.number === requisitionNumber,
    )
    if (found) return found
    if (Date.now() > until) throw new Error(`The shop was never told ${type}.`)
    await new Promise((next) => setTimeout(next, 50))
  }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
