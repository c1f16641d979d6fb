import { describe, expect, test } from 'vitest'
import { judgeContent } from '../../../../domain/attachment/kind'
import { LONGEST_ATTACHMENT_NAME } from '../../../../domain/attachment/limits'
import { judgeName } from '../../../../domain/attachment/name'
import { mail, pdf, png, zipOf } from '../../../support/files'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a file is what it holds', () => {
  test.each([
    ['pdf', pdf],
    ['png', png],
    ['jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['webp', bytes('RIFF\0\0\0\0WEBPVP8 ')],
    ['dwg', bytes('AC1032\0\0')],
    ['xlsx', zipOf('[Content_Types].xml', 'xl/workbook.xml')],
    ['docx', zipOf('[Content_Types].xml', 'word/document.xml')],
    ['eml', mail],
    ['text', bytes('Artikel;Antal\r\nRB-2206;12\r\n')],
    // Swedish Excel's own letters, which are no UTF-8.
    ['text', bytes('R\xf6rb\xf6j;12')],
    ['text', Buffer.from('\ufeffRörböj;12\r\n', 'utf16le')],
    ['text', Buffer.from('\ufeffRörböj;12\r\n', 'utf16le').swap16()],
    // Its head is longer than what is looked at, and cut within a field's name.
    ['eml', bytes(`From: Anna\r\nTo: ${'x'.repeat(16_364)}\r\nSubject: Ritning\r\n\r\nHej!`)],
    [
      'xlsx',
      zipOf('[Content_Types].xml', 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin'),
    ],
    // A text that quotes a mail is none.
    ['text', bytes('Hej!\n\nFrom: Anna\nSubject: Ritning\n')],
  ])('%s', (kind, content) => {
    expect(judgeContent(content)).toEqual({ ok: true, kind })
  })

  test.each([
    ['nothing', bytes(''), 'empty'],
    ['a program', bytes('MZ\x90\0\x03'), 'unknown_kind'],
    ['a zip of anything', zipOf('readme.txt'), 'unknown_kind'],
    ['half a zip', zipOf('[Content_Types].xml', 'xl/workbook.xml').subarray(0, 60), 'unknown_kind'],
    ['a PDF that begins later', bytes('\0%PDF-1.7'), 'unknown_kind'],
    ['units of two bytes that are no text', bytes('\xff\xfeM\0\x01\0'), 'unknown_kind'],
  ])('%s is not taken', (_what, content, problem) => {
    expect(judgeContent(content)).toEqual({ ok: false, problem })
  })

  test.each([
    'word/vbaProject.bin',
    'word/project.bin',
    'xl/macrosheets/sheet1.xml',
    'xl/embeddings/oleObject1.bin',
    'word/activeX/activeX1.xml',
  ])('a document with %s is not taken', (entry) => {
    const content = zipOf('[Content_Types].xml', 'word/document.xml', entry)
    expect(judgeContent(content)).toEqual({ ok: false, problem: 'macros' })
  })

  test('a directory that points outside the zip is read no further', () => {
    const zip = zipOf('[Content_Types].xml', 'xl/workbook.xml')
    zip.writeUInt32LE(0xffff_fff0, zip.length - 6)
    expect(judgeContent(zip)).toEqual({ ok: false, problem: 'unknown_kind' })
  })
})

describe('its name', () => {
  test.each([
    ['Ritning 4.pdf', 'Ritning 4.pdf'],
    ['Ritning.PDF', 'Ritning.PDF'],
    ['Ritning', 'Ritning.pdf'],
    ['/etc/passwd/../x.pdf', 'x.pdf'],
    ['C:\\Users\\Anna\\ritning.pdf', 'ritning.pdf'],
    ['a\u202Efdp.exe\u0000.pdf', 'afdp.exe.pdf'],
    ['rad\nbrytning\t2.pdf', 'rad brytning 2.pdf'],
    ['fra\u030Aga?.pdf', 'fråga_.pdf'],
    ['..pdf', 'pdf.pdf'],
    ['', 'file.pdf'],
    ['con.pdf', '_con.pdf'],
    ['con .pdf', '_con.pdf'],
    ['COM¹.plan.pdf', '_COM¹.plan.pdf'],
    ['Konto.pdf', 'Konto.pdf'],
    ['Offert v1.2', 'Offert v1.2.pdf'],
  ])('%j is kept as %j', (name, kept) => {
    expect(judgeName(name, 'pdf')).toEqual({ ok: true, name: kept, kind: 'pdf' })
  })

  test('is cut before its ending, and in no half of a character', () => {
    const judged = judgeName(`${'😀'.repeat(200)}.pdf`, 'pdf')
    if (!judged.ok) throw new Error('It ends in what it is.')
    expect(judged.name.length).toBeLessThanOrEqual(LONGEST_ATTACHMENT_NAME)
    expect(judged.name).toMatch(/^(?:😀)+\.pdf$/u)
  })

  test('may not say that it is something else', () => {
    expect(judgeName('faktura.exe', 'pdf')).toEqual({ ok: false, ending: 'exe' })
    expect(judgeName('bild.png', 'jpeg')).toEqual({ ok: false, ending: 'png' })
    expect(judgeName('sida.html', 'text')).toEqual({ ok: false, ending: 'html' })
  })

  test('says of a text whether it is a table', () => {
    expect(judgeName('Lista.CSV', 'text')).toMatchObject({ ok: true, kind: 'csv' })
    expect(judgeName('Lista.txt', 'text')).toMatchObject({ ok: true, kind: 'text' })
  })
})
