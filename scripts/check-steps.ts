import { projectFolder } from './build'
import { checkImports } from './check-imports'
import type { Step } from './steps'
import { toolStep } from './steps'

/** Everything that can be said of the source without running it. */
export const checkSteps: readonly Step[] = [
  toolStep('format', 'prettier', [
    '--check',
    '--cache',
    '--cache-location=node_modules/.cache/prettier/.cache',
    '--log-level=warn',
    '.',
  ]),
  // One pass of the native compiler does for both, at half the time of `tsc --build`.
  toolStep('types and lint', 'oxlint', [
    '--type-aware',
    '--type-check',
    '--deny-warnings',
    '--report-unused-disable-directives',
  ]),
  { name: 'imports', run: imports },
  toolStep('unused', 'knip', ['--no-progress', '--no-config-hints']),
]

async function imports() {
  const { modules, violations } = await checkImports(projectFolder)
  const lines = violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)
  return { ok: violations.length === 0, output: [...lines, `${modules} modules seen`].join('\n') }
}
