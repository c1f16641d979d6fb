import { join, relative, resolve } from 'node:path'

import { defineConfig } from 'electron-vite'
import type { Plugin, UserConfig } from 'vite'

import base, { boot } from '../../../electron.vite.config'

const { KONTOR_OTHER_PROTOCOL: protocol = '', KONTOR_OTHER_FOLDER: folder = '' } = process.env

/** The one line that says which protocol is spoken, with another number in it. */
function speaking(version: string): Plugin {
  return {
    name: 'another-protocol',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/contract/feed.ts')) return null
      const changed = code.replace(/protocolVersion = \d+/, `protocolVersion = ${version}`)
      if (changed === code && !code.includes(`protocolVersion = ${version}\n`)) {
        throw new Error('contract/feed.ts no longer says which protocol is spoken')
      }
      return { code: changed, map: null }
    },
  }
}

/** One more migration than there is, so that the schemas of the two versions differ. */
function migratingFurther(): Plugin {
  return {
    name: 'another-schema',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/gateway/database/migrate.ts')) return null
      const list = 'const migrations: Record<string, Migration> = {'
      if (!code.includes(list)) {
        throw new Error('gateway/database/migrate.ts no longer lists the migrations')
      }
      const another = `'9001-of-another-version': {
        up: (db: Kysely<unknown>) => sql\`
          alter table requisition add column of_another_version text not null default 'here';
          create index requisition_of_another_version on requisition (of_another_version);
        \`.execute(db).then(() => undefined),
      },`
      return { code: code.replace(list, `${list}\n${another}`), map: null }
    },
  }
}

const main = base.main as UserConfig
const { input, ...rolldownOptions } = main.build?.rolldownOptions ?? {}
// Bundled into this configuration, the project's own takes this folder for the project's.
const entries = Object.fromEntries(
  Object.entries(input as Record<string, string>).map(([name, path]) => [
    name,
    resolve(relative(import.meta.dirname, path)),
  ]),
)

/**
 * The main process and the gateway as they are, but of another protocol, with another schema, and in a
 * folder of their own.
 */
export default defineConfig({
  main: {
    ...main,
    plugins: [boot(resolve('main/boot.ts')), speaking(protocol), migratingFurther()],
    build: {
      ...main.build,
      rolldownOptions: { ...rolldownOptions, input: entries },
      sourcemap: false,
      outDir: join(folder, 'out', 'main'),
    },
  },
})
