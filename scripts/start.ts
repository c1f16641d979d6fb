import { launch } from './launch'
import { runProgram } from './program'

await runProgram(async () => launch(['--demo', ...process.argv.slice(2)]))
