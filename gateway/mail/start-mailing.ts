import { isDatabaseLost } from '../database/lost'
import type { GatewayContext } from '../gateway-context'
import { toldOnce } from '../jobs/told-once'
import type { Metrics } from '../metrics'
import { dropLink, makeLink } from '../pages/links'
import { retryDelay } from '../storefront/backoff'
import { letters } from './letters/letters'
import {
  claimMails,
  countQueued,
  postponeMail,
  releaseMail,
  settleMail,
  type DueMail,
  type Settled,
} from './queue'
import { isAddress, senderAddress, type MailSettings } from './settings'
import { openTransport, type MailTransport, type Message, type TransportTimes } from './transport'
import { writeMail } from './write-mail'

export interface Mailing {
  /** Whether the mail server takes mail, as far as is known. */
  isWell(): boolean
  /** Finish what is under way, unless that takes longer than a moment, and end. */
  stop(): Promise<void>
}

export interface MailingOptions {
  /** How often a node looks by itself. */
  readonly pollMs: number
  /** How long it waits for more to be committed before it looks. */
  readonly gatherMs: number
  /** How many mails a node takes on at once. */
  readonly atOnce: number
  /** How long it keeps them for itself; longer than sending them may take. */
  readonly leaseMs: number
  /** What is under way when the gateway ends may take so long still. */
  readonly lastRoundMs: number
  /** See `retryDelay`. */
  readonly retryDelay: (failures: number, chance: number) => number
  readonly times: TransportTimes | undefined
}

const defaults: MailingOptions = {
  pollMs: 5_000,
  gatherMs: 50,
  atOnce: 10,
  leaseMs: 300_000,
  lastRoundMs: 2_000,
  retryDelay,
  times: undefined,
}

/** A mail server that was away is not to be waited for much longer than it was. */
const longestPauseMs = 300_000

/**
 * Send the mails that are due by a mail server. Runs on every node; the database says who has which.
 * What the server says of one mail concerns that mail; where it takes none, all of them wait, it is told
 * once and asked again after a while.
 *
 * @param moves calls back whenever something may have been committed
 */
