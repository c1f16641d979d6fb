import Papa from 'papaparse'

export interface CsvRow {
  /** Line in the file, counted from 1, header included. */
  readonly line: number
  /** Field → cell; null when the line has another number of cells than the header. */
  readonly fields: Readonly<Record<string, string>> | null
  readonly cells: number
}

export type CsvRows =
  | { readonly ok: true; readonly rows: readonly CsvRow[]; readonly columns: number }
  | { readonly ok: false; readonly line: number; readonly message: string }

/**
 * Rows of a CSV with a header line of field names. `,` and `;` are told apart by the header; a byte
 * order mark is taken off; empty cells and empty lines count as absent. A line with too few or too
 * many cells is reported as such and does not end the file.
 */
export function parseCsv(text: string): CsvRows {
  const body = text.replace(/^\uFEFF/, '')
  const [header = ''] = body.split(/\r?\n/, 1)
  const delimiter = header.split(';').length > header.split(',').length ? ';' : ','
  const { data, errors } = Papa.parse<string[]>(body, { delimiter })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) {
    return {
      ok: false,
      line: (broken.row ?? 0) + 1,
      message: 'A quotation mark is not closed, so nothing after it can be told apart.',
    }
  }
  const [names = [], ...lines] = data
  const fields = names.map((name) => name.trim())
  const repeated = fields.find((name, index) => fields.indexOf(name) !== index)
  if (fields.every((name) => name === ''))
    return { ok: false, line: 1, message: 'The first line must name the fields.' }
  if (repeated !== undefined)
    return { ok: false, line: 1, message: `The header names “${repeated}” twice.` }

  const rows: CsvRow[] = []
  let line = 1 + lineBreaksIn(names)
  for (const cells of lines) {
    line += 1
    const isEmpty = cells.every((cell) => cell.trim() === '')
    if (!isEmpty) rows.push({ line, cells: cells.length, fields: fieldsOf(fields, cells) })
    line += lineBreaksIn(cells)
  }
  return { ok: true, rows, columns: fields.length }
}

function fieldsOf(names: readonly string[], cells: readonly string[]): CsvRow['fields'] {
  if (cells.length !== names.length) return null
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const cell = cells[index]?.trim() ?? ''
      return cell === '' || name === '' ? [] : [[name, cell]]
    }),
  )
}

/** A quoted cell may run over several lines of the file. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0)
}
