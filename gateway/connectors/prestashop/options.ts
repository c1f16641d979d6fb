import { keySchema } from '../../../contract/primitives'
import { z } from '../../../contract/zod'
import { orderingRights } from '../../../domain/company'

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

/** The shop's address without `/api`, as it is stored and compared: no trailing slash, no query. */
const shopUrlSchema = z
  .string()
  .max(500)
  .transform((text, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    let url: URL
    try {
      url = new URL(text.trim())
    } catch {
      return refuse("must be the shop's address, such as https://shop.example")
    }
    if (url.username || url.password) return refuse('must not hold a user name, password or key')
    if (url.search || url.hash) return refuse('must not hold a query or a fragment')
    const isLoopback = loopbackHosts.includes(url.hostname)
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
      return refuse('must begin with https://, as the key travels with every request')
    }
    return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/api$/, '')
  })

const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum)

/** How one shop is reached and how what it holds is called in Kontor. Parsed where settings come in. */
export const prestashopOptionsSchema = z.object({
  url: shopUrlSchema,
  /** The webservice key; it needs the right to read and no other. */
  key: z.string().regex(/^[\w-]{32}$/, 'must be the 32 characters of a webservice key'),
  /** Which shop of a multi-shop installation; needed only where there are several. */
  shop: whole(1, 1_000_000).optional(),
  /** ISO 639 code of the shop language that fills Kontor's Swedish texts; `sv`, else the shop's own. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'a language code of two letters')
    .optional(),
  /** ISO 3166 code of the country whose VAT rates count; the shop's default country. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country code of two letters')
    .optional(),
  /** Begins every key that is made from the shop's own numbers, so that two shops do not collide. */
  keyPrefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,15}$/)
    .default('ps'),
  /** What prices and balances name as where they come from. */
  source: z.string().min(1).max(60).default('prestashop'),
  warehouse: z
    .object({ id: keySchema.default('webshop'), name: z.string().min(1).max(200).optional() })
    .prefault({}),
  /** PrestaShop knows no ordering rights: group number → right. Groups not named here get `lists`. */
  orderingRights: z.record(z.string().regex(/^\d+$/), z.enum(orderingRights)).default({}),
  /** PrestaShop knows no sales unit. */
  unit: z.string().min(1).max(20).default('st'),
  /** Lead time of articles the shop takes orders for without stock; null says nothing about it. */
  backorderLeadTimeDays: whole(0, 3650).nullable().default(null),
  /** False where another system is master of the prices: list prices still come, specific ones do not. */
  readSpecificPrices: z.boolean().default(true),
  /** Passes for changes tell that balances and prices still stand at least this often. */
  refreshMinutes: whole(0, 10_080).default(60),
  pageSize: whole(1, 1000).default(250),
  timeoutMs: whole(100, 600_000).default(30_000),
  /** How often a read is tried again after a lost connection, a 429 or a 5xx. */
  retries: whole(0, 10).default(4),
  retryDelayMs: whole(0, 60_000).default(500),
  requestsPerSecond: z.number().positive().max(1000).default(10),
})
export type PrestaShopOptions = z.output<typeof prestashopOptionsSchema>
export type PrestaShopOptionsInput = z.input<typeof prestashopOptionsSchema>
