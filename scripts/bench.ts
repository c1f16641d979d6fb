import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

import { buildIfStale, projectFolder } from './build'
import { SetupProblem } from './electron-runtime/setup-problem'
import { runProgram } from './program'

const SUFFIX = '.bench.ts'

/**
 * Runs the measurements in `bench/`, one after the other: all, or with `--only NAME` those of one
 * figure (`approve.rate.8`) or of a family (`approve`). `--json` prints one JSON line for each figure.
 */
await runProgram(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } })
  const names = (await readdir(join(projectFolder, 'bench')))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .toSorted()
  const { only } = values
  const wanted = only === undefined ? names : measuring(only, names)
  if (wanted.length === 0) {
    throw new SetupProblem(`Nothing measures “${only}”; there are ${names.join(', ')}`)
  }
  await buildIfStale()
  let worst = 0
  for (const name of wanted) worst = Math.max(worst, await measure(name, values.json === true))
  return worst
})

/**
 * The files that belong to a family, or else the one that measures a figure, whose name is longer:
 * `approve.rate` measures `approve.rate.8`, `growth` measures `list.growth`.
 */
function measuring(only: string, names: readonly string[]): readonly string[] {
  const family = names.filter((name) => name === only || name.startsWith(`${only}.`))
  if (family.length > 0) return family
  const [closest] = names
    .filter((name) => `.${only}.`.includes(`.${name}.`))
    .toSorted((a, b) => b.length - a.length)
  return closest === undefined ? [] : [closest]
}

async function measure(name: string, json: boolean): Promise<number> {
  const file = join(projectFolder, 'bench', `${name}${SUFFIX}`)
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  for await (const line of createInterface({ input: child.stdout })) {
    process.stdout.write(`${json ? line : inWords(line)}\n`)
  }
  return ended
}

function inWords(line: string): string {
  const { name, value, unit, floor, ratio } = JSON.parse(line) as {
    name: string
    value: number
    unit: string
    floor: number | null
    ratio: number | null
  }
  const beside = floor === null ? '' : `   floor ${floor}   ratio ${ratio}`
  return `${name.padEnd(24)}${String(value).padStart(10)} ${unit}${beside}`
}
