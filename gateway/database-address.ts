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
    }
  | { readonly ok: false; readonly message: string }

/**
 * Where the database is, from the first of: the argument, the file, the environment. A password is taken
 * from the latter two alone: everyone on the computer can read a command line. No message repeats an
 * address: there may be a password in it.
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
  if (argument !== undefined) {
    const address = checked(argument, 'What --database-url says')
    return address.ok && hasPassword(argument) ? no(exposed) : address
  }
  // An empty variable is how many tools say that there is none.
  if (environment !== undefined && environment !== '')
    return checked(environment, 'What DATABASE_URL says')
  return { ok: true, url: undefined }
}

function checked(url: string, what: string): DatabaseAddress {
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
  return { ok: true, url }
}

const exposed =
  'Everyone on this computer can read a password on the command line. Put the address in a file ' +
  '(--database-url-file) or in DATABASE_URL, or leave the password out of it and put that in ' +
  'PGPASSWORD or in a password file that PGPASSFILE names.'

function hasPassword(url: string): boolean {
  const { password, searchParams } = new URL(url)
  return password !== '' || searchParams.has('password')
}

function no(message: string): DatabaseAddress {
  return { ok: false, message }
}
