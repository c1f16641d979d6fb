import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { generateDemo } from '../../../../demo/seller/generate-demo'
import { exitCodes, runShop } from '../../../../demo/shop/run'
import { temporaryFolder } from '../../../support/temporary-folder'
import { loadDemo, takeInEvent } from '../seller/loaded-demo'
import { openShopGateway, secret } from './shop-gateway'

// Every run opens the seller anew, on machines that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

/** Runs the command line as a person would, and keeps what it said. */
async function shop(folder: string, line: string, demos: readonly string[] = [folder]) {
  const printed: Record<string, unknown>[] = []
  const complaints: string[] = []
  const code = await runShop(line.split(' '), {
    folder,
    demos,
    now: () => new Date(),
    print: (text) => printed.push(JSON.parse(text) as Record<string, unknown>),
    complain: (text) => complaints.push(text),
  })
  return { code, printed, complaints: complaints.join('\n') }
}

async function runningDemo(behaviour?: Parameters<typeof openShopGateway>[0]) {
  const gateway = await openShopGateway(behaviour)
  const folder = await temporaryFolder()
  const connection = { url: gateway.url, secret }
  await writeFile(join(folder, 'demo-shop.json'), JSON.stringify(connection))
  return { ...gateway, folder }
}

describe('submit', () => {
  it('finds the running demo and sends one document that its gateway would take', async () => {
    const { folder, received } = await runningDemo()
    const { code, printed } = await shop(folder, 'submit')
    expect(code).toBe(exitCodes.ok)
    expect(received).toHaveLength(1)
    const [{ webhookId, event }] = received as [(typeof received)[number]]
    expect(printed).toEqual([
      expect.objectContaining({
        type: event.type,
        id: event.data.id,
        webhookId,
        status: 202,
        requisition: expect.objectContaining({ number: 'K-20418', state: 'submitted' }),
      }),
    ])
  })

  it('draws the same again from a seed, as a document of its own', async () => {
    const { folder, received } = await runningDemo()
    await shop(folder, 'submit --seed 3 --kind proposal --id I-A')
    await shop(folder, 'submit --seed 3 --kind proposal --id I-B')
    const [first, second] = received.map(({ event }) => event.data)
    expect([first?.id, second?.id]).toEqual(['I-A', 'I-B'])
    expect(second?.contact).toBe(first?.contact)
    const articles = (data: typeof first) =>
      data && 'lines' in data ? data.lines.map(({ article, quantity }) => [article, quantity]) : []
    expect(articles(second)).toEqual(articles(first))
    expect(articles(first).length).toBeGreaterThan(0)
  })

  it.each([
    ['list', 'list.sent'],
    ['quote', 'quote.requested'],
    ['proposal', 'requisition.submitted'],
  ])('sends a %s when asked for one', async (kind, type) => {
    const { folder, received } = await runningDemo()
    await shop(folder, `submit --kind ${kind} --seed 5`)
    expect(received.map(({ event }) => event.type)).toEqual([type])
  })

  it('takes address and secret from the command line', async () => {
    const { url, received } = await openShopGateway()
    const folder = await temporaryFolder()
    const file = join(folder, 'secret')
    await writeFile(file, `${secret}\n`)
    expect((await shop(folder, `submit --url ${url} --secret-file ${file}`)).code).toBe(
      exitCodes.ok,
    )
    expect((await shop(folder, `submit --url ${url} --secret ${secret}`)).code).toBe(exitCodes.ok)
    expect(received).toHaveLength(2)
  })
})

