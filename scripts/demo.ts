import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { demoDataFolder } from '../demo/data-folder'
import { buildIfStale } from './build'
import { runDemo } from './demo/run-demo'
import { launch } from './launch'
import { runProgram } from './program'

/**
 * `npm run demo` opens the console on the demo. With `--headless --out DIR` the main job runs by
 * itself in the real application: one JSON line per step, a screenshot per step in both themes and
 * both languages, and an exit code other than 0 when anything failed.
 */
await runProgram(async () => {
  const { values } = parseArgs({
    options: { headless: { type: 'boolean' }, out: { type: 'string' }, width: { type: 'string' } },
  })
  if (!values.headless) return launch(['--demo', `--demo-dir=${demoDataFolder()}`])
  const out = resolve(values.out ?? 'out/demo')
  await mkdir(out, { recursive: true })
  await buildIfStale()
  return runDemo({ out, width: Number(values.width ?? 1600) })
})
