import { powerMonitor } from 'electron'

/**
 * Calls back when the computer comes back to its person. A socket may look open long after the other
 * end has given it up, so whoever keeps one opens it anew.
 */
export function setupPower(cameBack: () => void): void {
  powerMonitor.on('resume', cameBack)
  powerMonitor.on('unlock-screen', cameBack)
}
