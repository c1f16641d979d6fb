import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readBackupName } from '../backup/retention'

/**
 * What to do with a data folder whose embedded PostgreSQL was of another major version. Its programs
 * are not carried, so the way goes over a backup, which no version of PostgreSQL is bound to.
 *
 * @param found major version of the folder's database
 * @param expected major version of the PostgreSQL that comes with this Kontor
 */
export async function wayFromOtherMajor(
  dataDir: string,
  backupFolder: string,
  { found, expected }: { readonly found: number; readonly expected: number },
): Promise<string> {
  const untouched = 'Nothing in the folder was touched.'
  if (found > expected)
    return `${untouched} A later version of Kontor has used it: start that version again.`
  const withoutLoss =
    'With the version of Kontor that was used until now, make a backup with ' +
    `--backup FILE --data-dir ${dataDir}; with this one, restore it into a new folder with ` +
    '--restore FILE --data-dir NEW, and start on that one. Nothing is lost that way.'
  const names = await readdir(backupFolder).catch(() => [])
  const [newest] = names
    .map(readBackupName)
    .filter((backup) => backup !== null)
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const fromNewest =
    newest === undefined
      ? `There is no backup made by itself in ${backupFolder}; where --backup-dir named another folder, look there.`
      : `Without that version, the newest backup made by itself is of ${newest.at.toISOString()}, in ` +
        `${join(backupFolder, newest.name)}: restore that one. What happened after it is lost then.`
  return `${untouched} ${withoutLoss} ${fromNewest}`
}
