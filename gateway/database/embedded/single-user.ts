import { databaseName, roleName } from './credentials'
import { failure, type DatabaseLog, type Failure } from './outcome'
import { followServerLog } from './server-log'
import { clusterArgument, endOf, spawnServerProgram, type Workplace } from './server-process'

/**
 * Runs statements with the server in its single-user mode: on a cluster that nobody serves, with
 * nothing listening and no password needed. One statement a line, each committed by itself; the
 * first that fails ends it.
 */
async function runSingleUser(
  workplace: Workplace,
  postgres: string,
  statements: readonly string[],
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> {
  const settings = [
    'exit_on_error=on',
    // The statements hold a password: never into the log.
    'log_min_error_statement=panic',
    'log_statement=none',
    'log_line_prefix=',
    'log_checkpoints=off',
  ]
  const child = spawnServerProgram(
    workplace,
    postgres,
    [
      '--single',
      '-D',
      clusterArgument(workplace),
      ...settings.flatMap((setting) => ['-c', setting]),
      'template1',
    ],
    'pipe',
  )
  const output = child.stderr ? followServerLog(child.stderr, log) : undefined
  // It may end before it has read everything; how it ended is told by its exit.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(statements.map((statement) => `${statement}\n`).join(''))
  const end = await endOf(child)
  if (end.problem === undefined) await output?.ended
  if (end.code === 0) return { ok: true }
  return failure('init_failed', 'The database could not be set up.', {
    ...end,
    log: output?.tail() ?? '',
  })
}

/** Gives a new cluster its role and its database. */
export const provisionCluster = (
  workplace: Workplace,
  postgres: string,
  password: string,
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> =>
  runSingleUser(
    workplace,
    postgres,
    [
      `create role ${roleName} login createdb password '${password}'`,
      // What people have written stays out of the server's log: no statements, no key values.
      `alter role ${roleName} set log_min_error_statement = 'panic'`,
      `alter role ${roleName} set log_error_verbosity = 'terse'`,
      // The empty database that initdb has just made becomes ours: making one more costs as long
      // as starting the server ten times over.
      `alter database postgres rename to ${databaseName}`,
      `alter database ${databaseName} owner to ${roleName}`,
    ],
    log,
  )

/** Gives the role a new password, when the stored one is lost. No data is touched. */
export const replacePassword = (
  workplace: Workplace,
  postgres: string,
  password: string,
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> =>
  runSingleUser(workplace, postgres, [`alter role ${roleName} password '${password}'`], log)
