/** The pages that mails to customers link to. */
export const pages = {
  'page.state.open': 'Under behandling',
  'page.state.open.detail':
    'Vi går igenom det ni har skickat och hör av oss så snart det är beslutat.',
  'page.state.open.approved':
    'Godkänt hos er av {names}. Vi går igenom det och hör av oss så snart det är beslutat.',
  'page.state.approved': 'Godkänt',
  'page.state.approved.detail': 'Det läggs som order så snart det går.',
  'page.state.ordered': 'Order {order} är lagd',
  'page.state.ordered.detail': 'Den lades {when}.',
  'page.state.ordered.dates':
    '{lines, plural, one {Leveransdatumet är bekräftat.} other {Alla rader har ett bekräftat leveransdatum.}}',
  'page.state.ordered.someDates':
    '{confirmed} av {lines} rader har ett bekräftat leveransdatum. För övriga hör vi av oss.',
  'page.state.rejected': 'Vi kan inte gå vidare',
  'page.state.rejected.detail': 'Det beslutades {when}. Här är skälet:',
  'page.state.refused': 'Godkändes inte',
  'page.state.refused.detail': '{name} hos er sa nej {when}. Här är skälet:',
  'page.state.returned': 'Vi behöver ert svar',
  'page.state.returned.detail':
    'Ändra och skicka en ny version från webbshoppen, eller dra tillbaka här.',
  'page.state.quoted': 'Vi har svarat med offert {number}',
  'page.state.quoted.detail':
    'Öppna länken i mejlet om offerten för att läsa den och svara, eller logga in i webbshoppen.',
  'page.state.withdrawn': 'Tillbakadraget',
  'page.state.withdrawn.detail': '{name} drog tillbaka det {when}.',
  'page.state.expired': 'Har gått ut',
  'page.state.expired.detail': 'Skicka gärna en ny version från webbshoppen.',

  'page.state.proposed.detail':
    'Vi föreslår några ändringar. Godkänn dem, skicka en ny version från webbshoppen, eller dra tillbaka.',

  'page.attachments': 'Bilagor',

  'page.accept': 'Godkänn ändringarna',
  'page.accept.detail': 'Då gäller vårt förslag i stället för det ni skickade.',
  'page.accept.refused': 'Ändringarna går inte att godkänna som det är nu. Hör av er till oss.',
  'page.withdraw': 'Dra tillbaka',
  'page.withdraw.detail':
    'Då blir det ingen order. Det går inte att ångra, men ni kan alltid skicka en ny från webbshoppen.',
  'page.withdraw.reason': 'Varför? (frivilligt)',
  'page.withdraw.confirm': 'Ja, dra tillbaka',
  'page.reason.tooLong': 'Skriv högst {maximum} tecken.',
  'page.reason.unreadable': 'Det finns tecken i texten som inte går att ta emot.',

  'page.state.asked': 'Väntar på attest hos er',
  'page.state.asked.detail': 'Någon hos er som får beställa behöver godkänna det.',
  'page.asked.heading': '{sender} ber om din attest',
  'page.asked.own.heading': 'Köpet väntar på din attest',
  'page.asked.detail': 'Godkänner du köpet går det vidare till oss, och kan bli order direkt.',
  'page.asked.approve': 'Godkänn köpet på {sum} exkl. moms',
  'page.asked.reject': 'Avslå',
  'page.asked.reject.detail': 'Då blir det ingen order. {sender} får läsa skälet.',
  'page.asked.own.reject.detail': 'Då blir det ingen order.',
  'page.asked.reject.reason': 'Varför?',
  'page.asked.reject.confirm': 'Ja, avslå',
  'page.asked.reject.empty': 'Skriv ett skäl först.',
  'page.asked.blocked': 'Vi kan inte ta emot order från er just nu. Hör av er till oss.',
  'page.asked.mayNotOrder':
    'Du får inte beställa för företaget, så någon annan hos er behöver svara.',
  'page.asked.overOrder':
    'Köpet är med sina delar {total} och går över din gräns på {limit} per order. Någon med högre gräns behöver godkänna.',
  'page.asked.overMonth':
    'Köpet går över din gräns på {limit} i månaden: {left} är kvar. Någon annan behöver godkänna.',
  'page.asked.overYear':
    'Köpet går över din gräns på {limit} om året: {left} är kvar. Någon annan behöver godkänna.',
  'page.asked.otherCurrency':
    'Din gräns är satt i {currency} och går inte att jämföra med köpet. Hör av dig till oss.',

  'page.quote.open': 'Offerten gäller till och med {day}',
  'page.quote.open.detail': 'Acceptera den här, be om en ändring eller tacka nej.',
  'page.quote.accept': 'Acceptera offerten',
  'page.quote.accept.detail': 'Accepterar ni lägger vi ordern direkt, på {sum} inkl. moms.',
  'page.quote.counter': 'Be om en ändring',
  'page.quote.counter.detail':
    'Vi läser det ni skriver och svarar med en ny version. Den här går inte att acceptera sedan.',
  'page.quote.counter.message': 'Vad vill ni ha annorlunda?',
  'page.quote.counter.confirm': 'Skicka',
  'page.quote.counter.empty': 'Skriv vad ni vill ha annorlunda.',
  'page.quote.decline': 'Tacka nej',
  'page.quote.decline.detail':
    'Då blir det ingen order av offerten. Det går inte att ångra, men ni kan alltid be om en ny.',
  'page.quote.decline.confirm': 'Ja, tacka nej',
  'page.quote.refused': 'Offerten går inte att acceptera som det är nu. Hör av er till oss.',
  'page.quote.ordered.detail': '{name} accepterade offerten {when}.',
  'page.quote.countered': 'Vi har fått ert svar',
  'page.quote.countered.detail': '{name} svarade {when}. Ni får ett mejl när vi har en ny version.',
  'page.quote.declined': 'Ni har tackat nej',
  'page.quote.declined.detail': '{name} tackade nej {when}. Hör av er till oss om ni ändrar er.',
  'page.quote.withdrawn': 'Offerten gäller inte längre',
  'page.quote.withdrawn.detail':
    'Vi drog tillbaka den {when}. Hör av er till oss om ni undrar över något.',
  'page.quote.expired': 'Offerten har gått ut',
  'page.quote.expired.detail':
    'Den gällde till och med {day}. Hör av er till oss, så gör vi gärna en ny.',
  'page.quote.superseded': 'Det finns en nyare version',
  'page.quote.superseded.detail':
    'Den här gäller inte längre. Öppna länken i mejlet om den nya versionen, eller logga in i webbshoppen.',
  'page.quote.revised': 'Den här versionen gäller inte längre',
  'page.quote.revised.detail':
    'Vi ser över offerten. Skickar vi en ny version får ni ett mejl om den. Hör av er till oss om ni undrar över något.',
  'page.fact.validUntil': 'Gäller till och med',
  'page.fact.answers': 'Svar på',
  'page.fact.freight': 'Frakt',

  'page.fact.name': 'Namn',
  'page.fact.rest': 'Övriga rader',
  'page.fact.sent': 'Skickat',
  'page.fact.yourReference': 'Er referens',
  'page.fact.purchaseOrder': 'Ert ordernummer',
  'page.fact.goodsMark': 'Godsmärke',
  'page.fact.requested': 'Önskat leveransdatum',
  'page.fact.delivery': 'Leveransadress',
  'page.fact.comment': 'Kommentar',
  'page.for': 'Sidan är till för {contact}, {company}. Länken gäller till {day}.',

  'page.changed': 'Det hann ändras innan ert svar kom fram. Så här är det nu.',
  'page.used': 'Svaret har redan kommit fram. Så här är det nu.',
  'page.unknown': 'Länken fungerar inte',
  'page.unknown.detail':
    'Öppna den en gång till från mejlet, och se till att hela adressen kommer med. Hjälper inte det, hör av er till oss.',
  'page.expired': 'Länken har gått ut',
  'page.expired.detail':
    'Länkar i våra mejl gäller en begränsad tid. Logga in i webbshoppen för att se hur det står till, eller hör av er till oss.',
  'page.outdated': 'Länken är inte aktuell längre',
  'page.outdated.detail':
    'Det har ändrats sedan mejlet skickades. Öppna länken i det senaste mejlet, eller logga in i webbshoppen.',
  'page.tooMany': 'Vänta lite',
  'page.tooMany.detail': 'Det kom många frågor på en gång. Ladda om sidan om en liten stund.',
  'page.away': 'Vi kan inte visa sidan just nu',
  'page.away.detail': 'Inget har gått förlorat. Ladda om sidan om en liten stund.',
  'page.wrong': 'Det gick inte att ta emot',
  'page.wrong.detail': 'Inget har ändrats. Öppna länken i mejlet igen och försök en gång till.',
} as const
