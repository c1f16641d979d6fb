const endLength = 22
const entryLength = 46
/** What may stand behind the end. */
const longestComment = 65_535

/**
 * The names of what a zip holds, from its directory and without unpacking anything; null for what is no
 * zip, or one whose directory is not whole.
 */
export function zipEntries(bytes: Uint8Array): ReadonlySet<string> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < endLength || view.getUint32(0, true) !== 0x04034b50) return null
  const end = endOf(view)
  if (end === null) return null
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const names = new Set<string>()
  for (let n = 0; n < count; n += 1) {
    if (at + entryLength > end || view.getUint32(at, true) !== 0x02014b50) return null
    const length = view.getUint16(at + 28, true)
    const next =
      at + entryLength + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) return null
    const name = bytes.subarray(at + entryLength, at + entryLength + length)
    names.add(String.fromCharCode(...name))
    at = next
  }
  return names
}

function endOf(view: DataView): number | null {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return null
}
