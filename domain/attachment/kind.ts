import { zipEntries } from './zip'

/** What a file can be by its content. A table of figures is text; its name says that it is one. */
export const contentKinds = [
  'pdf',
  'png',
  'jpeg',
  'webp',
  'dwg',
  'xlsx',
  'docx',
  'eml',
  'text',
] as const
export type ContentKind = (typeof contentKinds)[number]

export const attachmentKinds = [...contentKinds, 'csv'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/** Why a file is not taken, whatever it is called. */
export type ContentProblem = 'empty' | 'unknown_kind' | 'macros'

type JudgedContent =
  | { readonly ok: true; readonly kind: ContentKind }
  | { readonly ok: false; readonly problem: ContentProblem }

/**
 * What a file is, by its content alone: whoever opens it has it opened by what it is, whatever its name
 * says. No programs are known, and no Office documents with macros, controls or foreign objects in them.
 * What a mail or a PDF carries along is not looked at: Kontor keeps and hands over files and opens none.
 */
export function judgeContent(bytes: Uint8Array): JudgedContent {
  if (bytes.length === 0) return { ok: false, problem: 'empty' }
  const kind = signed(bytes)
  if (kind !== null) return { ok: true, kind }
  const entries = zipEntries(bytes)
  if (entries !== null) return judgeOffice(entries)
  if (!isText(bytes)) return { ok: false, problem: 'unknown_kind' }
  return { ok: true, kind: isMail(bytes) ? 'eml' : 'text' }
}

function signed(bytes: Uint8Array): ContentKind | null {
  if (has(bytes, 0, '%PDF-')) return 'pdf'
  if (has(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png'
  if (has(bytes, 0, '\xff\xd8\xff')) return 'jpeg'
  if (has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP')) return 'webp'
  // AutoCAD's own versions, from AC1012 on.
  if (has(bytes, 0, 'AC10') && isDigit(bytes[4]) && isDigit(bytes[5])) return 'dwg'
  return null
}

/** Macros of either age, controls, and objects of other programs: those are kept in `.bin` whatever it is called. */
const active = /(?:^|[/\\])(?:macrosheets|activex)[/\\]|oleobject|vba|\.bin$/i
const printerSettings = /[/\\]printersettings[/\\]printersettings\d*\.bin$/i

function judgeOffice(entries: ReadonlySet<string>): JudgedContent {
  if (!entries.has('[Content_Types].xml')) return { ok: false, problem: 'unknown_kind' }
  if ([...entries].some((entry) => active.test(entry) && !printerSettings.test(entry))) {
    return { ok: false, problem: 'macros' }
  }
  if (entries.has('xl/workbook.xml')) return { ok: true, kind: 'xlsx' }
  if (entries.has('word/document.xml')) return { ok: true, kind: 'docx' }
  return { ok: false, problem: 'unknown_kind' }
}

/** No control characters but those that texts have; in whatever code the letters are. */
function isText(bytes: Uint8Array): boolean {
  const isLittle = has(bytes, 0, '\xff\xfe')
  if (!isLittle && !has(bytes, 0, '\xfe\xff')) return bytes.every(isOfText)
  // As Windows saves “Unicode”, in units of two bytes.
  if (bytes.length % 2 !== 0) return false
  const units = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at < bytes.length; at += 2) {
    if (!isOfText(units.getUint16(at, isLittle))) return false
  }
  return true
}

function isOfText(code: number): boolean {
  return code >= 0x20 ? code !== 0x7f : code >= 0x09 && code <= 0x0d
}

/** So much of a mail's head is looked at. */
const longestHead = 16 * 1024

/** A mail begins with its fields, and says at least from whom it is and one thing more. */
function isMail(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(0, longestHead))
  const [whole = ''] = text.split(/\r?\n\r?\n/, 1)
  // Cut somewhere in a line where it is longer.
  const isCut = bytes.length > longestHead && whole.length === text.length
  const head = isCut ? whole.slice(0, whole.lastIndexOf('\n')).trimEnd() : whole
  const fields = head.split(/\r?\n(?![ \t])/).map((line) => /^([!-9;-~]+):/.exec(line)?.[1])
  const names = new Set(fields.map((name) => name?.toLowerCase()))
  if (names.has(undefined) || !names.has('from')) return false
  return ['date', 'subject', 'to', 'received', 'message-id'].some((name) => names.has(name))
}

function has(bytes: Uint8Array, at: number, signature: string): boolean {
  if (bytes.length < at + signature.length) return false
  for (let n = 0; n < signature.length; n += 1) {
    if (bytes[at + n] !== signature.charCodeAt(n)) return false
  }
  return true
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

const mediaTypes: Readonly<Record<AttachmentKind, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  dwg: 'image/vnd.dwg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  csv: 'text/csv',
  text: 'text/plain',
}

/** What a file is called in HTTP. */
export function mediaTypeOf(kind: AttachmentKind): string {
  return mediaTypes[kind]
}
