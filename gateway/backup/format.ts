/**
 * A backup is a gzip of lines: the header, then for each table a line that names it, its rows as
 * PostgreSQL's COPY writes text, and `\.`; last the trailer. Lines of ours are JSON. Nothing in it
 * is bound to the PostgreSQL it came from: not its transaction numbers, not its kind or version.
 */
import { z } from '../../contract/zod'

export const backupFormat = 1

/** The part of a header that every format has, so that a later one is known as such. */
export const anyHeaderSchema = z.object({
  app: z.literal('kontor'),
  format: z.number().int().positive(),
})

const nameSchema = z.string().regex(/^[a-z_][a-z0-9_]*$/)

const tableSchema = z.object({ table: nameSchema, columns: z.array(nameSchema).min(1) })

const count = z.number().int().nonnegative()

export const headerSchema = anyHeaderSchema.extend({
  /** The schema the rows are of: every migration that had been carried out. */
  migrations: z.array(z.string()).min(1),
  gateway: z.string(),
  epoch: z.string(),
  createdAt: z.string(),
  /** In the order they are restored in: what a row refers to comes before it. */
  tables: z.array(tableSchema),
  sequences: z.array(z.object({ sequence: nameSchema, value: count, called: z.boolean() })),
  /** The largest number that stands for a transaction: the database restored into must be past it. */
  highest: count,
})

export const trailerSchema = z.object({
  rows: z.record(nameSchema, count),
  /** Hexadecimal, of everything before the trailer. */
  sha256: z.string(),
  /** The same without the header: equal in two backups between which nothing happened. */
  contentSha256: z.string(),
})

export const tableLineSchema = tableSchema

export type BackupHeader = z.output<typeof headerSchema>
export type BackupTable = z.output<typeof tableSchema>
export type BackupTrailer = z.output<typeof trailerSchema>

/** Ends the rows of a table. COPY never writes a row like it. */
export const endOfRows = '\\.'
