import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { createGatewayHttp } from '../../../../main/session/gateway-http'
import { anna, FakeGateway } from '../../../fakes/console-gateway'
import { selfSigned } from '../../../support/self-signed'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const http = (within = 5_000) => createGatewayHttp({ fetch, within })
const credentials = { username: 'anna', password: 'anna-password-1' }

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  onTestFinished(() => server.closeAllConnections())
  return `http://127.0.0.1:${await listen(server)}`
}

async function signInReason(origin: string, within?: number) {
  const outcome = await http(within).signIn(origin, credentials)
  return outcome.ok ? 'signed in' : [outcome.error.code, outcome.error.details['reason']]
}

describe('signing in', () => {
  it('gives the session', async () => {
    const gateway = await FakeGateway.start()
    onTestFinished(() => gateway.stop())
    const outcome = await http().signIn(gateway.url, credentials)
    expect(outcome).toMatchObject({ ok: true, value: { user: anna } })
    expect(gateway.tokens.has(outcome.ok ? outcome.value.token : '')).toBe(true)
  })

  it('passes on why the gateway refused', async () => {
    const gateway = await FakeGateway.start()
    onTestFinished(() => gateway.stop())
    expect(await http().signIn(gateway.url, { ...credentials, password: 'wrong' })).toEqual({
      ok: false,
      error: { code: 'wrong_credentials', message: 'Wrong name or password.', details: {} },
    })
  })

  it('keeps what a problem document says to the program', async () => {
    const origin = await serve((_request, response) => {
      const problem = {
        code: 'too_many_requests',
        detail: 'Wait.',
        details: { retryAfterSeconds: 30 },
      }
      response
        .writeHead(429, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify(problem))
    })
    expect(await http().signIn(origin, credentials)).toEqual({
      ok: false,
      error: { code: 'too_many_requests', message: 'Wait.', details: { retryAfterSeconds: 30 } },
    })
  })

  it.each([
    ['a web page', 200, '<html></html>', 'not_a_gateway'],
    ['another service', 404, '{"error":"not found"}', 'not_a_gateway'],
    ['an unknown code', 400, '{"code":"odd"}', 'not_a_gateway'],
    ['a session without a token', 201, '{"user":{}}', 'not_a_gateway'],
    ['an endless page', 201, 'x'.repeat(1_000_000), 'not_a_gateway'],
    ['a proxy in front of nothing', 502, '<html></html>', 'unreachable'],
  ])('is not fooled by %s', async (_what, status, body, reason) => {
    const origin = await serve((_request, response) => response.writeHead(status).end(body))
    expect(await signInReason(origin)).toEqual(['unavailable', reason])
  })

  it('follows no redirection: the password goes nowhere else', async () => {
    let isReached = false
    const elsewhere = await serve((_request, response) => {
      isReached = true
      response.end()
    })
    const origin = await serve((_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/api/session` }).end(),
    )
    expect(await signInReason(origin)).toEqual(['unavailable', 'redirected'])
    expect(isReached).toBe(false)
  })

  it('says when nobody listens', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await signInReason(`http://127.0.0.1:${port}`)).toEqual(['unavailable', 'unreachable'])
  })

  it('says when there is no such host', async () => {
    expect(await signInReason('https://kontor.invalid')).toEqual(['unavailable', 'unknown_host'])
  })

  it('says when nothing comes in time, also in the middle of an answer', async () => {
    const silent = createTcpServer((socket) => onTestFinished(() => void socket.destroy()))
    expect(await signInReason(`http://127.0.0.1:${await listen(silent)}`, 50)).toEqual([
      'unavailable',
      'timeout',
    ])
    const half = await serve((_request, response) => {
      response.writeHead(201).write('{"token":')
    })
    expect(await signInReason(half, 50)).toEqual(['unavailable', 'timeout'])
  })

  it.runIf(selfSigned !== null)('says when the certificate is nobody’s', async () => {
    const server = createTlsServer(selfSigned ?? {}, (_request, response) => response.end())
    const port = await listen(server)
    expect(await signInReason(`https://127.0.0.1:${port}`)).toEqual(['unavailable', 'certificate'])
  })

  it('says when the other end speaks no TLS', async () => {
    const origin = await serve((_request, response) => response.end())
    const outcome = await signInReason(origin.replace('http:', 'https:'))
    expect(outcome).toEqual(['unavailable', 'unencrypted'])
  })

  it('says when the line breaks in between', async () => {
    const server = createTcpServer((socket) => void socket.destroy())
    const port = await listen(server)
    // The server is there, as a plain connection shows.
    await new Promise<void>((resolve) => connect(port, '127.0.0.1').on('close', () => resolve()))
    expect(await signInReason(`http://127.0.0.1:${port}`)).toEqual(['unavailable', 'unreachable'])
  })
})

describe('signing out', () => {
  it('ends the session at the gateway', async () => {
    const gateway = await FakeGateway.start()
    onTestFinished(() => gateway.stop())
    const token = gateway.token(anna)
    expect(await http().signOut(gateway.url, token)).toEqual({ ok: true, value: null })
    expect(gateway.signOuts.items).toEqual([token])
  })

  it('takes a session that is gone for ended', async () => {
    const origin = await serve((_request, response) => response.writeHead(401).end())
    expect(await http().signOut(origin, 'x')).toEqual({ ok: true, value: null })
  })
})
