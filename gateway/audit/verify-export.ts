import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Anchor } from './anchor'
import { digestPayload, hashBytes, hashEntry, hashSeal } from './digest'
import { erasedPayload } from './entry-rows'
import { canonicalJson } from '../canonical-json'
import { exportLineSchema, type ExportHead, type ExportLine } from './export/lines'
import { isEarlier, isWanted } from './export/read'
import { checkAnchor } from './verify-anchor'
import { Problems, type AuditProblem } from './problems'

/** What a check of an exported file came to. */
export interface ExportReport {
  readonly ok: boolean
  readonly from: string | null
  readonly to: string | null
  readonly of: string | null
  /** The first and the last seal in the file; null where there is none. */
  readonly seals: readonly [first: number, last: number] | null
  readonly entries: number
  readonly leftOut: number
  /** Not sealed when the file was written: nothing is proven of them. */
  readonly unsealed: number
  readonly erased: number
  /** The latest of its seals that an anchor knows just so. */
  readonly anchored: number | null
  readonly problemsFound: number
  readonly problems: readonly AuditProblem[]
  /** In sentences, what follows from this check and what does not. */
  readonly proves: readonly string[]
  readonly doesNotProve: readonly string[]
}

type LineOf<K extends ExportLine['kind']> = Extract<ExportLine, { kind: K }>

interface OpenSeal {
  readonly line: LineOf<'seal'>
  readonly hashes: Buffer[]
  /** Something in it was written before the days were over: the next may have more. */
  hasEarlier: boolean
}

/**
 * Check an export of the audit by itself: every entry against its seal, every seal against the one
 * before, and that nothing of these days was left out of those seals. With anchors also that the seals
 * are those that the gateway made. A line at a time; memory holds the hashes of one seal.
 *
 * @throws when the file or an anchor cannot be read
 */
export async function verifyExport(
  file: string,
  anchors: readonly Anchor[],
): Promise<ExportReport> {
  const problems = new Problems()
  const checks = await Promise.all(anchors.map((anchor) => checkAnchor(anchor, problems)))
  try {
    return await check(file, problems, checks)
  } finally {
    for (const one of checks) await one.close()
  }
}

async function check(
  file: string,
  problems: Problems,
  checks: readonly Awaited<ReturnType<typeof checkAnchor>>[],
): Promise<ExportReport> {
  let head: ExportHead | null = null
  let first: LineOf<'seal'> | null = null
  let last: LineOf<'seal'> | null = null
  let open: OpenSeal | null = null
  let end: LineOf<'end'> | null = null
  let lastHasEarlier = false
  let anchored: number | null = null
  const tally = { seals: 0, entries: 0, leftOut: 0, unsealed: 0, erased: 0 }
  const odd = (message: string) => problems.add({ code: 'export_broken', seal: null, message })

  const closeSeal = async () => {
    if (!open) return
    const { line } = open
    checkSeal(open, last, problems)
    for (const one of checks) {
      const latest = {
        n: line.n,
        hash: Buffer.from(line.hash, 'hex'),
        entries: line.entries,
        at: new Date(line.at),
      }
      if (await one.seal(latest)) anchored = line.n
    }
    last = line
    lastHasEarlier = open.hasEarlier
    open = null
  }

  let number = 0
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    number += 1
    const line = parse(text)
    if (!line) {
      odd(`Line ${number} is none of an export.`)
      continue
    }
    if (number === 1) {
      if (line.kind !== 'export') break
      head = line
      continue
    }
    if (!head) break
    if (end) {
      odd(`Line ${number} stands behind the end.`)
      continue
    }
    switch (line.kind) {
      case 'export':
        odd(`Line ${number} begins another export.`)
        break
      case 'seal':
        await closeSeal()
        first ??= line
        tally.seals += 1
        open = { line, hashes: [], hasEarlier: false }
        break
      case 'entry':
      case 'left_out':
      case 'missing':
        if (!open) {
          odd(`Line ${number} is of no seal.`)
          break
        }
        open.hashes.push(Buffer.from(line.hash, 'hex'))
        open.hasEarlier ||= isEarlier(line, head)
        checkLine(line, open.line.n, head, problems)
        if (line.kind === 'entry') tally.entries += 1
        if (line.kind === 'left_out') tally.leftOut += 1
        if (line.kind === 'entry' && line.digest !== null) tally.erased += 1
        break
      case 'unsealed':
        await closeSeal()
        tally.unsealed += 1
        if (line.digest !== null) tally.erased += 1
        break
      case 'end':
        await closeSeal()
        end = line
        break
    }
  }
  await closeSeal()
  if (!head) odd('The file does not begin as an export of the audit does.')
  else if (!end) odd('The file has no end: it was cut off.')
  else checkEnd(head, end, tally, { first, last, lastHasEarlier }, problems)
  return report(head, { first, last, anchored, hasAnchor: checks.length > 0 }, tally, problems)
}

