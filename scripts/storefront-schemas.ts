import { join } from 'node:path'

import { format, resolveConfig } from 'prettier'

import { availabilitySchema } from '../contract/availability'
import {
  anyReceiptSchema,
  anyStorefrontEventSchema,
  problemDocumentSchema,
  storefrontChangeSchema,
  storefrontChangesPageSchema,
} from '../contract/storefront'
import { z } from '../contract/zod'
import { projectFolder } from './build'

export const schemasFolder = join(projectFolder, 'docs', 'schemas', 'storefront')

const schemas = {
  event: ['The body of POST /storefront/v1/events', anyStorefrontEventSchema],
  receipt: ['What an event that was taken in is answered with', anyReceiptSchema],
  change: ['What became of a document, and the body of a pushed webhook', storefrontChangeSchema],
  'changes-page': ['What GET /storefront/v1/changes is answered with', storefrontChangesPageSchema],
  availability: ['What GET /storefront/v1/availability is answered with', availabilitySchema],
  problem: ['What a refused request is answered with (RFC 9457)', problemDocumentSchema],
} as const

/** The JSON Schemas of what webshops send and are sent, made of the contract: file name → text. */
export async function storefrontSchemas(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for (const [name, [title, schema]] of Object.entries(schemas)) {
    const path = join(schemasFolder, `${name}.json`)
    // What comes in is described before it is read, and what goes out may gain fields.
    const io = name === 'event' ? 'input' : 'output'
    const { $schema, ...rest } = z.toJSONSchema(schema, { io, override: portable(io) })
    const text = JSON.stringify({ $schema, title, ...rest })
    const config = await resolveConfig(path)
    files.set(path, await format(text, { ...config, parser: 'json' }))
  }
  return files
}

/** Unicode classes need a flag that many validators do not set; of these characters most are controls. */
const unicodeClasses = /(?:\\p\{C[cs]?\})+/g
const controls = '\\u0000-\\u001f\\u007f-\\u009f'

function portable(io: 'input' | 'output') {
  return ({ jsonSchema }: { jsonSchema: { additionalProperties?: unknown; pattern?: string } }) => {
    if (io === 'output') delete jsonSchema.additionalProperties
    if (jsonSchema.pattern !== undefined) {
      jsonSchema.pattern = jsonSchema.pattern.replace(unicodeClasses, () => controls)
    }
  }
}