export function startMailing(
  context: GatewayContext,
  moves: { onMove(listener: () => void): () => void },
  metrics: Pick<Metrics, 'mails' | 'mailsQueued' | 'mailServerFails' | 'jobFailures'>,
  settings: MailSettings,
  changes: Partial<MailingOptions> = {},
): Mailing {
  const options = { ...defaults, ...changes }
  const { db, log } = context
  const sender = senderAddress(settings.from) ?? ''
  const idDomain = sender.slice(sender.lastIndexOf('@') + 1)
  const opened = openTransport(settings.smtp, options.times)
  const tell = toldOnce(log, {
    fails: 'mail to customers is not sent as it should be',
    again: 'mail to customers is sent again',
  })
  const stopped = new AbortController()
  let isStopped = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let dueAt = Infinity
  /** Not before then, whatever is committed. */
  let pausedUntil = 0
  let failures = 0
  /** Null until the server has been asked. */
  let isWell: boolean | null = null

  function runIn(ms: number): void {
    const due = Math.max(Date.now() + ms, pausedUntil)
    if (isStopped || due >= dueAt) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => {
      dueAt = Infinity
      if (running === null) running = round().finally(() => (running = null))
      else runIn(options.gatherMs)
    }, due - Date.now())
  }

  async function round(): Promise<void> {
    try {
      await sendDue(await opened)
      metrics.mailsQueued.set(await countQueued(db))
    } catch (error) {
      if (isStopped) return
      metrics.jobFailures.inc({ job: 'mail' })
      if (!isDatabaseLost(error)) tell(error)
    }
    runIn(options.pollMs)
  }

  async function sendDue(transport: MailTransport): Promise<void> {
    if (isWell !== true) {
      const why = await transport.check()
      if (why !== null) return pause(why)
    }
    for (;;) {
      const due = isStopped ? [] : await claimMails(db, options)
      if (due.length === 0) break
      const troubles = await Promise.all(due.map((mail) => attempt(transport, mail)))
      const why = troubles.find((one) => one !== null)
      if (why !== undefined) return pause(why)
      well()
    }
    well()
  }

  /** The server takes no mail: nothing is lost, and it is asked again. */
  function pause(why: string): void {
    if (isStopped) return
    isWell = false
    failures += 1
    metrics.mailServerFails.set(1)
    tell(new Error(`The mail server takes no mail: ${why}`))
    pausedUntil = Date.now() + Math.min(longestPauseMs, options.retryDelay(failures, Math.random()))
  }

  function well(): void {
    if (isStopped) return
    isWell = true
    failures = 0
    pausedUntil = 0
    metrics.mailServerFails.set(0)
    tell(null)
  }

  /** Why the server takes no mail at all, or null. One that cannot be written keeps no other waiting. */
  async function attempt(transport: MailTransport, mail: DueMail): Promise<string | null> {
    try {
      return await handle(transport, mail)
    } catch (error) {
      if (isDatabaseLost(error)) throw error
      metrics.jobFailures.inc({ job: 'mail' })
      log.error({ err: error, mail: mail.id, kind: mail.kind }, 'a mail cannot be written')
      return postpone(mail, 'it cannot be written')
    }
  }

  async function handle(transport: MailTransport, mail: DueMail): Promise<string | null> {
    const { kind } = mail
    const written = isAddress(mail.recipient)
      ? await letters[kind](db, mail, context.now())
      : ({ kind: 'skip', why: 'no_address' } as const)
    if (written.kind === 'skip') return settle(mail, { state: 'skipped', why: written.why })

    const { letter } = written
    const { purpose, of, daysAtLeast = 0 } = letter.link
    const days = Math.max(settings.linkDays, daysAtLeast)
    const link = await makeLink(db, { ...mail, ...of, purpose }, days)
    const { formats } = letter.texts
    const today = formats.dateOf(context.now().toISOString())
    const message: Message = {
      messageId: `<${mail.id}@${idDomain}>`,
      from: settings.from,
      to: { name: letter.recipientName, address: mail.recipient },
      language: letter.texts.language,
      attachment: letter.attachment ?? null,
      ...writeMail(letter, {
        url: `${settings.publicUrl}/c/${link.token}`,
        until: formats.day(formats.dateOf(link.expiresAt.toISOString()), today),
      }),
    }
    const sending = await transport.send(message, stopped.signal)
    if (sending.kind === 'sent') return settle(mail, { state: 'sent' })
    const { why } = sending
    if (sending.kind === 'unreachable') {
      // It may have been taken all the same: the link stays, and another copy comes with one of its own.
      await releaseMail(db, mail)
      return why
    }
    await dropLink(db, link.id)
    return sending.kind === 'refused' ? settle(mail, { state: 'failed', why }) : postpone(mail, why)
  }

  async function postpone(mail: DueMail, why: string): Promise<null> {
    if (mail.isOld) return settle(mail, { state: 'failed', why })
    const attempts = mail.attempts + 1
    const { kind } = mail
    await postponeMail(db, mail, options.retryDelay(attempts, Math.random()), why)
    metrics.mails.inc({ kind, outcome: 'postponed' })
    log.info({ mail: mail.id, kind, attempts }, 'a mail is tried again later')
    return null
  }

  async function settle(mail: DueMail, settled: Settled): Promise<null> {
    if (!(await settleMail(db, mail, settled))) return null
    context.wake()
    const { kind } = mail
    metrics.mails.inc({ kind, outcome: settled.state })
    // The server's words may name the person; the audit has them.
    if (settled.state === 'failed') log.warn({ mail: mail.id, kind }, 'a mail was refused')
    return null
  }

  const stopListening = moves.onMove(() => runIn(options.gatherMs))
  runIn(0)
  return {
    isWell: () => isWell !== false,
    async stop() {
      stopListening()
      isStopped = true
      clearTimeout(timer)
      let tooLong: NodeJS.Timeout | undefined
      const moment = new Promise<void>((resolve) => {
        tooLong = setTimeout(resolve, options.lastRoundMs)
      })
      await Promise.race([running, moment])
      clearTimeout(tooLong)
      stopped.abort()
      await running
      const transport = await opened
      transport.close()
    },
  }
}
