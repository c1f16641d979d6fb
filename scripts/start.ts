import { demoDataFolder } from '../demo/data-folder'
import { launch } from './launch'
import { runProgram } from './program'

/** Opens the console on the demo, where `npm run demo:shop` finds it. */
await runProgram(async () =>
  launch(['--demo', `--demo-dir=${demoDataFolder()}`, ...process.argv.slice(2)]),
)
