/** How long a file operation under way may take before its file system is taken to hang, in ms. */
const patienceMs = 500

/**
 * End this process, when everything that has to be closed is. Node.js waits at its end for file
 * operations under way, and one on a file system that hangs never comes back: nothing is left to wait
 * for then, so the process ends itself the hard way.
 */
export async function endProcess(code: number): Promise<void> {
  for (const began = Date.now(); isAtFiles(); await pause()) {
    if (Date.now() - began > patienceMs) process.kill(process.pid, 'SIGKILL')
  }
  process.exit(code)
}

function isAtFiles(): boolean {
  return process.getActiveResourcesInfo().some((kind) => kind.startsWith('FSReq'))
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}
