/**
 * The one door to zod. It compiles schemas with `eval` unless told otherwise, which the console's
 * content-security policy forbids, so that is switched off before the first schema is made.
 */
import { z } from 'zod'

z.config({ jitless: true })

export { z }
