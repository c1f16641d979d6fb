// Run by Electron as a plain Node: `compile.cjs FOLDER FILE…` puts V8's data of each file into the
// folder, under the file's name. Every function is compiled, also those that would wait for their call.
const { readFileSync, writeFileSync } = require('node:fs')
const { wrap } = require('node:module')
const { basename, join } = require('node:path')
const { setFlagsFromString } = require('node:v8')
const { Script } = require('node:vm')

const [folder, ...files] = process.argv.slice(2)
for (const file of files) {
  setFlagsFromString('--no-lazy')
  const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file })
  // A cache fits only where V8 runs with the flags it was made with.
  setFlagsFromString('--lazy')
  writeFileSync(join(folder, basename(file)), script.createCachedData())
}
