import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createMetrics } from '../../../gateway/metrics'
import { runCommandLine } from '../../support/command-line'

const example = (name: string) => readFile(join('docs/examples', name), 'utf8')

/** Options of the command line, as its own help has them. */
async function knownOptions(): Promise<ReadonlySet<string>> {
  const { stdout } = await runCommandLine(['--help'])
  return new Set(stdout.match(/--[a-z][a-z-]*/g))
}

interface Panel {
  readonly title: string
  readonly gridPos: {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  }
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
}

/** What a query names: metrics, and for each the labels it goes by or is told apart by. */
function namesIn(expr: string) {
  const metrics = [...expr.matchAll(/\b(kontor_\w+)(?:\{([^}]*)\})?/g)].map((found) => ({
    name: found[1] ?? '',
    labels: [...(found[2] ?? '').matchAll(/(\w+)=~?"/g)].map(([, label]) => label ?? ''),
  }))
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) =>
    (list ?? '').split(',').map((label) => label.trim()),
  )
  return { metrics, groups }
}

test('every query of the Grafana board asks for figures that a gateway gives, by labels they have', async () => {
  const board = JSON.parse(await example('grafana-kontor.json')) as {
    readonly panels: readonly Panel[]
    readonly templating: { readonly list: readonly { readonly query: string }[] }
  }
  const { registry } = createMetrics({ pools: {}, isReady: () => true })
  const given = new Map<string, ReadonlySet<string>>()
  for (const metric of registry.getMetricsAsArray()) {
    const { name, labelNames } = metric as unknown as { name: string; labelNames: string[] }
    // Prometheus adds where it asked.
    const labels = new Set([...labelNames, 'instance'])
    const isHistogram = 'buckets' in metric
    given.set(name, labels)
    if (!isHistogram) continue
    for (const part of ['_sum', '_count']) given.set(name + part, labels)
    given.set(`${name}_bucket`, new Set([...labels, 'le']))
  }
  const queries = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  expect(queries.length).toBeGreaterThan(20)
  for (const expr of queries) {
    const { metrics, groups } = namesIn(expr)
    expect(metrics, expr).not.toEqual([])
    for (const { name, labels } of metrics) {
      expect([...given.keys()], expr).toContain(name)
      for (const label of [...labels, ...groups])
        expect([...(given.get(name) ?? [])], expr).toContain(label)
    }
  }
  const [, instances] = board.templating.list
  expect(given.has(/label_values\((\w+),/.exec(String(instances?.query))?.[1] ?? '')).toBe(true)
  // What a gateway gives of its own is all on the board.
  const shown = queries.join('\n')
  const own = [...given.keys()].filter(
    (name) => !/_(sum|count|bucket)$/.test(name) && !/^kontor_(process|nodejs)_/.test(name),
  )
  expect(
    own.filter((name) => !shown.includes(name) && name !== 'kontor_audit_sealed_entries'),
  ).toEqual([])
  // No panel lies on another.
  const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
})

test('the compose file runs two gateways behind a proxy, with options that there are', async () => {
  const compose = parse(await example('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<
      Record<
        string,
        {
          readonly command?: readonly string[]
          readonly secrets?: readonly string[]
          readonly healthcheck?: { readonly test: readonly string[] }
        }
      >
    >
    readonly secrets: Readonly<Record<string, { readonly file: string }>>
  }
  const options = await knownOptions()
  const gateways = Object.entries(compose.services).filter(([name]) => name.startsWith('gateway-'))
  expect(gateways).toHaveLength(2)
  for (const [, { command = [], secrets = [] }] of gateways) {
    const used = command.filter((word) => word.startsWith('--'))
    expect(used.filter((option) => !options.has(option))).toEqual([])
    for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret)
    const urlFile = command[command.indexOf('--database-url-file') + 1]
    expect(urlFile).toBe('/run/secrets/database-url')
  }
  // A colon and a space make a mapping of what was meant for a word, and Docker refuses the file.
  for (const [name, { command = [], healthcheck }] of Object.entries(compose.services)) {
    for (const word of [...command, ...(healthcheck?.test ?? [])])
      expect(typeof word, `${name}: ${JSON.stringify(word)}`).toBe('string')
  }
  // The proxy knows them by the same names, and Prometheus asks them directly.
  const proxy = await example('Caddyfile')
  const prometheus = JSON.stringify(parse(await example('prometheus.yaml')))
  for (const [name] of gateways) {
    expect(proxy).toContain(`${name}:4100`)
    expect(prometheus).toContain(`${name}:4100`)
  }
  // No secret stands in any of them.
  const all = (await Promise.all(['compose.yaml', 'Caddyfile', 'Dockerfile'].map(example))).join('')
  expect(all).not.toMatch(/postgres:\/\/\w+:\w+@/)
})

test('a gateway’s health is asked for as compose.yaml says, by its readiness', async () => {
  const compose = parse(await example('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<
      Record<string, { readonly healthcheck: { readonly test: readonly string[] } }>
    >
  }
  const [kind, program, ...args] = compose.services['gateway-1']?.healthcheck.test ?? []
  expect([kind, program]).toEqual(['CMD', 'node'])
  for (const status of [200, 503]) {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/readyz' ? status : 404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const asked = args.map((arg) => arg.replace('127.0.0.1:4100', `127.0.0.1:${port}`))
    const code = await promisify(execFile)(process.execPath, asked).then(
      () => 0,
      (error: { code: number }) => error.code,
    )
    expect([status, code]).toEqual([status, status === 200 ? 0 : 1])
    server.closeAllConnections()
    server.close()
  }
})

test('the secrets that compose.yaml reads get neither into Git nor into the image', async () => {
  const compose = parse(await example('compose.yaml')) as {
    readonly secrets: Readonly<Record<string, { readonly file: string }>>
  }
  const files = Object.values(compose.secrets).map(({ file }) => join('docs/examples', file))
  expect(files.length).toBeGreaterThan(0)
  for (const list of ['.gitignore', '.dockerignore']) {
    const leftOut = (await readFile(list, 'utf8')).split('\n')
    for (const file of files) expect(leftOut, list).toContain(`${dirname(file)}/`)
  }
})

const hasSystemd = (() => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test('the systemd unit names options that there are', async () => {
  const unit = await example('kontor-gateway.service')
  const [command = ''] = /ExecStart=(?:.*\\\n)*.*/.exec(unit) ?? []
  const used = command.match(/--[a-z][a-z-]*/g) ?? []
  expect(used).toContain('--database-url-file')
  const options = await knownOptions()
  expect(used.filter((option) => !options.has(option))).toEqual([])
  // What it hands over it also uses.
  for (const [, name] of unit.matchAll(/^LoadCredential=([\w-]+):/gm))
    expect(command).toContain(`%d/${name}`)
})

test.runIf(hasSystemd)('the systemd unit is one by systemd’s own judgement', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-unit-'))
  try {
    const unit = await example('kontor-gateway.service')
    const file = join(folder, 'kontor-gateway.service')
    // The program must be there to be judged.
    await writeFile(file, unit.replace('/usr/bin/node', process.execPath))
    const judged = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', file])
    const about = `${judged.stdout}${judged.stderr}`
      .split('\n')
      .filter((line) => line.includes('kontor-gateway'))
    expect(about).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
