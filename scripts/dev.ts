import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { projectFolder } from './build'
import { ensureDisplay } from './electron-runtime/display'
import { resolveElectron } from './electron-runtime/resolve'
import { runProgram } from './program'

/** electron-vite with reloading, on whichever Electron there is. */
await runProgram(async () => {
  const runtime = await resolveElectron()
  const display = await ensureDisplay()
  const program = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const args = [...runtime.args, '--demo', ...process.argv.slice(2)]
  const child = spawn(process.execPath, [program, 'dev', '--watch'], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...display.env,
      // electron-vite looks for the official download only, and takes its version for granted.
      ELECTRON_EXEC_PATH: runtime.executablePath,
      ELECTRON_MAJOR_VER: runtime.version.split('.')[0],
      ELECTRON_CLI_ARGS: JSON.stringify(args),
    },
  })
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  try {
    return await new Promise<number>((settle, fail) => {
      child.on('error', fail).on('close', (code) => settle(code ?? 1))
    })
  } finally {
    await display.close()
  }
})
