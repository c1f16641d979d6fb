import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

// Loaded by plain Node, the package named electron would start a download.
const alias = { electron: fileURLToPath(new URL('test/support/no-electron.ts', import.meta.url)) }

/** Vitest would leave one core idle, which on two is half of them. */
const maxWorkers = availableParallelism()

const IN_THE_PAGE = ['renderer', 'widget'].map((folder) => `test/unit/${folder}/**/*.test.{ts,tsx}`)

export default defineConfig({
  test: {
    // Groups run one after the other, so that no test of speed or order shares the machine.
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          maxWorkers,
          include: ['test/unit/**/*.test.ts'],
          exclude: IN_THE_PAGE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'renderer',
          maxWorkers,
          include: IN_THE_PAGE,
          environment: 'happy-dom',
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'gateway',
          maxWorkers,
          include: ['test/gateway/**/*.test.ts'],
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
