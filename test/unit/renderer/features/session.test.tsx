import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { SessionState } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { renderDesk, textOf } from '../../../support/renderer/render-desk'

const signedOut = {
  kind: 'signed_out',
  gateway: 'https://kontor.example.se',
  demo: false,
  accounts: [],
  last: null,
  ended: null,
} satisfies SessionState

test('the first run asks one thing, and the demo is one press away', async () => {
  const { user, fake } = await renderDesk({ session: { kind: 'first_run' } })
  await user.click(screen.getByRole('button', { name: /Prova med en påhittad grossist/ }))
  expect(fake.asked.map(({ name }) => name)).toContain('session.tryDemo')
})

test('an address that will not do is answered before anything is sent', async () => {
  const { user, fake } = await renderDesk({ session: { kind: 'first_run' } })
  await user.click(screen.getByRole('button', { name: /Logga in på er gateway/ }))
  await user.type(screen.getByLabelText('Gatewayens adress'), 'http://kontor.example.se')
  await user.type(screen.getByLabelText('Användarnamn'), 'karin')
  await user.type(screen.getByLabelText('Lösenord'), 'hemligt')
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  expect(screen.getByText(/Adressen måste börja med https/)).toBeTruthy()
  expect(fake.asked.map(({ name }) => name)).not.toContain('session.signIn')

  await user.clear(screen.getByLabelText('Gatewayens adress'))
  await user.type(screen.getByLabelText('Gatewayens adress'), 'kontor.example.se')
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  expect(fake.asked.find(({ name }) => name === 'session.signIn')?.argument).toEqual({
    gateway: 'https://kontor.example.se',
    username: 'karin',
    password: 'hemligt',
  })
})

test('a refused sign-in says why, keeps what was typed and goes to the password', async () => {
  const error = refusal('wrong_credentials', 'Wrong')
  const { user } = await renderDesk({
    session: signedOut,
    answers: { 'session.signIn': () => ({ ok: false, error }) },
  })
  await user.type(screen.getByLabelText('Användarnamn'), 'karin')
  await user.type(screen.getByLabelText('Lösenord'), 'fel')
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  const alert = await screen.findByRole('alert')
  expect(textOf(alert).trim()).toBe('Användarnamnet eller lösenordet stämmer inte.')
  expect(screen.getByLabelText<HTMLInputElement>('Användarnamn').value).toBe('karin')
  const password = screen.getByLabelText<HTMLInputElement>('Lösenord')
  await waitFor(() => expect(document.activeElement).toBe(password))
  // What is typed now takes the place of what was wrong.
  await user.keyboard('rätt')
  expect(password.value).toBe('rätt')
})

test('empty fields are pointed out, and the first of them is gone to', async () => {
  const { user, fake } = await renderDesk({ session: signedOut })
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  expect(screen.getByText('Skriv ditt användarnamn.')).toBeTruthy()
  expect(screen.getByText('Skriv ditt lösenord.')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('Användarnamn'))
  expect(fake.asked.map(({ name }) => name)).not.toContain('session.signIn')
})

test('why the last session ended is said', async () => {
  await renderDesk({ session: { ...signedOut, ended: 'revoked' } })
  expect(screen.getByText(/drogs in av en administratör/)).toBeTruthy()
})

test('a demo account signs in with one press', async () => {
  const { user, fake } = await renderDesk({
    session: {
      ...signedOut,
      demo: true,
      gateway: 'http://127.0.0.1:4100',
      accounts: [
        {
          username: 'karin',
          displayName: 'Karin Åberg',
          roles: ['approver'],
          password: 'gjort-för-demo',
        },
      ],
    },
  })
  await user.click(screen.getByRole('button', { name: /Karin Åberg.*Attestant/ }))
  expect(fake.asked.find(({ name }) => name === 'session.signIn')?.argument).toEqual({
    gateway: 'http://127.0.0.1:4100',
    username: 'karin',
    password: 'gjort-för-demo',
  })
})

test('each step of starting is worded, and going on follows by itself', async () => {
  const { tell } = await renderDesk({ session: { kind: 'starting', step: 'database' } })
  expect(screen.getByText('Databasen startas')).toBeTruthy()
  tell('session.changed', { kind: 'starting', step: 'demo_data' })
  expect(screen.getByText('Det tar några sekunder första gången.')).toBeTruthy()
  tell('session.changed', signedOut)
  expect(screen.getByRole('heading', { name: 'Logga in på kontor.example.se' })).toBeTruthy()
})