function parse(text: string): ExportLine | null {
  try {
    return exportLineSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Whether an entry is what was sealed, and belongs where it stands. */
function checkLine(
  line: LineOf<'entry' | 'left_out' | 'missing'>,
  seal: number,
  head: ExportHead,
  problems: Problems,
): void {
  const { seq } = line
  if (line.kind === 'missing') {
    const message = `Entry ${seq} was sealed in seal ${seal} and was not there any more.`
    problems.add({ code: 'entry_missing', seal, seq, message })
    return
  }
  const digest = line.kind === 'entry' ? digestOf(line) : Buffer.from(line.payloadDigest, 'hex')
  if (!digest || hashEntry(line, digest).toString('hex') !== line.hash) {
    const message = `Entry ${seq} is not what was sealed in seal ${seal}.`
    problems.add({ code: 'entry_changed', seal, seq, message })
    return
  }
  if (isWanted(line, head) === (line.kind === 'entry')) return
  const message =
    line.kind === 'entry'
      ? `Entry ${seq} is not of what was exported.`
      : `Entry ${seq} is of what was exported, and was left out.`
  problems.add({ code: 'export_broken', seal, seq, message })
}

/** Null where it can have none: without a salt and a digest, or with anything left of what was erased. */
function digestOf({ actor, data, origin, salt, digest }: LineOf<'entry'>): Buffer | null {
  if (digest !== null) {
    const isErased = canonicalJson({ actor, data, origin }) === canonicalJson(erasedPayload)
    return isErased ? Buffer.from(digest, 'hex') : null
  }
  return salt === null ? null : digestPayload(Buffer.from(salt, 'hex'), { actor, data, origin })
}

function checkSeal({ line, hashes }: OpenSeal, last: LineOf<'seal'> | null, problems: Problems) {
  const { n } = line
  const broken = (message: string) => problems.add({ code: 'seal_broken', seal: n, message })
  if (last && n !== last.n + 1) {
    const message = `Between seal ${last.n} and seal ${n} something is missing.`
    problems.add({ code: 'seal_missing', seal: n, message })
  } else if (last && line.previous !== last.hash)
    broken(`Seal ${n} does not follow the one before it.`)
  if (hashes.length !== line.sealed)
    broken(`Seal ${n} sealed ${line.sealed} entries; ${hashes.length} are in the file.`)
  const entryHashes = Buffer.concat(hashes, hashes.length * hashBytes)
  const sealed = {
    n,
    previous: Buffer.from(line.previous, 'hex'),
    at: new Date(line.at),
    entryHashes,
  }
  if (hashSeal(sealed).toString('hex') !== line.hash) broken(`Seal ${n} does not fit its hash.`)
  if (last && n === last.n + 1 && line.entries !== last.entries + line.sealed)
    broken(`Seal ${n} counts its entries wrong.`)
}

/** Whether the seals reach from before the first day until after the last, or to the last there was. */
function checkEnd(
  head: ExportHead,
  end: LineOf<'end'>,
  tally: Readonly<Record<'seals' | 'entries' | 'leftOut' | 'unsealed' | 'erased', number>>,
  {
    first,
    last,
    lastHasEarlier,
  }: {
    readonly first: LineOf<'seal'> | null
    readonly last: LineOf<'seal'> | null
    readonly lastHasEarlier: boolean
  },
  problems: Problems,
): void {
  const odd = (message: string) => problems.add({ code: 'export_broken', seal: null, message })
  for (const key of ['seals', 'entries', 'leftOut', 'unsealed', 'erased'] as const)
    if (end[key] !== tally[key])
      odd(`The end tells of ${end[key]} ${key}; there are ${tally[key]}.`)
  if (first && first.n > 1 && first.at >= head.since)
    odd(`The file begins with seal ${first.n}, made after its first day began: what was before?`)
  if (last && last.n < end.latest && (last.at < head.until || lastHasEarlier))
    odd(`The file ends with seal ${last.n}, before all of its days were sealed.`)
  if (!last && end.latest > 0) odd('There were seals, and the file has none.')
}

function report(
  head: ExportHead | null,
  {
    first,
    last,
    anchored,
    hasAnchor,
  }: {
    first: LineOf<'seal'> | null
    last: LineOf<'seal'> | null
    anchored: number | null
    hasAnchor: boolean
  },
  tally: Readonly<Record<'entries' | 'leftOut' | 'unsealed' | 'erased', number>>,
  problems: Problems,
): ExportReport {
  const ok = problems.found === 0
  const seals = first && last ? ([first.n, last.n] as const) : null
  const isAnchored = anchored !== null
  return {
    ok,
    from: head?.from ?? null,
    to: head?.to ?? null,
    of: head?.of ?? null,
    seals,
    entries: tally.entries,
    leftOut: tally.leftOut,
    unsealed: tally.unsealed,
    erased: tally.erased,
    anchored,
    problemsFound: problems.found,
    problems: problems.told,
    proves:
      !ok || !seals
        ? []
        : [
            `Every sealed entry in the file is as it was sealed in seals ${seals[0]} to ${seals[1]}, and none of them that is asked for was left out.`,
            `No entry that was sealed before seal ${seals[0]} is of these days; none that was sealed within ten minutes after them, or after the next start of a gateway, is missing.`,
            ...(isAnchored
              ? [
                  `The seals up to ${anchored} are those that the anchor knows: the gateway made them.`,
                ]
              : []),
          ],
    doesNotProve: [
      ...(isAnchored
        ? []
        : [
            `That the gateway made these seals: whoever has the file can make others. ${hasAnchor ? 'The anchor knows none of them.' : 'Check it by the anchor (--audit-anchor, --audit-key-file).'}`,
          ]),
      ...(isAnchored && last && anchored < last.n
        ? [`That the gateway made the seals after ${anchored}: the anchor does not know them.`]
        : []),
      ...(tally.unsealed > 0
        ? [`Anything of the ${tally.unsealed} entries that were not sealed yet.`]
        : []),
      ...(tally.erased > 0
        ? [
            `What the ${tally.erased} erased entries said, nor that they were erased by right: --verify-audit checks that on the database.`,
          ]
        : []),
    ],
  }
}
