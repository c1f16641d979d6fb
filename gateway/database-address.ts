import { readFile } from 'node:fs/promises'

export interface AddressSources {
  /** `--database-url`. */
  readonly argument: string | undefined
  /** `--database-url-file`. */
  readonly file: string | undefined
  /** `DATABASE_URL`. */
  readonly environment: string | undefined
}

export type DatabaseAddress =
  | {
      readonly ok: true
      /** Undefined: the gateway is to run a database of its own. */
      readonly url: string | undefined
      /** The password stood on the command line, where everyone on the computer can read it. */
      readonly exposesPassword: boolean
    }
  | { readonly ok: false; readonly message: string }

/**
 * Where the database is, from the first of: the argument, the file, the environment. No message
 * repeats an address: there may be a password in it.
 */
export async function readDatabaseAddress({
  argument,
  file,
  environment,
}: AddressSources): Promise<DatabaseAddress> {
  if (argument !== undefined && file !== undefined)
    return no('It is either --database-url or --database-url-file.')
  if (file !== undefined) {
    let text: string
    try {
      text = (await readFile(file, 'utf8')).trim()
    } catch (error) {
      return no(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
    }
    return checked(text, `What stands in ${file}`)
  }
  if (argument !== undefined) return checked(argument, 'What --database-url says', true)
  // An empty variable is how many tools say that there is none.
  if (environment !== undefined && environment !== '')
    return checked(environment, 'What DATABASE_URL says')
  return { ok: true, url: undefined, exposesPassword: false }
}

function checked(url: string, what: string, isArgument = false): DatabaseAddress {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return no(
      `${what} is no address of a PostgreSQL server. Signs like @ / # in a password are written %40 %2F %23.`,
    )
  }
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:')
    return no(`${what} is no address of a PostgreSQL server: it begins with postgres://.`)
  const exposesPassword =
    isArgument && (parsed.password !== '' || parsed.searchParams.has('password'))
  return { ok: true, url, exposesPassword }
}

function no(message: string): DatabaseAddress {
  return { ok: false, message }
}
