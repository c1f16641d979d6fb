import { join } from 'node:path'

import { projectFolder } from './build'
import { ensureDisplay } from './electron-runtime/display'
import { resolveElectron } from './electron-runtime/resolve'
import { runProgram } from './program'
import { runChild } from './run-child'

/** electron-vite with reloading, on whichever Electron there is. */
await runProgram(async () => {
  const runtime = await resolveElectron()
  const display = await ensureDisplay()
  const program = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const args = [...runtime.args, '--demo', ...process.argv.slice(2)]
  try {
    return await runChild(process.execPath, [program, 'dev', '--watch', '--', ...args], {
      cwd: projectFolder,
      env: {
        ...display.env,
        // electron-vite looks for the official download only, and takes its version for granted.
        ELECTRON_EXEC_PATH: runtime.executablePath,
        ELECTRON_MAJOR_VER: runtime.version.split('.')[0],
      },
    })
  } finally {
    await display.close()
  }
})
