import Papa from 'papaparse'

export type CsvRows =
  | {
      readonly ok: true
      readonly rows: readonly Readonly<Record<string, string>>[]
      /** Line in the file of each row, counted from 1, header included. */
      readonly lines: readonly number[]
    }
  | { readonly ok: false; readonly line: number; readonly message: string }

/**
 * Rows of a CSV with a header line of field names. `,` and `;` are told apart by the header; a byte
 * order mark is taken off; empty cells and empty lines count as absent. A row with too few or too
 * many cells comes back with an extra field that no schema knows, so that it is reported like any
 * other broken row instead of ending the whole file.
 */
export function parseCsv(text: string): CsvRows {
  const body = text.replace(/^\uFEFF/, '')
  const [header = ''] = body.split(/\r?\n/, 1)
  const delimiter = header.split(';').length > header.split(',').length ? ';' : ','
  const { data, errors } = Papa.parse<string[]>(body, { delimiter })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) {
    return { ok: false, line: (broken.row ?? 0) + 1, message: 'A quotation mark is not closed, so nothing after it can be told apart.' }
  }
  const [names = [], ...body_] = data
  const fields = names.map((name) => name.trim())
  const repeated = fields.find((name, index) => fields.indexOf(name) !== index)
  if (fields.every((name) => name === '')) return { ok: false, line: 1, message: 'The first line must name the fields.' }
  if (repeated !== undefined) return { ok: false, line: 1, message: `The header names “${repeated}” twice.` }

  const rows: Readonly<Record<string, string>>[] = []
  const lines: number[] = []
  let line = 1 + lineBreaksIn(names)
  for (const cells of body_) {
    line += 1
    const isEmpty = cells.every((cell) => cell.trim() === '')
    if (!isEmpty) {
      rows.push(rowOf(fields, cells))
      lines.push(line)
    }
    line += lineBreaksIn(cells)
  }
  return { ok: true, rows, lines }
}

/** The name of the field that says a row had another number of cells than the header. */
export const wrongCellCount = 'wrong number of cells'

function rowOf(fields: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  if (cells.length !== fields.length) return { [wrongCellCount]: `${cells.length} instead of ${fields.length}` }
  return Object.fromEntries(
    fields.flatMap((name, index) => {
      const cell = cells[index]?.trim() ?? ''
      return cell === '' || name === '' ? [] : [[name, cell]]
    }),
  )
}

/** A quoted cell may run over several lines of the file. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0)
}
