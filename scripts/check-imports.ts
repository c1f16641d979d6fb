import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'

import { cruise } from 'dependency-cruiser'
import type { ICruiseResult } from 'dependency-cruiser'

import { SetupProblem } from './electron-runtime/setup-problem'
import { LAYERS, importRules } from './import-rules'

export interface ImportReport {
  /** How many of our own modules were looked at. */
  readonly modules: number
  readonly violations: readonly ImportViolation[]
}

export interface ImportViolation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

const FOLDERS = [...LAYERS, 'scripts', 'bench', 'test']

/**
 * Holds a project's modules to the import rules.
 *
 * @throws {SetupProblem} when it did not see every module there is: a check that looks at nothing
 * finds nothing wrong, and dependency-cruiser looks at nothing when TypeScript's version is not
 * to its liking.
 */
export async function checkImports(folder: string): Promise<ImportReport> {
  const files = (await Promise.all(FOLDERS.map((name) => sourceFiles(folder, name)))).flat()
  if (files.length === 0) throw new SetupProblem(`The import check found no module in ${folder}`)
  const { output } = await cruise(
    files,
    {
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: importRules() },
      // Type imports count: a type from the wrong side is knowledge of the wrong side.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  )
  const { modules, summary } = output as ICruiseResult
  const seen = new Set(modules.map(({ source }) => source))
  const unseen = files.filter((file) => !seen.has(file))
  if (unseen.length > 0) {
    throw new SetupProblem(
      `The import check saw ${unseen.length} modules not: ${unseen.join(', ')}`,
    )
  }
  if (!modules.some(({ dependencies }) => dependencies.length > 0)) {
    throw new SetupProblem('The import check saw no import in any module')
  }
  return {
    modules: files.length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}

async function sourceFiles(folder: string, name: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, name), { recursive: true }).catch(() => [])
  return entries
    .filter((path) => /\.(tsx?|cjs|mjs)$/.test(path))
    .map((path) => posix.join(name, path.replaceAll('\\', '/')))
}