test('a gateway that could not start leaves a reference and a way on', async () => {
  const { user, fake } = await renderDesk({
    session: {
      kind: 'failed',
      error: refusal('internal', 'The database did not start.'),
      reference: 'K7QM2345',
    },
  })
  expect(screen.getByText('Referens K7QM2345')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Kopiera felreferens' }))
  expect(fake.asked.at(-1)?.argument).toEqual({ text: 'K7QM2345 The database did not start.' })
  await user.click(screen.getByRole('button', { name: 'Försök igen' }))
  expect(fake.asked.at(-1)?.name).toBe('session.tryDemo')
})

test('what is too long is said at its field, and is not sent', async () => {
  const { user, fake } = await renderDesk({ session: { kind: 'first_run' } })
  await user.click(screen.getByRole('button', { name: /Logga in på er gateway/ }))
  const long = 'x'.repeat(10_000)
  for (const label of ['Gatewayens adress', 'Användarnamn', 'Lösenord']) {
    await user.click(screen.getByLabelText(label))
    await user.paste(long)
  }
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  expect(screen.getByText(/Adressen är för lång/)).toBeTruthy()
  expect(screen.getByText('Högst 120 tecken.')).toBeTruthy()
  expect(screen.getByText('Högst 256 tecken.')).toBeTruthy()
  expect(fake.asked.map(({ name }) => name)).not.toContain('session.signIn')
})

test('a request that the bridge itself refuses is said, with a reference', async () => {
  const { user } = await renderDesk({
    session: signedOut,
    answers: { 'session.signIn': () => Promise.reject(new Error('session.signIn was refused')) },
  })
  await user.type(screen.getByLabelText('Användarnamn'), 'karin')
  await user.type(screen.getByLabelText('Lösenord'), 'hemligt{Enter}')
  expect(textOf(await screen.findByRole('alert'))).toMatch(/Det gick inte att skicka.*referens \w+/)
})

test('what was said of one address is not left standing over another', async () => {
  const error = refusal('unavailable', 'No', { reason: 'certificate' })
  const { user } = await renderDesk({
    session: { kind: 'first_run' },
    answers: { 'session.signIn': () => ({ ok: false, error }) },
  })
  await user.click(screen.getByRole('button', { name: /Logga in på er gateway/ }))
  await user.type(screen.getByLabelText('Gatewayens adress'), 'kontor.example.se')
  await user.type(screen.getByLabelText('Användarnamn'), 'karin')
  await user.type(screen.getByLabelText('Lösenord'), 'hemligt{Enter}')
  expect(textOf(await screen.findByRole('alert'))).toContain('certifikat')
  const address = screen.getByLabelText('Gatewayens adress')
  await waitFor(() => expect(document.activeElement).toBe(address))
  await user.type(screen.getByLabelText('Gatewayens adress'), ' x')
  expect(screen.queryByRole('alert')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Logga in' }))
  expect(screen.getByText(/Det är ingen adress/)).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('the code of something unexpected is shown when asked for', async () => {
  const error = refusal('protocol_mismatch', 'Other')
  const { user } = await renderDesk({
    session: signedOut,
    answers: { 'session.signIn': () => ({ ok: false, error }) },
  })
  await user.type(screen.getByLabelText('Användarnamn'), 'karin')
  await user.type(screen.getByLabelText('Lösenord'), 'hemligt{Enter}')
  expect(textOf(await screen.findByRole('alert'))).not.toContain('Kod')
  await user.click(screen.getByRole('button', { name: 'Till supporten' }))
  expect(textOf(screen.getByRole('alert'))).toContain('Kod protocol_mismatch')
})

test('who was here last is known by name, and what of theirs waits is told', async () => {
  await renderDesk({
    session: {
      ...signedOut,
      last: { username: 'karin', displayName: 'Karin Åberg', waiting: 2 },
    },
  })
  expect(screen.getByLabelText<HTMLInputElement>('Användarnamn').value).toBe('karin')
  expect(screen.getByLabelText<HTMLInputElement>('Lösenord').value).toBe('')
  expect(
    screen.getByText(/2 beslut väntar på den här datorn.*när du loggar in som Karin Åberg igen/),
  ).toBeTruthy()
})
