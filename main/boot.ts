import { createRequire } from 'node:module'
import { join } from 'node:path'

import { createCachedRequire } from './code-cache'

/** Put in by the build: the file's name has a digest in it. */
declare const CONSOLE_FILE: string

// All that the console is stands in a file of its own, which runs without being compiled.
createCachedRequire(createRequire(__filename))(join(__dirname, CONSOLE_FILE))
