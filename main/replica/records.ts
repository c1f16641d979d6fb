/**
 * What a replica's file is made of: one head, then records. A record is a checked line with the
 * progress it brings, where its bodies lie, and its items as the window takes them
 * (`contract/replica-items.ts`); behind the line follow what its requisitions are searched by, as one
 * text, and the bodies, the requisitions in whole. Who reads the file from its start reads the lines
 * alone, a tenth of it.
 */
import type { FileHandle } from 'node:fs/promises'

import { caughtUpSchema, cursorSchema } from '../../contract/feed'
import {
  decodeItems,
  decodeWords,
  encodeItems,
  encodeWords,
  type NamedWords,
  type ReplicaItem,
} from '../../contract/replica-items'
import { z } from '../../contract/zod'
import { digestOf, openText, sealText, type Line } from '../storage/checked-lines'
import type { Identity } from '../storage/identity'
import type { Progress } from './progress'

/** What was written is no longer what stands there. */
export class Damaged extends Error {}

/** Counts up whenever a file written before could be misread. */
export const replicaFormat = 5

export const headSchema = z.strictObject({
  format: z.literal(replicaFormat),
  gateway: z.string(),
  user: z.string(),
  epoch: z.string(),
  /** The console's version: values were checked by its schemas, another version's may differ. */
  app: z.string(),
})
export type Head = z.infer<typeof headSchema>

const progressSchema = z.object({
  cursor: cursorSchema.nullable(),
  caughtUp: caughtUpSchema.nullable(),
  isOrdered: z.boolean(),
})

export function headOf(identity: Identity, epoch: string, app: string): Head {
  return { format: replicaFormat, gateway: identity.gateway, user: identity.user, epoch, app }
}

/** Where the whole of a requisition lies; a length of 0: it is gone. */
export interface Place {
  readonly version: number
  /** Bytes from the start of the file. */
  readonly at: number
  readonly length: number
  readonly digest: string
}

/** A text behind a line. */
export type Behind = Pick<Place, 'at' | 'length' | 'digest'>

/** An item as the file keeps it: with what stands behind the line, null where nothing does. */
export interface KeptItem {
  readonly item: ReplicaItem
  readonly body: Buffer | null
}

/** Takes the whole of a requisition out of an item, to be kept behind the line. */
export function keptItem(item: ReplicaItem): KeptItem {
  if (item.form !== 'requisition' || item.whole === null) return { item, body: null }
  return { item: { ...item, whole: null }, body: Buffer.from(item.whole) }
}

/** What a record's line begins with. Bodies are counted from the end of the line. */
interface RecordHead {
  readonly progress: z.infer<typeof progressSchema>
  /** Bytes of all that follows the line. */
  readonly bodies: number
  /** The text of words that follows first; null where the record has no requisitions. */
  readonly words: readonly [length: number, digest: string] | null
  readonly places: readonly (readonly [
    id: string,
    version: number,
    at: number,
    length: number,
    digest: string,
  ])[]
}

/** A record to be written. */
export interface SealedRecord {
  readonly bytes: Buffer
  /** Where its bodies lie when it is written at an offset. */
  placesAt(offset: number): FileRecord['places']
}

export function sealRecord(kept: readonly KeptItem[], progress: Progress): SealedRecord {
  const { cursor, caughtUp, isOrdered } = progress
  const places: RecordHead['places'][number][] = []
  const words = Buffer.from(wordsText(kept))
  let bodies = words.length
  for (const { item, body } of kept) {
    // One that cannot be read takes nothing away from the version before it.
    if (item.kind !== 'requisition' || item.form === 'unreadable') continue
    const { id, version } = item
    const length = body?.length ?? 0
    places.push([id, version, bodies, length, body === null ? '' : digestOf(body)])
    bodies += length
  }
  const head: RecordHead = {
    progress: { cursor, caughtUp, isOrdered },
    bodies,
    words: words.length === 0 ? null : [words.length, digestOf(words)],
    places,
  }
  const line = sealText(`${JSON.stringify(head)}\t${encodeItems(kept.map(({ item }) => item))}`)
  return {
    bytes: Buffer.concat([line, words, ...kept.flatMap(({ body }) => body ?? [])]),
    placesAt: (offset) => placesFrom(places, offset + line.length),
  }
}

/** What the requisitions of a record are searched by; nothing where it has none. */
function wordsText(kept: readonly KeptItem[]): string {
  const all = kept.flatMap(({ item: { id, version, ...item } }): NamedWords[] =>
    item.form === 'requisition' && item.words !== null ? [{ id, version, ...item.words }] : [],
  )
  return all.length === 0 ? '' : encodeWords(all)
}

function placesFrom(places: RecordHead['places'], from: number): FileRecord['places'] {
  return places.map(([id, version, at, length, digest]) => [
    id,
    { version, at: from + at, length, digest },
  ])
}

/** A record as it was read. */
export interface FileRecord {
  /** Where it begins and where the next one does, in bytes. */
  readonly start: number
  readonly end: number
  readonly progress: Omit<Progress, 'epoch'>
  readonly places: readonly (readonly [id: string, place: Place])[]
  /** Where the words of its requisitions lie; null where it has none. */
  readonly words: Behind | null
  /** A batch for the window; `decodeItems` reads it. */
  readonly items: string
}

/**
 * Every whole record between two offsets, without its bodies. What stands after the last one is not
 * told: compare its `end` with `to` to see whether there is a torn tail.
 *
 * @throws Damaged when a line does not check
 */