describe('the running demo', () => {
  it('is the one that answers, wherever it was begun', async () => {
    const { folder, received } = await runningDemo()
    const before = await temporaryFolder()
    const gone = { url: 'http://127.0.0.1:1', secret }
    await writeFile(join(before, 'demo-shop.json'), JSON.stringify(gone))
    const nothing = await temporaryFolder()
    const { code } = await shop(nothing, 'submit', [nothing, before, folder])
    expect(code).toBe(exitCodes.ok)
    expect(received).toHaveLength(1)
  })

  it('may be named by its file', async () => {
    const { folder, received } = await runningDemo()
    const nothing = await temporaryFolder()
    const file = join(folder, 'demo-shop.json')
    expect((await shop(nothing, `submit --secret-file ${file}`)).code).toBe(exitCodes.ok)
    expect(received).toHaveLength(1)
  })

  it('that is nowhere is told with where it was looked for, and how to name another', async () => {
    const [one, other] = [await temporaryFolder(), await temporaryFolder()]
    const { code, complaints } = await shop(one, 'submit', [one, other])
    expect(code).toBe(exitCodes.noGateway)
    expect(complaints).toContain(join(one, 'demo-shop.json'))
    expect(complaints).toContain(join(other, 'demo-shop.json'))
    expect(complaints).toContain('--secret-file')
  })
})

describe('withdraw', () => {
  it('takes back the last one sent, by someone of its company', async () => {
    const { folder, received } = await runningDemo()
    await shop(folder, 'submit --seed 1')
    await shop(folder, 'submit --seed 2')
    const { code, printed } = await shop(folder, 'withdraw')
    expect(code).toBe(exitCodes.ok)
    expect(received[2]?.event).toMatchObject({
      type: 'requisition.withdrawn',
      data: { id: received[1]?.event.data.id, contact: received[1]?.event.data.contact },
    })
    expect(printed[0]).toMatchObject({ requisition: { state: 'withdrawn' } })
    // And the one before it the next time.
    await shop(folder, 'withdraw')
    expect(received[3]?.event.data.id).toBe(received[0]?.event.data.id)
  })

  it('takes back a named one, also one that was there from the beginning', async () => {
    const { folder, received } = await runningDemo()
    await shop(folder, 'submit --seed 1 --id I-A')
    await shop(folder, 'submit --seed 2 --id I-B')
    await shop(folder, 'withdraw --id I-A')
    expect(received[2]?.event.data).toMatchObject({
      id: 'I-A',
      contact: received[0]?.event.data.contact,
    })
    const first = generateDemo({ seed: 1, today: new Date().toISOString().slice(0, 10) }).events[0]!
      .event
    await shop(folder, `withdraw --id ${first.data.id}`)
    expect(received[3]?.event.data).toMatchObject({
      id: first.data.id,
      contact: first.data.contact,
    })
  })

  it('says so when there is nothing left to take back', async () => {
    const { folder, received } = await runningDemo()
    await shop(folder, 'submit --seed 1 --id I-A')
    await shop(folder, 'withdraw')
    const again = await shop(folder, 'withdraw --id I-A')
    expect(again).toMatchObject({ code: exitCodes.refused, printed: [] })
    expect(again.complaints).toBe('"I-A" has been withdrawn already.')
    expect((await shop(folder, 'withdraw')).complaints).toContain('has been withdrawn')
    expect(received).toHaveLength(2)
  })

  it('says what it lacks', async () => {
    const { folder, received } = await runningDemo()
    const nothing = await shop(folder, 'withdraw')
    expect(nothing).toMatchObject({ code: exitCodes.misunderstood, printed: [] })
    expect(nothing.complaints).toContain('--id')
    const unknown = await shop(folder, 'withdraw --id I-X')
    expect(unknown.complaints).toContain('--contact')
    const stranger = await shop(folder, 'withdraw --id I-X --contact nobody')
    expect(stranger.complaints).toContain('nobody')
    expect(received).toEqual([])
    expect((await shop(folder, 'withdraw --id I-X --contact 10001-A')).code).toBe(exitCodes.ok)
  })
})

