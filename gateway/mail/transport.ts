import type { Attachment } from './letter'
import type { SmtpAddress } from './smtp-address'

/** A mail as it is handed over. */
export interface Message {
  /** The same at every attempt. */
  readonly messageId: string
  readonly from: string
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachment: Attachment | null
}

/** What became of one attempt to hand a mail over. */
export type Sending =
  | { readonly kind: 'sent' }
  /** The server will not take this mail, now or later. */
  | { readonly kind: 'refused'; readonly why: string }
  /** It may take this mail later. */
  | { readonly kind: 'postponed'; readonly why: string }
  /** It takes no mail of ours at present: it says nothing about this one. */
  | { readonly kind: 'unreachable'; readonly why: string }

export interface MailTransport {
  /** Why the server would take no mail now; null when it would. */
  check(): Promise<string | null>
  /** @param signal breaks it off, wherever it is */
  send(message: Message, signal: AbortSignal): Promise<Sending>
  close(): void
}

export interface TransportTimes {
  /** How long a connection may take, and each of the server's answers, in ms. */
  readonly connectMs: number
  readonly answerMs: number
  /** How long all of a mail may take, waiting for a connection included. */
  readonly mailMs: number
}

const usualTimes: TransportTimes = { connectMs: 10_000, answerMs: 30_000, mailMs: 120_000 }

/** What of nodemailer's errors tells what happened. */
interface SmtpError {
  readonly code?: string
  readonly originalCode?: string
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
}

/** Open a mail server by a small pool of connections; nothing is connected before it is needed. */
export async function openTransport(
  { host, port, tls, auth }: SmtpAddress,
  times: TransportTimes = usualTimes,
): Promise<MailTransport> {
  // Loaded when mail is sent: most gateways are the consoles' own, which send none.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: tls === 'from_start',
    requireTLS: tls === 'on_request',
    ignoreTLS: tls === 'never',
    tls: { minVersion: 'TLSv1.2' },
    ...(auth && { auth }),
    maxConnections: 3,
    // A mail whose connection breaks is ours to try again: it may have been taken.
    maxRequeues: 0,
    idleTimeout: 10_000,
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    socketTimeout: times.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async check() {
      try {
        await transport.verify()
        return null
      } catch (error) {
        return wordsOf(error as SmtpError)
      }
    },
    async send({ messageId, from, to, language, subject, text, html, attachment }, signal) {
      try {
        await transport.sendMail({
          messageId,
          from,
          to,
          subject,
          text,
          html,
          attachments: attachment
            ? [
                {
                  filename: attachment.fileName,
                  content: Buffer.from(attachment.pdf),
                  contentType: 'application/pdf',
                },
              ]
            : [],
          // However slowly the server trickles its answers, it ends while the mail is this node's.
          signal: AbortSignal.any([signal, AbortSignal.timeout(times.mailMs)]),
          headers: {
            'Content-Language': language,
            // Nobody’s absence is answered to (RFC 3834).
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          },
        })
        return { kind: 'sent' }
      } catch (error) {
        return judge(error as SmtpError)
      }
    },
    close: () => transport.close(),
  }
}

/**
 * Only what the server says of the recipient or of the content is about the mail. What it says of us,
 * that we are unknown, may not send in this name or have no TLS, ails every mail and is mended by people.
 */
function judge(error: SmtpError): Sending {
  const { code, responseCode, command } = error
  const why = wordsOf(error)
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isAboutMail) return { kind: 'unreachable', why }
  // Not sent at all: no address, or larger than the server has said that it takes.
  if (responseCode === undefined) return { kind: 'refused', why }
  if (command === 'MAIL FROM' || [421, 503, 530].includes(responseCode))
    return { kind: 'unreachable', why }
  return { kind: responseCode >= 500 ? 'refused' : 'postponed', why }
}

/** The server's words, else the name of what went wrong: never nodemailer's own, which may hold what was sent. */
function wordsOf({ response, originalCode, code }: SmtpError): string {
  return response?.replace(/\s+/g, ' ').trim().slice(0, 500) ?? originalCode ?? code ?? 'unknown'
}
