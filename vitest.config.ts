import { readFileSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

// Loaded by plain Node, the package named electron would start a download.
const alias = { electron: fileURLToPath(new URL('test/support/no-electron.ts', import.meta.url)) }

/** Vitest would leave one core idle, which on two is half of them. */
const maxWorkers = availableParallelism()

/**
 * Files that put something else in a module's place, which holds for all that a worker does later.
 * The others share their workers' modules: to load them anew for each file took as long as the tests.
 */
const mocking = ['test/unit', 'test/gateway']
  .flatMap(filesBelow)
  .filter((file) => readFileSync(file, 'utf8').includes('vi.mock('))

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

export default defineConfig({
  test: {
    // Groups run one after the other, so that no test of speed or order shares the machine.
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          maxWorkers,
          isolate: false,
          include: ['test/unit/**/*.test.ts'],
          exclude: mocking,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'mocked',
          maxWorkers,
          include: mocking,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          // A page is a file's own: what listens to it stays with the modules.
          name: 'renderer',
          maxWorkers,
          include: ['test/unit/**/*.test.tsx'],
          environment: 'happy-dom',
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'gateway',
          maxWorkers,
          isolate: false,
          include: ['test/gateway/**/*.test.ts'],
          exclude: mocking,
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/support/e2e-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'prove',
          include: ['test/prove/**/*.test.ts'],
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 30 * 60_000,
          hookTimeout: 5 * 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
