/** The pages that mails to customers link to. */
export const pages = {
  'page.state.open': 'Under behandling',
  'page.state.open.detail':
    'Vi går igenom det ni har skickat och hör av oss så snart det är beslutat.',
  'page.state.approved': 'Godkänt',
  'page.state.approved.detail': 'Det läggs som order så snart det går.',
  'page.state.ordered': 'Order {order} är lagd',
  'page.state.ordered.detail': 'Den lades {when}.',
  'page.state.rejected': 'Vi kan inte gå vidare',
  'page.state.rejected.detail': 'Det beslutades {when}. Här är skälet:',
  'page.state.returned': 'Vi behöver ert svar',
  'page.state.returned.detail':
    'Ändra och skicka en ny version från webbshoppen, eller dra tillbaka här.',
  'page.state.withdrawn': 'Tillbakadraget',
  'page.state.withdrawn.detail': '{name} drog tillbaka det {when}.',
  'page.state.expired': 'Har gått ut',
  'page.state.expired.detail': 'Skicka gärna en ny version från webbshoppen.',

  'page.state.proposed.detail':
    'Vi föreslår några ändringar. Godkänn dem, skicka en ny version från webbshoppen, eller dra tillbaka.',

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

  'page.fact.name': 'Namn',
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
