import { demoDataFolder } from '../demo/data-folder'
import { launch } from './launch'
import { runProgram } from './program'

await runProgram(async () =>
  launch(['--demo', `--demo-dir=${demoDataFolder()}`, ...process.argv.slice(2)]),
)
