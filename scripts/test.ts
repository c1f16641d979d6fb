import { buildIfStale } from './build'
import { checkSteps } from './check-steps'
import { runProgram } from './program'
import { runSteps } from './steps'
import { runVitest } from './vitest-run'

/** Every check counts as a test of its own in the closing line. */
await runProgram(async () => {
  const failedChecks = await runSteps(checkSteps)
  await buildIfStale()
  const tests = await runVitest(
    ['unit', 'mocked', 'renderer', 'gateway', 'e2e'],
    process.argv.slice(2),
  )
  const passed = tests.passed + checkSteps.length - failedChecks.length
  const failed = tests.failed + failedChecks.length
  if (failedChecks.length > 0) process.stdout.write(`Checks failed: ${failedChecks.join(', ')}\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})
