import type { Logger } from 'pino'

/**
 * Tells the log of what ails a job once for as long as it lasts, and when it is over.
 *
 * @param done what the job does to the audit: `sealed`, `anchored`
 */
export function toldOnce(log: Logger, done: string): (error: unknown) => void {
  let told = ''
  return (error) => {
    const what = error === null ? '' : error instanceof Error ? error.message : 'unknown'
    if (what === told) return
    if (what === '') log.info(`the audit is ${done} again`)
    else log.error({ err: error }, `the audit is not ${done} as it should be`)
    told = what
  }
}
