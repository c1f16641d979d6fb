import { access, mkdir, readFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { hashPassword } from './access/passwords'
import { insertUser } from './access/users'
import { findKey, type AnchorSettings } from './audit/anchor'
import { auditOptions, auditUsage, readAuditArguments, type ExportCommand } from './audit/arguments'
import { eraseEntries, type ErasureCommand } from './audit/erase-many'
import { exportToFile } from './audit/export/to-file'
import { verifyDatabase } from './audit/verify-database'
import { verifyExportFile } from './audit/verify-export-file'
import { backupOptions, backupUsage, readBackupArguments } from './backup/arguments'
import { runBackupCommand } from './backup/command-line'
import { passOverPrestaShop } from './connectors/prestashop-pass'
import { prestashopOptionsSchema } from './connectors/prestashop/options'
import type { PassMode } from './connectors/prestashop/report'
import { createGateway, GatewayStartError, type Gateway } from './create-gateway'
import { readDatabaseAddress } from './database-address'
import { inTransaction } from './database/transaction'
import { demoDataFolder, startDemo } from './demo'
import { endProcess } from './end-process'
import type { TlsFiles } from './http/tls'
import { createLog } from './log'
import { redactedFailure } from './log-redaction'
import { mailOptions, mailUsage, readMailArguments } from './mail/settings'
import { addShop } from './storefront/manage-shops'
import { changeShop, type ShopChange } from './storefront/shop-change'
import { readTrustProxy, withTrustProxyValue } from './trust-proxy'

const usage = `Usage: npm run gateway -- [options]

  --port N               port to listen on (default 4100; 0 takes any free one)
  --host ADDRESS         address to listen on (default 127.0.0.1)
  --database-url URL     a PostgreSQL server, without a password; see --database-url-file, DATABASE_URL,
                         PGPASSWORD and PGPASSFILE for that. Without a server an embedded one is used
  --database-url-file FILE
                         the same in a file, where a password may stand in it; also DATABASE_URL
  --data-dir DIR         where the embedded database lives
  --trust-proxy [N]      believe X-Forwarded-For of N proxies in front (1 without a number)
  --tls-cert FILE        serve TLS with this certificate (PEM, with those between it and its root)
  --tls-key FILE         and its private key (PEM). Both are read again when they change
  --drain-delay SECONDS  on SIGTERM, say so on /readyz for so long before closing (default 0)
  --demo                 load the demo seller into an empty database
  --create-admin NAME    add an admin, print the password made for it, and end
  --add-shop ID          add a webshop, print the secret made for it, and end
  --change-shop ID       change a webshop by what follows, say what is now so, and end
  --push-url URL         with --add-shop or --change-shop: where the shop is told of changes
  --no-push              with --change-shop: tell it nowhere
  --disable, --enable    with --change-shop: keep the shop out, or let it in again
  --availability, --no-availability
                         with --change-shop: tell it when what can be delivered changes, or not
  --rotate-secret        with --change-shop: a new secret; the old one is good for another day
  --at-once              with --rotate-secret: the old one is worth nothing from now on
  --read-prestashop FILE read a PrestaShop once, with the options in FILE (JSON), and end
  --full                 with --read-prestashop: all of it, not only what changed
${mailUsage}
${backupUsage}
${auditUsage}
  --help                 this text
`

async function main(): Promise<void> {
  const { values } = parse()
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const port = Number(values.port ?? 4100)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail('usage', `“${values.port}” is not a port.`)
  const address = await readDatabaseAddress({
    argument: values['database-url'],
    file: values['database-url-file'],
    environment: process.env['DATABASE_URL'],
  })
  if (!address.ok) fail('usage', address.message)
  const databaseUrl = address.url
  const tls = readTlsFiles(values['tls-cert'], values['tls-key'])
  const drainDelay = Number(values['drain-delay'] ?? 0)
  if (!(drainDelay >= 0 && drainDelay <= 600))
    fail('usage', `“${values['drain-delay']}” is no delay: it is from 0 to 600 seconds.`)
  const trustProxy = readTrustProxy(values['trust-proxy'])
  if (trustProxy === null)
    fail('usage', `“${values['trust-proxy']}” is no number of proxies: it is from 0 to 9.`)
  const changedShop = values['change-shop']
  const shopChange = readShopChange(values)
  const isOfGateway = [
    values['create-admin'],
    values['add-shop'],
    changedShop,
    values['read-prestashop'],
  ].some((value) => value !== undefined)
  const backups = readBackupArguments(values, {
    isServer: databaseUrl !== undefined,
    isOtherTask: isOfGateway || values.demo === true,
  })
  if (!backups.ok) fail('usage', backups.message)
  const audit = readAuditArguments(values, {
    environmentKey: process.env['KONTOR_AUDIT_KEY'],
    isServer: databaseUrl !== undefined,
    isOtherTask: isOfGateway || values.demo === true || backups.command !== null,
    isRestore: backups.command !== null && backups.command.kind !== 'backup',
  })
  if (!audit.ok) fail('usage', audit.message)
  const mail = await readMailArguments(values, process.env['KONTOR_SMTP_URL'])
  if (!mail.ok) fail('usage', mail.message)
  const dataDir = values['data-dir'] ?? (values.demo ? demoDataFolder() : undefined)
  const isCheckOnly = audit.verify !== null || audit.verifyExport !== null
  if (dataDir !== undefined && backups.command === null && !isCheckOnly)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })

  const log = createLog({ level: process.env['KONTOR_LOG_LEVEL'] ?? 'info' })
  if (backups.command !== null) {
    const backupDir = backups.settings.folder
    const { file: _file, ...anchorKey } = audit.settings
    const place = { databaseUrl, dataDir, backupDir, anchors: audit.anchors, anchorKey, log }
    const done = await runBackupCommand(backups.command, place)
    if (!done.ok) fail(done.error.code, done.error.message)
    return say(done.said)
  }
  const database = {
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(dataDir === undefined ? {} : { dataDir }),
  }
  if (audit.verify !== null) {
    const { file: _file, ...key } = audit.settings
    const report = await verifyDatabase({ ...database, ...key, anchors: audit.verify }, log)
    if (!report.ok) process.exitCode = 1
    return say(report)
  }
  if (audit.verifyExport !== null) {
    const { file: _file, ...key } = audit.settings
    const choice = { ...key, anchors: audit.anchors, dataDir }
    const report = await verifyExportFile(audit.verifyExport, choice, log)
    if (!report.ok) process.exitCode = 1
    return say(report)
  }
  const { erase, export: exporting } = audit
  const oneShot = isOfGateway || erase !== null || exporting !== null
  if (erase !== null && audit.settings.file !== undefined) await insistOnAnchor(audit.settings.file)
  const gateway = await createGateway({
    port: oneShot ? 0 : port,
    trustProxy,
    drainDelayMs: oneShot ? 0 : drainDelay * 1_000,
    ...(tls === undefined || oneShot ? {} : { tls }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...database,
    audit: audit.settings,
    backups: backups.settings,
    ...(mail.settings === null || oneShot ? {} : { mail: mail.settings }),
    log,
  })
  if (values['create-admin'] !== undefined)
    return oneThing(gateway, () => createAdmin(gateway, values['create-admin'] ?? ''))
  if (values['add-shop'] !== undefined) {
    return oneThing(gateway, () =>
      newShop(gateway, values['add-shop'] ?? '', values['push-url'] ?? null),
    )
  }
  if (changedShop !== undefined) {
    return oneThing(gateway, () => alterShop(gateway, changedShop, shopChange))
  }
  if (erase !== null) {
    const folder = databaseUrl === undefined ? dataDir : undefined
    return oneThing(gateway, () => eraseAudit(gateway, erase, audit.settings, folder))
  }
  if (exporting !== null) return oneThing(gateway, () => exportAudit(gateway, exporting))
  const shopFile = values['read-prestashop']
  if (shopFile !== undefined) {
    const mode = values.full ? 'full' : 'changes'
    return oneThing(gateway, () => readShop(gateway, shopFile, mode))
  }
  closeInOrder(gateway)
  const demo = values.demo ? await startDemo(gateway, dataDir ?? null) : null
  say({ listening: gateway.url, pid: process.pid, ...(demo ? { demo } : {}) })
}

