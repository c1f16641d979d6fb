import type { Anchor } from './anchor'
import { anchorLength, readAnchor } from './anchor-file'
import type { AnchorLine } from './anchor-line'
import type { LatestSeal } from './seal'
import { Problems } from './problems'

/** An anchor, compared seal by seal. */
export interface AnchorCheck {
  /** Compare the next seal of the database; true when the anchor knows it just so. */
  seal(seal: LatestSeal): Promise<boolean>
  /** The database has no more seals; the anchor must know none either. */
  end(): Promise<void>
  close(): Promise<void>
}

/**
 * Check an anchor in itself, and make it ready to be compared with the seals. Only what it holds now is
 * looked at: a gateway may go on writing to it.
 * @throws when the file cannot be read
 */
export async function checkAnchor({ file, key }: Anchor, problems: Problems): Promise<AnchorCheck> {
  const length = await anchorLength(file)
  const restores = await readThrough({ file, key }, length, problems)
  const lines = validLines({ file, key }, length, restores)
  let next = await lines.next()

  return {
    async seal(seal) {
      let isKnown = false
      for (; !next.done && next.value.n <= seal.n; next = await lines.next()) {
        const line = next.value
        // The database lacks this seal, which is told there.
        if (line.n < seal.n) continue
        if (line.hash === seal.hash.toString('hex') && line.entries === seal.entries) {
          isKnown = true
          continue
        }
        problems.add({
          code: 'anchor_differs',
          seal: seal.n,
          message: `${file} knows another seal ${seal.n}, written ${line.at}.`,
        })
      }
      return isKnown
    },
    async end() {
      let last: AnchorLine | null = null
      for (; !next.done; next = await lines.next()) last = next.value
      if (last === null || last.n === 0) return
      problems.add({
        code: 'anchor_ahead',
        seal: last.n,
        message: `${file} knows seal ${last.n}, written ${last.at}; the database has not come so far.`,
      })
    },
    async close() {
      await lines.return(undefined)
    },
  }
}

/**
 * Look an anchor through from its beginning, and return what is wrong with its lines. Says nothing of
 * the database.
 * @throws when the file cannot be read
 */
export async function lookThrough(anchor: Anchor): Promise<Problems> {
  const problems = new Problems()
  await readThrough(anchor, await anchorLength(anchor.file), problems)
  return problems
}

/** Where the database was taken back: in which line, and to which seal. */
interface Restore {
  readonly number: number
  readonly n: number
}

/** Read the whole anchor once, tell what is wrong with it, and return the restores it knows. */
async function readThrough(
  { file, key }: Anchor,
  length: number,
  problems: Problems,
): Promise<readonly Restore[]> {
  const restores: Restore[] = []
  let before = 0
  for await (const read of readAnchor(file, key, length)) {
    const { number } = read
    const broken = (seal: number | null, reason: string) =>
      problems.add({
        code: 'anchor_broken',
        seal,
        message: `Line ${number} of ${file} ${reason}.`,
      })
    if (!read.ok) {
      broken(null, read.reason)
      continue
    }
    const { kind, n } = read.line
    if (kind === 'restored') restores.push({ number, n })
    else if (n <= before) broken(n, `goes back from seal ${before} to ${n} without a restore`)
    before = n
  }
  return restores
}

/**
 * The lines that are right in themselves and still count: a restore to a seal takes back what was
 * written before it of later seals. What is left goes up from line to line.
 */
async function* validLines(
  { file, key }: Anchor,
  length: number,
  restores: readonly Restore[],
): AsyncGenerator<AnchorLine, undefined> {
  let highest = 0
  for await (const read of readAnchor(file, key, length)) {
    if (!read.ok) continue
    const { number, line } = read
    const isTakenBack = restores.some((later) => later.number > number && later.n < line.n)
    if (isTakenBack || line.n < highest) continue
    highest = line.n
    yield line
  }
  return undefined
}
