import { mkdir, writeFile } from 'node:fs/promises'

import { runProgram } from './program'
import { schemasFolder, storefrontSchemas } from './storefront-schemas'

/** Writes the JSON Schemas in `docs/schemas`, which a test holds to the contract. */
await runProgram(async () => {
  await mkdir(schemasFolder, { recursive: true })
  for (const [path, text] of await storefrontSchemas()) await writeFile(path, text)
  return 0
})
