import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { buildIfStale, projectFolder } from './build'
import { SetupProblem } from './electron-runtime/setup-problem'
import { runProgram } from './program'
import { runVitest } from './vitest-run'

const SUFFIX = '.test.ts'

/** Runs one proof at full size; without `--only` it says which there are. */
await runProgram(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, all: { type: 'boolean' } } })
  const names = (await readdir(join(projectFolder, 'test', 'prove')).catch(() => []))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted()
  const { only, all } = values
  if (only === undefined && all !== true) {
    process.stdout.write(`npm run prove -- --only NAME, or --all; NAME is one of:\n`)
    process.stdout.write(names.map((name) => `  ${name}\n`).join(''))
    return 0
  }
  if (only !== undefined && !names.includes(only)) {
    throw new SetupProblem(`There is no proof "${only}"; there are ${names.join(', ') || 'none'}`)
  }
  await buildIfStale()
  const files = only === undefined ? [] : [`test/prove/${only}${SUFFIX}`]
  const { ok, passed, failed } = await runVitest(['prove'], files)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return ok ? 0 : 1
})
