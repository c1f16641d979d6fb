import type { AttachmentKind, ContentKind } from './kind'
import { LONGEST_ATTACHMENT_NAME } from './limits'

/** What a file of each kind may end in; the first is given to one that has no ending. */
const endings: Readonly<Record<ContentKind, readonly string[]>> = {
  pdf: ['pdf'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  webp: ['webp'],
  dwg: ['dwg'],
  xlsx: ['xlsx'],
  docx: ['docx'],
  // Somebody's mail kept as text is text.
  eml: ['eml', 'txt'],
  text: ['txt', 'csv'],
}

/** Every ending that a file may have, without its dot. */
export const attachmentEndings: readonly string[] = [...new Set(Object.values(endings).flat())]

type JudgedName =
  | { readonly ok: true; readonly name: string; readonly kind: AttachmentKind }
  /** It ends in something that its content is not. */
  | { readonly ok: false; readonly ending: string }

/**
 * A file's name as it is kept and given out: without folders, without what cannot be seen or turns the
 * reading direction, and without what some system does not take in a name. One without an ending gets
 * that of its content; one with another ending than its content has is not taken, since whoever opens
 * it would open something else than they read.
 */
export function judgeName(name: string, content: ContentKind): JudgedName {
  const clean = cleaned(name)
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 ? clean.slice(dot + 1).toLowerCase() : ''
  const allowed = endings[content]
  // What is only figures is a version or a date.
  const isEnding = /^(?=.*\p{L})[\p{L}\p{N}]{1,10}$/u.test(ending)
  if (isEnding && !allowed.includes(ending)) return { ok: false, ending }
  const [own = ''] = allowed
  const given = (isEnding ? clean.slice(0, dot) : clean).trimEnd()
  const stem = reserved.test(given) ? `_${given}` : given
  const tail = `.${isEnding ? clean.slice(dot + 1) : own}`
  const kind = content === 'text' && ending === 'csv' ? 'csv' : content
  return { ok: true, kind, name: capped(stem, LONGEST_ATTACHMENT_NAME - tail.length) + tail }
}

/** What Windows keeps for itself, whatever it ends in. */
const reserved = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i

function cleaned(name: string): string {
  const [last = ''] = name.split(/[/\\]/).slice(-1)
  const plain = last
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    // Control and format characters (bidi marks among them), halves of characters, private ones.
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/gu, '')
  return plain === '' ? 'file' : plain
}

/** At most so many UTF-16 units, and no half character at its end. */
function capped(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
}