function parse() {
  try {
    return parseArgs({
      args: [...withTrustProxyValue(process.argv.slice(2))],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'database-url': { type: 'string' },
        'database-url-file': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'drain-delay': { type: 'string' },
        'data-dir': { type: 'string' },
        demo: { type: 'boolean' },
        'create-admin': { type: 'string' },
        'add-shop': { type: 'string' },
        'change-shop': { type: 'string' },
        'push-url': { type: 'string' },
        'no-push': { type: 'boolean' },
        disable: { type: 'boolean' },
        enable: { type: 'boolean' },
        availability: { type: 'boolean' },
        'no-availability': { type: 'boolean' },
        'rotate-secret': { type: 'boolean' },
        'at-once': { type: 'boolean' },
        'trust-proxy': { type: 'string' },
        'read-prestashop': { type: 'string' },
        full: { type: 'boolean' },
        ...mailOptions,
        ...backupOptions,
        ...auditOptions,
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    return fail('usage', `${(error as Error).message}\n\n${usage}`)
  }
}

function readTlsFiles(cert: string | undefined, key: string | undefined): TlsFiles | undefined {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    fail('usage', 'TLS takes both a certificate and its key: --tls-cert FILE --tls-key FILE.')
  return { cert, key }
}

async function createAdmin(gateway: Gateway, username: string) {
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(username)) {
    fail(
      'usage',
      `“${username}” cannot be a username: two to forty of a–z, 0–9, dot, dash and underscore.`,
    )
  }
  const password = randomBytes(15).toString('base64url')
  const passwordHash = await hashPassword(password)
  const id = await inTransaction(gateway.context.db, (tx) =>
    insertUser(tx, {
      username,
      displayName: username,
      passwordHash,
      roles: ['admin'],
      team: null,
      approvalLimit: null,
    }),
  )
  if (id === null) fail('username_taken', `There is already a user “${username}”.`)
  return { created: username, password }
}

async function newShop(gateway: Gateway, id: string, pushUrl: string | null) {
  const added = await addShop(gateway.context.db, { id, name: id, pushUrl })
  if (!added.ok) fail(added.error.code, added.error.message)
  return { shop: id, secret: added.secret }
}

/** What is to be changed of a shop. Options that make no sense together are told before anything is done. */
function readShopChange(values: ReturnType<typeof parse>['values']): ShopChange {
  const { disable, enable, availability } = values
  const noAvailability = values['no-availability']
  const [pushUrl, noPush] = [values['push-url'], values['no-push']]
  const [rotate, atOnce] = [values['rotate-secret'], values['at-once']]
  const change: ShopChange = {
    ...(disable && { status: 'disabled' }),
    ...(enable && { status: 'active' }),
    ...(pushUrl !== undefined && { pushUrl }),
    ...(noPush && { pushUrl: null }),
    ...(availability && { availability: true }),
    ...(noAvailability && { availability: false }),
    ...(rotate && { rotate: atOnce ? 'at_once' : 'in_a_day' }),
  }
  const isChanging = values['change-shop'] !== undefined
  const others = [disable, enable, noPush, availability, noAvailability, rotate, atOnce]
  if (!isChanging && others.some((value) => value !== undefined))
    fail('usage', 'Say which shop, with --change-shop ID.')
  if (!isChanging && pushUrl !== undefined && values['add-shop'] === undefined)
    fail('usage', 'A --push-url is a shop’s: say which, with --add-shop ID or --change-shop ID.')
  if (disable && enable) fail('usage', 'A shop is either disabled or enabled.')
  if (availability && noAvailability)
    fail('usage', 'It is either --availability or --no-availability.')
  if (noPush && pushUrl !== undefined) fail('usage', 'It is either --push-url or --no-push.')
  if (atOnce && !rotate) fail('usage', '--at-once goes with --rotate-secret.')
  if (isChanging && Object.keys(change).length === 0)
    fail('usage', `Say what is to be changed of the shop.\n\n${usage}`)
  return change
}

async function alterShop(gateway: Gateway, id: string, change: ShopChange) {
  const { db, now } = gateway.context
  const made = await changeShop(db, id, change, now())
  if (!made.ok) fail(made.error.code, made.error.message)
  return made.said
}

/** One pass over the shop whose options lie in a file, so that its key is on no command line. */
async function readShop(gateway: Gateway, file: string, mode: PassMode) {
  let text: unknown
  try {
    text = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    // The words of JSON's own error repeat what stands there, and there is a key among it.
    const reason = (error as NodeJS.ErrnoException).code ?? 'it is not well-formed'
    fail('usage', `${file} cannot be read as JSON: ${reason}.`)
  }
  const options = prestashopOptionsSchema.safeParse(text)
  if (!options.success) {
    const [first] = options.error.issues
    fail('usage', `${file}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'is not right'}`)
  }
  const reading = await passOverPrestaShop(gateway.context, options.data, mode)
  if (!reading.ok) fail(reading.error.code, `${reading.error.message} ${reading.error.advice}`)
  const { links, ...report } = reading.report
  return { read: options.data.url, ...report, links: links.length }
}

/** A gateway would begin a new anchor, with whatever key; no check would take that for a proof later. */
async function insistOnAnchor(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (!isThere)
    fail('no_anchor', `There is no anchor ${file}: name the one that the gateway writes to.`)
}

/** The gateway has opened the anchor, so that the key is the anchor's; closing it seals the erasures. */
async function eraseAudit(
  gateway: Gateway,
  command: ErasureCommand,
  settings: AnchorSettings,
  dataDir: string | undefined,
) {
  const { db, log } = gateway.context
  const key = await findKey(settings, dataDir, log)
  if (key === null) fail('audit_key_missing', 'An erasure is proven with the anchor’s key.')
  const erased = await eraseEntries(db, command, key)
  if (!erased.ok) fail(erased.error.code, erased.error.message)
  return erased.value
}

async function exportAudit(gateway: Gateway, { file, wanted }: ExportCommand) {
  const exported = await exportToFile(gateway.context, wanted, file)
  if (!exported.ok) fail(exported.error.code, exported.error.message)
  return exported.value
}

async function oneThing(gateway: Gateway, work: () => Promise<object>): Promise<void> {
  try {
    say(await work())
  } finally {
    await gateway.close()
  }
}

/** End in order when told to. */
function closeInOrder(gateway: Gateway): void {
  // A second signal cuts the delay before closing short.
  const close = () => {
    gateway.close().then(
      () => void endProcess(0),
      () => void endProcess(1),
    )
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  // Without a certificate there is nothing to read again, and a terminal that is closed ends it.
  if (gateway.url.startsWith('https:')) process.on('SIGHUP', () => void gateway.reload())
}

/** One JSON line on standard output: the only thing programs need to read. */
function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function fail(code: string, message: string): never {
  process.stderr.write(`${message}\n`)
  process.stderr.write(`${JSON.stringify({ failed: code })}\n`)
  process.exit(code === 'usage' ? 2 : 1)
}

main().catch((error: unknown) => {
  if (error instanceof GatewayStartError) fail(error.code, error.message)
  process.stderr.write(`${redactedFailure(error)}\n`)
  process.exit(1)
})
