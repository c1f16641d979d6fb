import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Server } from 'node:https'
import type { Logger } from 'pino'

/** PEM files: the certificate with those between it and its root, and its private key. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

export interface Credentials {
  readonly cert: Buffer
  readonly key: Buffer
  /** When the certificate ends to be valid. */
  readonly validTo: Date
}

export type CredentialsRead =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly message: string }

/** TLS 1.0 and 1.1 are long broken (RFC 8996). */
export const oldestTls = 'TLSv1.2'

/** How often the files are looked at, in ms: a renewed certificate is in use within this. */
const lookEveryMs = 10_000

/** Read a certificate and its key, and see that they are such and belong together. */
export async function readCredentials(files: TlsFiles): Promise<CredentialsRead> {
  const read = new Map<keyof TlsFiles, Buffer>()
  for (const part of ['cert', 'key'] as const) {
    try {
      read.set(part, await readFile(files[part]))
    } catch (error) {
      return no(`${files[part]} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
    }
  }
  const { cert, key } = Object.fromEntries(read) as { cert: Buffer; key: Buffer }
  let validTo: Date
  try {
    validTo = new Date(new X509Certificate(cert).validTo)
  } catch {
    return no(`${files.cert} holds no certificate in PEM.`)
  }
  try {
    createSecureContext({ cert, minVersion: oldestTls })
  } catch (error) {
    return no(`The certificate in ${files.cert} cannot be used: ${(error as Error).message}.`)
  }
  try {
    createSecureContext({ key })
  } catch {
    return no(`${files.key} holds no private key in PEM, or one that needs a passphrase.`)
  }
  try {
    createSecureContext({ cert, key })
  } catch {
    return no(`The key in ${files.key} is not that of the certificate in ${files.cert}.`)
  }
  return { ok: true, credentials: { cert, key, validTo } }
}

function no(message: string): CredentialsRead {
  return { ok: false, message }
}

export interface FollowedTls {
  /** Read the files now, whether they look changed or not. */
  reload(): Promise<void>
  stop(): void
}

/**
 * Put a renewed certificate to use when its files change: connections that are open stay as they are,
 * the next ones get it. Files that do not fit together or cannot be read, as while they are being
 * replaced, are looked at again until they do and can; why is told once.
 */
export function followTls(
  server: Server,
  files: TlsFiles,
  options: {
    readonly log: Logger
    readonly changed: (credentials: Credentials) => void
    readonly everyMs?: number
  },
): FollowedTls {
  /** What the files in use look like; null before the first look. */
  let used: string | null = null
  /** Why what is there now is not in use; empty when it is. */
  let told = ''
  let looking: Promise<void> = Promise.resolve()

  async function look(isAsked: boolean): Promise<void> {
    const now = await lookOf(files)
    // Nothing is read at the first look: the server has just been started with it.
    used ??= isAsked ? '' : now
    if (now === used && !isAsked) {
      told = ''
      return
    }
    const read = await readCredentials(files)
    if (!read.ok) return tell(read.message, isAsked)
    server.setSecureContext({ ...read.credentials, minVersion: oldestTls })
    used = now
    told = ''
    options.changed(read.credentials)
    options.log.info({ validTo: read.credentials.validTo }, 'the certificate was read again')
  }

  function tell(reason: string, isAsked: boolean): void {
    if (reason !== told || isAsked) options.log.error({ reason }, 'the certificate stays as it was')
    told = reason
  }

  const enqueue = (isAsked: boolean) =>
    (looking = looking
      .then(() => look(isAsked))
      .catch((error: unknown) =>
        options.log.error({ err: error }, 'the certificate’s files could not be looked at'),
      ))
  void enqueue(false)
  const timer = setInterval(() => void enqueue(false), options.everyMs ?? lookEveryMs)
  timer.unref()
  return {
    reload: () => enqueue(true),
    stop: () => clearInterval(timer),
  }
}

/** What files look like from outside. Followed through links, by which renewals are often swapped in. */
async function lookOf({ cert, key }: TlsFiles): Promise<string> {
  const looks = [cert, key].map((path) =>
    stat(path).then(
      ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
      () => 'missing',
    ),
  )
  return (await Promise.all(looks)).join(', ')
}
