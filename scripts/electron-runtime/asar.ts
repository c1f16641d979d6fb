/**
 * Writes a flat asar archive: the format Electron loads `default_app.asar` from.
 *
 * Layout (little-endian, Chromium Pickle): 4, size of the header pickle, size of the header's
 * payload, length of the JSON, the JSON padded to four bytes, then the files end to end. Offsets
 * in the JSON are decimal strings counted from the end of the header.
 */
export function packAsar(files: ReadonlyMap<string, Buffer>): Buffer {
  const entries: Record<string, { readonly size: number; readonly offset: string }> = {}
  let offset = 0
  for (const [name, content] of files) {
    entries[name] = { size: content.length, offset: String(offset) }
    offset += content.length
  }
  const json = Buffer.from(JSON.stringify({ files: entries }))
  const padded = Math.ceil(json.length / 4) * 4
  const header = Buffer.alloc(16 + padded)
  header.writeUInt32LE(4, 0)
  header.writeUInt32LE(8 + padded, 4)
  header.writeUInt32LE(4 + padded, 8)
  header.writeUInt32LE(json.length, 12)
  json.copy(header, 16)
  return Buffer.concat([header, ...files.values()])
}
