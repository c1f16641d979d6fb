import type { CompiledQuery, Kysely, QueryExecutorProvider } from 'kysely'
import type { Database } from './schema'

/** A statement that has not been sent yet: any query of Kysely's. */
interface Statement<Row> {
  compile(db: QueryExecutorProvider): CompiledQuery<Row>
}

/** Something to be asked of the database, in one statement or several, and how to read the answers. */
export interface Question<T> {
  readonly statements: readonly Statement<unknown>[]
  /** @param answers the rows of each statement */
  read(answers: readonly (readonly unknown[])[]): T
}

/** A question of one statement. */
export function question<Row, T>(
  statement: Statement<Row>,
  read: (rows: readonly Row[]) => T,
): Question<T> {
  return { statements: [statement], read: ([rows = []]) => read(rows as readonly Row[]) }
}

/** A question that needs no asking. */
export function answered<T>(answer: T): Question<T> {
  return { statements: [], read: () => answer }
}

type Answers<Q extends readonly Question<unknown>[]> = {
  -readonly [K in keyof Q]: Q[K] extends Question<infer T> ? T : never
}

/** Several questions as one. */
export function together<const Q extends readonly Question<unknown>[]>(
  ...questions: Q
): Question<Answers<Q>> {
  return {
    statements: questions.flatMap(({ statements }) => statements),
    read(answers) {
      let from = 0
      return questions.map((one) => {
        const own = answers.slice(from, from + one.statements.length)
        from += one.statements.length
        return one.read(own)
      }) as Answers<Q>
    },
  }
}

/**
 * Ask a question, in a transaction or on any connection. Its statements travel together, so that however many they are, one
 * round trip is waited for; the database carries them out in their order, each when the one before has
 * its locks, and each sees what was committed before it began.
 */
export async function ask<T>(db: Kysely<Database>, asked: Question<T>): Promise<T> {
  const answers = await db.getExecutor().provideConnection((connection) =>
    Promise.all(
      asked.statements.map(async (statement) => {
        const { rows } = await connection.executeQuery(statement.compile(db))
        return rows
      }),
    ),
  )
  return asked.read(answers)
}