describe('stream', () => {
  it('sends as many as asked for, different ones that the rules of intake take', async () => {
    const { folder, received } = await runningDemo()
    const { code, printed } = await shop(folder, 'stream --count 25 --every 0 --seed 4')
    expect(code).toBe(exitCodes.ok)
    expect(printed).toHaveLength(25)
    expect(new Set(received.map(({ event }) => event.data.id)).size).toBe(25)
    const now = new Date().toISOString()
    const loaded = loadDemo(generateDemo({ seed: 1, today: now.slice(0, 10) }))
    for (const { webhookId, sent } of received) {
      expect(() => takeInEvent(loaded, { id: webhookId, event: sent }, now)).not.toThrow()
    }
  })

  it('goes on after a refusal and ends by saying that there was one', async () => {
    let count = 0
    const { folder, received } = await runningDemo({
      refuse: () => (++count === 2 ? { status: 500, body: 'out of order' } : null),
    })
    const { code, printed, complaints } = await shop(folder, 'stream --count 3 --every 0')
    expect(code).toBe(exitCodes.refused)
    expect(printed).toHaveLength(2)
    expect(received).toHaveLength(2)
    expect(complaints).toContain('500')
  })
})

describe('what can be wrong', () => {
  it('no demo is running', async () => {
    const { code, complaints } = await shop(await temporaryFolder(), 'submit')
    expect(code).toBe(exitCodes.noGateway)
    expect(complaints).toContain('npm start')
  })

  it('what the demo left is not what it should be', async () => {
    const folder = await temporaryFolder()
    for (const text of ['{ "url": ', '{ "url": "http://127.0.0.1:1", "secret": "hush" }']) {
      await writeFile(join(folder, 'demo-shop.json'), text)
      const { code, complaints } = await shop(folder, 'submit')
      expect(code).toBe(exitCodes.noGateway)
      expect(complaints).toContain('demo-shop.json cannot be used')
    }
  })

  it('the gateway is gone, and a stream stops at once', async () => {
    const folder = await temporaryFolder()
    const { code, complaints } = await shop(
      folder,
      `stream --count 5 --every 60 --url http://127.0.0.1:1 --secret ${secret}`,
    )
    expect(code).toBe(exitCodes.noGateway)
    expect(complaints).toContain('No gateway answers at http://127.0.0.1:1')
  })

  it('the secret is another’s', async () => {
    const { folder, received } = await runningDemo()
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    const { code, complaints } = await shop(folder, `submit --secret ${other}`)
    expect(code).toBe(exitCodes.refused)
    expect(complaints).toContain('signature_invalid')
    expect(complaints).toContain('Check the secret')
    expect(received).toEqual([])
  })

  it('the secret or the address is none', async () => {
    const { folder, url } = await runningDemo()
    const secretless = await shop(folder, `submit --url ${url} --secret hush`)
    expect(secretless).toMatchObject({ code: exitCodes.misunderstood })
    expect(secretless.complaints).not.toContain('hush')
    expect(await shop(folder, 'submit --url kontor')).toMatchObject({
      code: exitCodes.misunderstood,
    })
  })

  it('the gateway refuses the document, and says where it is wrong', async () => {
    const errors = [
      { pointer: '/data/lines/0/quantity', code: 'quantity_precision', detail: 'Too fine.' },
    ]
    const problem = {
      type: '/p',
      title: 't',
      status: 422,
      detail: 'Not like this.',
      code: 'quantity_precision',
      errors,
    }
    const { folder } = await runningDemo({
      refuse: () => ({ status: 422, body: JSON.stringify(problem) }),
    })
    const { code, printed, complaints } = await shop(folder, 'submit')
    expect(code).toBe(exitCodes.refused)
    expect(printed).toEqual([])
    expect(complaints).toContain('Refused (422 quantity_precision): Not like this.')
    expect(complaints).toContain('/data/lines/0/quantity: Too fine. [quantity_precision]')
    // What was refused was not sent: there is nothing to withdraw.
    expect((await shop(folder, 'withdraw')).code).toBe(exitCodes.misunderstood)
  })
})