export async function* recordsOf(
  file: FileHandle,
  from: number,
  to: number,
): AsyncGenerator<FileRecord> {
  // Used again for each: memory that is new each time costs more than the reading.
  const room = Buffer.allocUnsafe(Math.min(largePiece, to - from))
  let piece: Piece = { at: from, bytes: room.subarray(0, 0) }
  let likely = largePiece
  for (let at = from; at < to;) {
    let end = lineEnd(piece, at)
    for (let size = likely; end === -1; size *= 4) {
      piece = await readPiece(file, at, Math.min(size, to - at), room)
      end = lineEnd(piece, at)
      if (end === -1 && at + piece.bytes.length >= to) return
      if (piece.bytes.length === 0) return
    }
    const line = {
      start: at,
      end: end + 1,
      bytes: piece.bytes.subarray(at - piece.at, end - piece.at),
    }
    const record = openRecord(line)
    if (record === null) throw new Damaged(`the line at ${at} does not check`)
    if (record.end > to) return
    yield record
    // Small records are read many at a time; of large ones the line, and little of its bodies.
    const isSmall = record.end - at < smallRecord
    likely = isSmall ? largePiece : Math.min(line.bytes.length + leastPiece, largePiece)
    at = record.end
  }
}

/** Bytes of a file from an offset on. */
interface Piece {
  readonly at: number
  readonly bytes: Buffer
}

/** Bytes read at once in search of a line's end. */
const leastPiece = 8 * 1024
const largePiece = 128 * 1024
const smallRecord = 32 * 1024

/** @param room where it is read to, if it is large enough */
async function readPiece(file: FileHandle, at: number, size: number, room: Buffer): Promise<Piece> {
  const buffer = size <= room.length ? room : Buffer.allocUnsafe(size)
  const { bytesRead } = await file.read(buffer, 0, size, at)
  return { at, bytes: buffer.subarray(0, bytesRead) }
}

/** Offset in the file of the line break after `at`; -1 when the piece does not have it. */
function lineEnd({ at: start, bytes }: Piece, at: number): number {
  if (at < start || at >= start + bytes.length) return -1
  const found = bytes.indexOf(0x0a, at - start)
  return found === -1 ? -1 : start + found
}

function openRecord({ start, end, bytes }: Line): FileRecord | null {
  const text = openText(bytes)
  const tab = text?.indexOf('\t') ?? -1
  if (text === null || tab === -1) return null
  // The line checks, so it stands as we wrote it; only where versions differ is there more to ask.
  const { progress, bodies, words, places } = JSON.parse(text.slice(0, tab)) as RecordHead
  const known = progressSchema.safeParse(progress)
  if (!known.success) return null
  return {
    start,
    end: end + bodies,
    progress: known.data,
    places: placesFrom(places, end),
    words: words && { at: end, length: words[0], digest: words[1] },
    items: text.slice(tab + 1),
  }
}

/** What stands behind a line, as a requisition in whole; null when it is something else. */
export async function readBody(
  file: FileHandle,
  { at, length, digest }: Behind,
): Promise<Buffer | null> {
  const body = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(body, done, length - done, at + done)
    if (bytesRead === 0) return null
    done += bytesRead
  }
  return digestOf(body) === digest ? body : null
}

/** Note where bodies lie; a place of an older version than the known one loses. */
export function notePlaces(known: Map<string, Place>, places: FileRecord['places']): void {
  for (const [id, place] of places) {
    const other = known.get(id)
    if (other === undefined || other.version <= place.version) known.set(id, place)
  }
}

/** The items of a record with their words and bodies. @throws Damaged when one of them does not check */
export async function keptItemsOf(
  file: FileHandle,
  { items, places, words }: FileRecord,
  isWanted: (item: ReplicaItem) => boolean,
): Promise<readonly KeptItem[]> {
  const kept: KeptItem[] = []
  const text = words && (await readBody(file, words))
  if (words !== null && text === null) throw new Damaged(`the words at ${words.at} do not check`)
  const wordsOf = new Map<string, NamedWords>()
  for (const each of text === null ? [] : decodeWords(text.toString())) {
    wordsOf.set(`${each.id} ${each.version}`, each)
  }
  const placeOf = new Map(places.map(([id, place]) => [`${id} ${place.version}`, place]))
  for (const item of decodeItems(items)) {
    if (!isWanted(item)) continue
    const name = `${item.id} ${item.version}`
    const place = placeOf.get(name)
    if (item.form !== 'requisition' || place === undefined) {
      kept.push({ item, body: null })
      continue
    }
    const body = await readBody(file, place)
    if (body === null) throw new Damaged(`the body at ${place.at} does not check`)
    kept.push({ item: { ...item, words: wordsOf.get(name) ?? null }, body })
  }
  return kept
}

/** Names an entity among all of a replica's. */
export function keyOf({ kind, id }: Pick<ReplicaItem, 'kind' | 'id'>): string {
  return `${kind}:${id}`
}

/** What a record that brings progress alone tells a window. */
export const noItems = encodeItems([])

/** About how many bytes an item takes in the file. */
export function sizeOfKept({ item, body }: KeptItem): number {
  const text =
    item.form === 'value'
      ? item.value.length
      : item.form === 'requisition'
        ? item.rest.length + (item.words?.words.length ?? 0) + (item.words?.articles.length ?? 0)
        : 0
  return 100 + text + (body?.length ?? 0)
}
