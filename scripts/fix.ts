import { runProgram } from './program'
import { runSteps, toolStep } from './steps'

/** Mends what can be mended without thought; what remains is shown by `npm run check`. */
await runProgram(async () => {
  const failed = [
    ...(await runSteps([toolStep('lint', 'oxlint', ['--type-aware', '--fix'])])),
    ...(await runSteps([toolStep('format', 'prettier', ['--write', '--log-level=warn', '.'])])),
  ]
  return failed.length === 0 ? 0 : 1
})
