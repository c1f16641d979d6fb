import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as a mail server got it. */
export interface ReceivedMail {
  /** From the envelope. */
  readonly to: readonly string[]
  readonly parsed: Email
  /** As it came over the line. */
  readonly source: string
  readonly isEncrypted: boolean
}

/** An answer of a mail server: nothing is well; a number is refused by that code; `hang` never answers. */
type Reply = void | number | 'hang'

export interface MailServer {
  readonly port: number
  /** Every mail that arrived whole, however it was answered. */
  readonly received: readonly ReceivedMail[]
  /** Who has signed in, and with what. */
  readonly signedIn: readonly string[]
  /** How a recipient is answered, and a mail that has arrived whole, by how many came before it. */
  onRecipient: (address: string) => Reply
  onMail: (mail: ReceivedMail, count: number) => Reply | Promise<Reply>
  until(condition: () => boolean): Promise<void>
  close(): Promise<void>
}

/** A real mail server on a port of this computer. */
export async function openMailServer(
  options: SMTPServerOptions & { readonly port?: number } = {},
): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const signedIn: string[] = []
  const waiting = new Set<() => void>()
  const answer = (reply: Reply, done: (error?: Error | null) => void) => {
    if (reply === 'hang') return
    if (reply === undefined) return done()
    done(Object.assign(new Error(`no, says ${reply}`), { responseCode: reply }))
  }
  const server = new SMTPServer({
    disabledCommands: options.key === undefined ? ['STARTTLS', 'AUTH'] : [],
    authOptional: true,
    logger: false,
    closeTimeout: 0,
    ...options,
    onAuth({ username, password }, _session, done) {
      signedIn.push(`${username}:${password}`)
      if (password === 'wrong') return done(new Error('who is that?'))
      done(null, { user: username })
    },
    onRcptTo: ({ address }, _session, done) => answer(mail.onRecipient(address), done),
    onData(stream, { envelope, secure }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const source = Buffer.concat(chunks)
        void PostalMime.parse(source).then(async (parsed) => {
          const one = {
            to: envelope.rcptTo.map(({ address }) => address),
            parsed,
            source: source.toString(),
            isEncrypted: secure,
          }
          received.push(one)
          const reply = await mail.onMail(one, received.length - 1)
          answer(reply, done)
          for (const look of waiting) look()
        })
      })
    },
  })
  // A client that goes away in the middle is what tests are about.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  const mail: MailServer = {
    port,
    received,
    signedIn,
    onRecipient: () => undefined,
    onMail: () => undefined,
    until(condition) {
      return new Promise((resolve) => {
        const look = () => {
          if (!condition()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      })
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
  return mail
}
