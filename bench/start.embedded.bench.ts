import { benchRuntime, pidOf, startFloor } from './harness/console-app'
import { report } from './harness/figure'
import { costOf } from './harness/process-cost'
import { InboxPage } from '../test/e2e/pages/inbox-page'
import { SessionPage } from '../test/e2e/pages/session-page'
import { launchApp } from '../test/support/app'

/** Memory of a console that runs its own gateway and PostgreSQL, with the demo's inbox open. */
const rounds = 5

const { runtime, close } = await benchRuntime()
const ours: number[] = []
const floors: number[] = []
for (let round = 0; round < rounds; round += 1) {
  const empty = await startFloor(runtime, 'empty-window')
  floors.push((await costOf(pidOf(empty))).pssMiB)
  await empty.close()
  const app = await launchApp({ runtime })
  const session = new SessionPage(app.page)
  await session.waitForFirstRun()
  await session.tryDemo.click()
  const inbox = new InboxPage(app.page)
  await inbox.rows.first().waitFor({ timeout: 60_000 })
  ours.push((await costOf(pidOf(app))).pssMiB)
  await app.close()
}
report('start.embedded.pss', 'MiB', ours, floors)
await close()
