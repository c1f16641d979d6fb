import { parseArgs } from 'node:util'
import type { DocumentType } from '../seller/documents'

export const usage = `npm run demo:shop -- submit|withdraw|stream [options]

  submit      send one new document to the gateway
  withdraw    take back the last one sent, or --id
  stream      send --count documents (10), one every --every seconds (5)

  --url URL             the gateway; the running demo unless told otherwise
  --secret whsec_…      the shop's secret, or
  --secret-file FILE    a file with it, or a demo's own demo-shop.json, which has the address too
  --kind list|quote|proposal
  --id ID               the document's id in the shop
  --contact ID          who withdraws, when it is not who sent it
  --seed N              draw the same documents again
  --count N  --every SECONDS

Prints one line of JSON for each document. Ends with 0 when all went well, 1 when the gateway
refused something, 2 when the command cannot be understood, 3 when there is no gateway to talk to.
`

export interface ShopArguments {
  readonly command: 'submit' | 'withdraw' | 'stream'
  readonly url: string | undefined
  readonly secret: string | undefined
  readonly secretFile: string | undefined
  readonly id: string | undefined
  readonly contact: string | undefined
  readonly type: DocumentType | undefined
  readonly seed: number | undefined
  readonly count: number
  /** Seconds. */
  readonly every: number
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly arguments: ShopArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'misunderstood'; readonly message: string }

const typeOfKind: Readonly<Record<string, DocumentType>> = {
  list: 'list.sent',
  quote: 'quote.requested',
  proposal: 'requisition.submitted',
}

const text = { type: 'string' } as const
const options = {
  url: text,
  secret: text,
  'secret-file': text,
  id: text,
  contact: text,
  kind: text,
  seed: text,
  count: text,
  every: text,
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the command line; what is wrong with it is said in a sentence. */
export function parseShopArguments(argv: readonly string[]): ParsedArguments {
  let parsed
  try {
    parsed = parseArgs({ args: withNegatives(argv), options, allowPositionals: true })
  } catch (error) {
    return misunderstood(error instanceof Error ? error.message : String(error))
  }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const [command, ...more] = positionals
  if (command === undefined) return { kind: 'help' }
  if (command !== 'submit' && command !== 'withdraw' && command !== 'stream') {
    return misunderstood(`There is no command "${command}".`)
  }
  if (more.length > 0) return misunderstood(`"${more.join(' ')}" is one word too many.`)
  if (values.secret !== undefined && values['secret-file'] !== undefined) {
    return misunderstood('Give --secret or --secret-file, not both.')
  }
  if (command === 'stream' && values.id !== undefined) {
    return misunderstood('--id names one document; stream sends many.')
  }
  const type = values.kind === undefined ? undefined : typeOfKind[values.kind]
  if (values.kind !== undefined && type === undefined) {
    return misunderstood(`--kind is list, quote or proposal, not "${values.kind}".`)
  }
  const seed = values.seed === undefined ? undefined : wholeNumber(values.seed)
  const count = wholeNumber(values.count ?? '10')
  const every = Number(values.every ?? '5')
  if (seed === null) return misunderstood('--seed must be a whole number.')
  if (count === null || count < 1 || count > 100_000) {
    return misunderstood('--count must be a whole number from 1 to 100000.')
  }
  if (!(every >= 0 && every <= 86_400)) {
    return misunderstood('--every must be a number of seconds from 0 to 86400.')
  }
  const { url, secret, 'secret-file': secretFile, id, contact } = values
  return {
    kind: 'run',
    arguments: { command, url, secret, secretFile, id, contact, type, seed, count, every },
  }
}

/** `--count -1` as `--count=-1`: a number below zero is a value, to be answered as such. */
function withNegatives(argv: readonly string[]): string[] {
  const args: string[] = []
  for (const word of argv) {
    const before = args.at(-1)
    const isValue = /^-[\d.]/.test(word) && before !== undefined && /^--[a-z-]+$/.test(before)
    if (isValue) args.splice(-1, 1, `${before}=${word}`)
    else args.push(word)
  }
  return args
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function misunderstood(message: string): ParsedArguments {
  return { kind: 'misunderstood', message }
}
