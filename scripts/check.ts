import { checkSteps } from './check-steps'
import { runProgram } from './program'
import { runSteps } from './steps'
import { runVitest } from './vitest-run'

await runProgram(async () => {
  const failed = await runSteps(checkSteps)
  const unit = await runVitest(['unit', 'mocked', 'renderer'])
  return failed.length === 0 && unit.ok ? 0 : 1
})
