import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, startTestGateway } from '../../support/gateway'

test('the oldest socket of a session goes when there are too many, and no other session’s', async () => {
  const gateway = await startTestGateway()
  try {
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    const [token, other] = [await signInAs(gateway, 'karin'), await signInAs(gateway, 'karin')]
    const bystander = await ConsoleClient.open(gateway.url, other)
    const clients: ConsoleClient[] = []
    const open = async () => clients.push(await ConsoleClient.open(gateway.url, token))
    for (let index = 0; index < 16; index += 1) await open()
    // One that left makes room.
    clients[3]?.close()
    await expect
      .poll(async () =>
        (await (await fetch(`${gateway.url}/metrics`)).text()).includes('kontor_consoles 16'),
      )
      .toBe(true)
    await open()
    expect(clients.every(({ goodbye }) => goodbye === null)).toBe(true)
    await open()
    await clients[0]?.until('the goodbye', () => clients[0]?.goodbye === 'too_many_sockets')
    await clients[0]?.until('the end', () => clients[0]?.socket.disconnected)
    expect(clients.slice(1).every(({ goodbye }) => goodbye === null)).toBe(true)
    expect([clients.at(-1)?.socket.connected, bystander.socket.connected]).toEqual([true, true])
    for (const client of [...clients, bystander]) client.close()
  } finally {
    await gateway.close()
  }
})

test('who waits for each answer is never too quick, and who does not wait is slowed down alone', async () => {
  const gateway = await startTestGateway()
  try {
    await addUser(gateway, { username: 'karin', roles: ['approver'] })
    const token = await signInAs(gateway, 'karin')
    const [patient, impatient] = [
      await ConsoleClient.open(gateway.url, token),
      await ConsoleClient.open(gateway.url, token),
    ]
    const mark = (client: ConsoleClient) =>
      client
        .command('requisition.mark_read', randomUUID(), null, { revision: 1 })
        .then((answer) => (answer.ok ? 'ok' : answer.error.code))
    const one: string[] = []
    for (let count = 0; count < 240; count += 1) one.push(await mark(patient))
    expect(new Set(one)).toEqual(new Set(['not_found']))

    // What is no command is refused without the database, so that all of them are judged at once.
    const flood = await Promise.all(Array.from({ length: 2_000 }, () => impatient.send({})))
    const codes = flood.map((answer) => (answer.ok ? 'ok' : answer.error.code))
    expect(new Set(codes)).toEqual(new Set(['malformed', 'too_many_requests']))
    expect(codes.filter((code) => code === 'malformed').length).toBeGreaterThanOrEqual(250)
    expect(await mark(patient)).toBe('not_found')
    for (const client of [patient, impatient]) client.close()
  } finally {
    await gateway.close()
  }
})
