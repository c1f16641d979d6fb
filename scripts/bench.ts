import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { buildIfStale, projectFolder } from './build'
import { SetupProblem } from './electron-runtime/setup-problem'
import { runProgram } from './program'
import { runChild } from './run-child'

const SUFFIX = '.bench.ts'

/** Runs the measurements in `bench/`, all or those named, one after the other. */
await runProgram(async () => {
  const wanted = process.argv.slice(2)
  const names = (await readdir(join(projectFolder, 'bench')).catch(() => []))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted()
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new SetupProblem(
      `There is no measurement ${unknown.join(', ')}; there are ${names.join(', ') || 'none'}`,
    )
  }
  await buildIfStale()
  let worst = 0
  for (const name of wanted.length > 0 ? wanted : names)
    worst = Math.max(worst, await measure(name))
  return worst
})

async function measure(name: string): Promise<number> {
  const file = join(projectFolder, 'bench', `${name}${SUFFIX}`)
  return runChild(process.execPath, ['--import', 'tsx', file], { cwd: projectFolder })
}
