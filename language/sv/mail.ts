/** What is written to customers, in mails and on the pages that they link to. */
export const mail = {
  'document.proposal': 'inköpsförslag',
  'document.list': 'inköpslista',
  'document.quote_request': 'offertförfrågan',
  'document.proposal.title': 'Inköpsförslag {number}',
  'document.list.title': 'Inköpslista {number}',
  'document.quote_request.title': 'Offertförfrågan {number}',
  'document.order.title': 'Order {number}',
  'document.restOf': '{number}, resten av {of}',
  'document.article': 'Artikel',
  'document.quantity': 'Antal',
  'document.price': 'À-pris',
  'document.amount': 'Belopp',
  'document.lines': 'Rader',
  'document.proposed': 'Vi föreslår',
  'document.sent': 'Det ni skickade',
  'document.change.added': 'Ny rad',
  'document.change.removed': 'Utgår',
  'document.change.quantity': 'Ni skickade {was}',
  'document.change.price': 'Tidigare pris {was}',
  'document.change.date': 'Nytt leveransdatum',
  'document.expected': 'Kan levereras {day}',
  'document.confirmed': 'Bekräftad leverans {day}',
  'document.requested': 'Önskat {day}',
  'document.noDate': 'Leveransdag meddelas',
  'document.noPrice': 'Pris saknas',
  'document.rebate': 'Rabatt {rebate}',
  'document.withVat': 'Pris inkl. moms',
  'document.net': 'Summa exkl. moms',
  'document.vat': 'Moms {rate}',
  'document.gross': 'Summa inkl. moms',
  'document.more': '{count, plural, one {… och # rad till.} other {… och # rader till.}}',

  'mail.hello': 'Hej {name},',
  'mail.received.subject': 'Vi har tagit emot {document} {number}',
  'mail.received.body':
    'Tack! Vi har tagit emot {document} {number} och går igenom innehållet. Vi hör av oss så snart det är beslutat.',
  'mail.asked.subject': 'Attestera {document} {number}',
  'mail.asked.body':
    '{sender} har skickat {document} {number}. Det blir order först när någon hos er som får beställa har godkänt det.',
  'mail.asked.own.body':
    'Det blir order av {document} {number} först när någon hos er som får beställa har godkänt det. Det får du själv göra.',
  'mail.ordered.subject': 'Er order {order}',
  'mail.ordered.body': 'Tack! Vi har lagt order {order} utifrån {document} {number}.',
  'mail.ordered.rest': 'Övriga rader går vi igenom för sig, som {numbers}.',
  'mail.rejected.subject': 'Vi kan inte gå vidare med {document} {number}',
  'mail.rejected.body': 'Tyvärr kan vi inte gå vidare med {document} {number}.',
  'mail.refused.subject': '{name} godkände inte {document} {number}',
  'mail.refused.body':
    '{name} hos er har sagt nej till {document} {number}, så det blir ingen order.',
  'mail.returned.subject': 'Vi behöver ert svar om {document} {number}',
  'mail.returned.body':
    'Vi har gått igenom {document} {number} och behöver ert svar innan det kan bli en order.',
  'mail.proposed.body':
    'Vi har gått igenom {document} {number} och föreslår några ändringar. Godkänn dem, så går vi vidare.',
  'mail.quote.sent.body':
    'Här är vår offert. Den gäller till och med {day}. På sidan kan ni acceptera den, be om en ändring eller tacka nej.',
  'mail.quote.sentAgain.body':
    'Här är en ny version av vår offert. Den ersätter den förra och gäller till och med {day}. På sidan kan ni acceptera den, be om en ändring eller tacka nej.',
  'mail.quote.ordered.body': 'Tack! {quote} är accepterad och vi har lagt order {order}.',
  'mail.quote.withdrawn.subject': '{quote} gäller inte längre',
  'mail.quote.withdrawn.body':
    '{quote} är tillbakadragen och kan inte accepteras längre. Hör av er om ni undrar över något.',
  'mail.quote.expired.subject': '{quote} har gått ut',
  'mail.quote.expired.body':
    '{quote} gällde till och med {day}. Hör av er om ni fortfarande är intresserade, så gör vi gärna en ny.',
  'mail.dates.subject': 'Leveransdatum för order {order} är bekräftade',
  'mail.dates.body': 'Nu är leveransdatumen för alla rader i order {order} bekräftade.',
  'mail.dates.some.subject': 'Leveransdatum för order {order} är delvis bekräftade',
  'mail.dates.some.body':
    'Nu är leveransdatum för {confirmed} av {lines} rader i order {order} bekräftade. För övriga hör vi av oss.',
  'mail.dates.none.subject': 'Leveransdatum för order {order} är inte längre bekräftade',
  'mail.dates.none.body':
    'Vi kan inte längre hålla fast vid de leveransdatum som vi bekräftat för order {order}. Vi hör av oss med nya.',
  'mail.open': 'Visa på webben',
  'mail.answer': 'Läs och svara',
  'mail.linkUntil': 'Länken är er egen och gäller till {day}.',
  'mail.sentBy': 'Skickat av {seller} till {contact}, {company}.',
} as const
