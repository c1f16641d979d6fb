import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openCatalogue } from '../../demo/seller/catalogue'
import { demoSeed } from '../../demo/seller/generate-demo'
import { makeSeller } from '../../demo/seller/seller'
import { createShopClient } from '../../demo/shop/client'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { resize } from '../support/resize'
import { SessionPage } from './pages/session-page'
import { SpokenPage } from './pages/spoken-page'

/** What shows at once and is filled in a little later. */
const within = { timeout: 5_000 }
/** On what is sent here and on nothing else, so that it is found by it. */
const MARK = 'Trapphus sju'

let gateway: DemoGateway
let app: RunningApp
let inbox: SpokenPage

beforeAll(async () => {
  gateway = await startDemoGateway()
  app = await launchApp({ runtime: inject('appRuntime') })
  inbox = new SpokenPage(app.page)
  await inbox.use({ language: 'sv' })
  await resize(app, 1024, 700)
  await proposed('tree-1', '20')
  await proposed('tree-2', '40')
  await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
}, 120_000)

afterAll(async () => {
  await app?.close()
  await gateway?.remove()
})

/** By somebody who may not order, of an article whose stock is the same whatever day it is. */
async function proposed(id: string, quantity: string): Promise<void> {
  const now = new Date().toISOString()
  const seller = makeSeller({ seed: demoSeed, today: todayIn('Europe/Stockholm', now) })
  const sent = await createShopClient(gateway.shop).send({
    type: 'requisition.submitted',
    timestamp: now,
    data: {
      id,
      contact: openCatalogue(seller).findBuyer('10001', 'Johan Ek').id,
      currency: 'SEK',
      lines: [{ id: `${id}-1`, article: 'RB-2206', quantity }],
      goodsMark: MARK,
    },
  })
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
}

/** The one that is open, and what is beside it, as it is to be spoken in a narrow window. */
function spoken(open: {
  readonly hits: string
  readonly rows: readonly string[]
  readonly quantity: string
  readonly net: string
  readonly gross: string
  readonly credit: string
  readonly inStockholm: string
}): string {
  return `- main:
  - region "Inkorg":
    - heading "Inkorg" [level=1]
    - radiogroup "Vilka som visas":
      - radio "Att besluta n" [checked]
      - radio "Mina 0"
      - radio "Alla"
      - radio "Avslutade"
    - searchbox "Sök i inkorgen": ${MARK}
    - button "Rensa"
    - status: ${open.hits}
    - listbox "Inkommet":
${open.rows.join('\n')}
  - region "Rader":
    - region "K-nr":
      - heading "Ahlbergs Rör AB" [level=2]
      - paragraph: Inköpsförslag K-nr · i dag kl. hh:mm
      - term: Johan Ek
      - definition: får föreslå
      - term: Märke
      - definition: ${MARK}
      - term: Kredit
      - definition: ${open.credit} av 300 000 kr
      - status:
        - paragraph: "Behöver attest: Johan Ek får föreslå men inte beställa."
      - table "Rader":
        - rowgroup:
          - row "Artikel Antal Pris Radsumma Levereras från Att veta om raden":
            - columnheader "Artikel"
            - columnheader "Antal"
            - columnheader "Pris"
            - columnheader "Radsumma"
            - columnheader "Levereras från"
            - columnheader "Att veta om raden"
        - rowgroup:
          - row "Rörböj 22 mm, förzinkad RB-2206 · moms 25 % ${open.quantity} 18,40 avtalspris lista 24,50 ${open.net} Rörböj 22 mm, förzinkad levereras från kunden såg inget pris":
            - cell "Rörböj 22 mm, förzinkad RB-2206 · moms 25 %"
            - cell "${open.quantity}"
            - cell "18,40 avtalspris lista 24,50":
              - button "18,40 avtalspris lista 24,50"
            - cell "${open.net}"
            - cell "Rörböj 22 mm, förzinkad levereras från":
              - group "Rörböj 22 mm, förzinkad levereras från":
                - radio "Stockholm" [checked]
                - button "${open.inStockholm}"
                - radio "Göteborg"
                - button "85 nu"
                - radio "Umeå"
                - button "dag"
            - cell "kunden såg inget pris"
      - heading "Kund och villkor" [level=3]
      - term: Kundnr
      - definition: "10001"
      - term: Kundgrupp
      - definition: Installatörer
      - term: Kontaktperson
      - definition: Johan Ek johan.ek@ahlbergsror.example 070-174 06 11
      - term: Rätt
      - definition: får föreslå, inte beställa
      - term: Kredit
      - definition: ${open.credit} av 300 000 kr
      - term: Betalning
      - definition: 60 dagar netto
      - region "Bilagor":
        - heading "Bilagor" [level=3]
        - button "Bifoga"
        - paragraph: Inga ännu. Släpp filer här.
      - heading "Historik" [level=3]
      - region "i dag":
        - heading "i dag" [level=4]
        - list:
          - listitem:
            - text: Kom in Johan Ek ·
            - time: hh:mm, nyss
            - text: · i webbshopen demo Inköpsförslag 1 rad ${open.net} kr utan moms
    - button "Godkänn till order"
    - button "Skicka tillbaka"
    - button "Avslå"
    - button "Mer"
    - term: Netto
    - definition: ${open.net} kr
    - term: Att betala
    - definition: ${open.gross} kr`
}

function row(words: string, state = ''): string {
  const text = `${words} kr Inköpsförslag ·Johan Ek·1 rad`
  return `      - option "${text} hh:mm"${state}:
        - text: ${text}
        - time: hh:mm`
}

test('from the inbox through an approval to the next, by the keyboard alone, as it is spoken', async () => {
  const { keyboard } = app.page
  await keyboard.press('/')
  expect(await inbox.focused()).toBe('searchbox "Sök i inkorgen"')
  await keyboard.type(MARK)
  await expect.poll(() => inbox.rows.count()).toBe(2)
  await inbox.listen()

  await keyboard.press('ArrowDown')
  expect(await inbox.focused()).toBe('listbox "Inkommet"')
  await keyboard.press('j')
  const first = {
    hits: '2 träffar',
    rows: [row('Ahlbergs Rör AB 736,00', ' [selected]'), row('Oläst Ahlbergs Rör AB 368,00')],
    quantity: '40 st',
    net: '736,00',
    gross: '920,00',
    credit: '212 400',
    inStockholm: '340 nu',
  }
  await expect.poll(() => inbox.tree(), within).toBe(spoken(first))
  expect(await inbox.focused()).toBe('listbox "Inkommet"')
  expect(await inbox.told()).toEqual([])

  await keyboard.press('Enter')
  expect(await inbox.focused()).toBe('region "K-nr"')
  await inbox.pressApprove()
  const next = {
    hits: '1 träff',
    rows: [row('Ahlbergs Rör AB 368,00', ' [selected]')],
    quantity: '20 st',
    net: '368,00',
    gross: '460,00',
    // What has just been ordered is taken, with the customer and in the warehouse.
    credit: '213 320',
    inStockholm: '300 nu',
  }
  await expect.poll(() => inbox.tree(), within).toBe(spoken(next))
  expect(await inbox.focused()).toBe('listbox "Inkommet"')
  expect([...(await inbox.told())].toSorted()).toEqual([
    '1 träff',
    'Godkänns…',
    'Order O-nr till Ahlbergs Rör AB Öppna ordern',
  ])
})
