import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { projectFolder } from './build'
import { runChild } from './run-child'

export interface TestTotals {
  readonly ok: boolean
  readonly passed: number
  readonly failed: number
}

/** The part of vitest's JSON report that is counted here. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly unknown[]
  }[]
}

/** Runs the tests of some of vitest's projects and counts them. */
export async function runVitest(
  projects: readonly string[],
  args: readonly string[] = [],
): Promise<TestTotals> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-tests-'))
  const report = join(folder, 'report.json')
  try {
    const code = await run([
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ])
    const text = await readFile(report, 'utf8').catch(() => undefined)
    const counted =
      text === undefined ? { passed: 0, failed: 0 } : count(JSON.parse(text) as Report)
    // A failure outside every test (a setup, an unhandled rejection) is a failure all the same.
    const failed = code === 0 ? counted.failed : Math.max(1, counted.failed)
    return { ok: failed === 0, passed: counted.passed, failed }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function count(report: Report): Omit<TestTotals, 'ok'> {
  const unreadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unreadable.length,
  }
}

async function run(args: readonly string[]): Promise<number> {
  const vitest = join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs')
  return runChild(process.execPath, [vitest, ...args], { cwd: projectFolder })
}
