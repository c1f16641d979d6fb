import { join } from 'node:path'

import { buildIfStale, projectFolder } from './build'
import { runProgram } from './program'
import { runChild } from './run-child'

/** Runs the gateway's command line by plain Node. Standard output is the gateway's alone. */
await runProgram(async () => {
  await buildIfStale()
  const cli = join(projectFolder, 'out', 'main', 'cli.cjs')
  return runChild(process.execPath, ['--enable-source-maps', cli, ...process.argv.slice(2)])
})
