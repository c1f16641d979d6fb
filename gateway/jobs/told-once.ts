import type { Logger } from 'pino'

/** What is said of a job while something ails it, and when that is over. */
export interface Sentences {
  readonly fails: string
  readonly again: string
}

/** Tells the log of what ails a job once for as long as it lasts, and when it is over. */
export function toldOnce(
  log: Pick<Logger, 'info' | 'error'>,
  { fails, again }: Sentences,
): (error: unknown) => void {
  let told = ''
  return (error) => {
    const what = error === null ? '' : error instanceof Error ? error.message : 'unknown'
    if (what === told) return
    if (what === '') log.info(again)
    else log.error({ err: error }, fails)
    told = what
  }
}

/** The sentences of a job on the audit. @param done what it does to it: `sealed`, `anchored` */
export function ofAudit(done: string): Sentences {
  return {
    fails: `the audit is not ${done} as it should be`,
    again: `the audit is ${done} again`,
  }
}
