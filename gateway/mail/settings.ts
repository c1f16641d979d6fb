import { readFile } from 'node:fs/promises'
import { readSmtpAddress, type SmtpAddress } from './smtp-address'

/** How customers are reached. */
export interface MailSettings {
  readonly smtp: SmtpAddress
  /** What stands as the sender: `Name <address>`, or an address alone. */
  readonly from: string
  /** Where customers reach this gateway, without a slash at its end. */
  readonly publicUrl: string
  /** How long a link in a mail works. */
  readonly linkDays: number
}

/** The options of the command line that are about mail, as `parseArgs` knows them. */
export const mailOptions = {
  'smtp-url-file': { type: 'string' },
  'mail-from': { type: 'string' },
  'public-url': { type: 'string' },
  'link-days': { type: 'string' },
} as const

/** What the help says of them. */
export const mailUsage = `\
  --smtp-url-file FILE   mail customers by the server whose address stands in FILE
                         (smtps://user:password@host, smtp://…); also in KONTOR_SMTP_URL
  --mail-from SENDER     who the mails are from: "Name <address>"
  --public-url URL       where customers reach this gateway, for the links in mails
  --link-days N          how many days a link works (default 14)`

export type MailArguments =
  /** Null where no mail is sent. */
  | { readonly ok: true; readonly settings: MailSettings | null }
  | { readonly ok: false; readonly message: string }

const usualLinkDays = 14
const mostLinkDays = 365

/**
 * What the options say, once it is sure that they make sense together. The server's address is taken
 * from a file or the environment alone, since there is a password in it, and no message repeats it.
 */
export async function readMailArguments(
  values: { readonly [name in keyof typeof mailOptions]?: string | undefined },
  environmentUrl: string | undefined,
): Promise<MailArguments> {
  const file = values['smtp-url-file']
  const [from, url, days] = [values['mail-from'], values['public-url'], values['link-days']]
  const said = await smtpUrl(file, environmentUrl)
  if (!said.ok) return said
  if (said.url === null) {
    return [from, url, days].every((value) => value === undefined)
      ? { ok: true, settings: null }
      : no(
          'Mail takes a server: name the file of its address with --smtp-url-file, or set KONTOR_SMTP_URL.',
        )
  }
  const smtp = readSmtpAddress(said.url)
  if (smtp === null) {
    return no(
      `What ${file === undefined ? 'KONTOR_SMTP_URL says' : `stands in ${file}`} is no address of a mail ` +
        'server, such as smtps://user:password@host:465. Signs like @ / # in a password are written %40 %2F %23.',
    )
  }
  if (from === undefined || url === undefined)
    return no(
      'Mail takes a sender and an address for its links: --mail-from SENDER --public-url URL.',
    )
  if (senderAddress(from) === null)
    return no(`“${from}” is no sender, such as "Example Ltd <orders@example.com>".`)
  const publicUrl = readPublicUrl(url)
  if (publicUrl === null)
    return no(`“${url}” is no address that customers reach, such as https://orders.example.com.`)
  const linkDays = Number(days ?? usualLinkDays)
  if (!Number.isInteger(linkDays) || linkDays < 1 || linkDays > mostLinkDays)
    return no(`“${days}” is no number of days: it is from 1 to ${mostLinkDays}.`)
  return { ok: true, settings: { smtp, from, publicUrl, linkDays } }
}

/** The address of a sender; null where there is none, or more than one. */
export function senderAddress(from: string): string | null {
  const [, bracketed, plain] = /^(?:[^<>@,\p{Cc}]*<([^<>]*)>|([^<>]*))$/u.exec(from.trim()) ?? []
  const address = bracketed ?? plain ?? ''
  return isAddress(address) ? address : null
}

/** Whether a text is one mail address that a server may be told; what is there, only it knows. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"\\()[\]\p{Cc}]+@[^\s@<>,;:"\\()[\]\p{Cc}]+$/u.test(text)
}

async function smtpUrl(
  file: string | undefined,
  environment: string | undefined,
): Promise<{ readonly ok: true; readonly url: string | null } | Refused> {
  if (file === undefined) {
    // An empty variable is how many tools say that there is none.
    return { ok: true, url: environment === undefined || environment === '' ? null : environment }
  }
  try {
    return { ok: true, url: (await readFile(file, 'utf8')).trim() }
  } catch (error) {
    return no(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
}

/** Plain HTTP only to this computer, for trying: a link's token must not travel in the clear. */
function readPublicUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return null
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) return null
  return url.href.replace(/\/+$/, '')
}

type Refused = Extract<MailArguments, { readonly ok: false }>

function no(message: string): Refused {
  return { ok: false, message }
}
