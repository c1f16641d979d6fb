export const inbox = {
  'inbox.title': 'Inkorg',
  'inbox.filter': 'Vilka som visas',
  'inbox.filter.to_decide': 'Att besluta',
  'inbox.filter.mine': 'Mina',
  'inbox.filter.all': 'Alla',
  'inbox.filter.finished': 'Avslutade',
  'inbox.search': 'Sök i inkorgen',
  'inbox.searchPlaceholder': 'Nummer, kund, märke, artikel …',
  'inbox.list': 'Inkommet',
  'inbox.new': '{count, plural, one {# ny} other {# nya}}',
  'inbox.reminded': 'påmind',
  'inbox.remindedBy': '{name} påminner',
  'inbox.waitsFor': 'väntar på {who}',
  'inbox.waitsForCustomer': 'väntar på kunden',
  'inbox.unread': 'Oläst',
  'inbox.restOf': 'resten av {number}',
  'inbox.lines': '{count, plural, one {# rad} other {# rader}}',
  'inbox.hits': '{count, plural, one {# träff} other {# träffar}}',
  'inbox.hint.move': 'flytta',
  'inbox.hint.approve': 'godkänn',
  'inbox.hint.reject': 'avslå',
  'inbox.hint.all': 'alla',
  'inbox.empty.to_decide': 'Inget att besluta',
  'inbox.empty.to_decide.detail':
    'Listor, offertförfrågningar och inköpsförslag från webshopen kommer hit i samma stund som de skickas.',
  'inbox.empty.mine': 'Du har inte tagit hand om något',
  'inbox.empty.mine.detail':
    'Tryck {key} på en rad i inkorgen för att visa kollegorna att du har den.',
  'inbox.empty.all': 'Inget har kommit in än',
  'inbox.empty.all.detail':
    'Listor, offertförfrågningar och inköpsförslag från webshopen kommer hit i samma stund som de skickas.',
  'inbox.empty.finished': 'Inget avslutat de senaste 30 dagarna',
  'inbox.empty.finished.detail':
    'Det som blivit order, avslagits eller dragits tillbaka visas här.',
  'inbox.nothingFound': 'Inget stämmer med ”{query}”',
  'inbox.nothingFoundDetail':
    'Sökningen gäller nummer, kund, kontaktperson, referenser, märke, artiklar och belopp bland det som visas.',
  'inbox.searchAll': 'Sök bland alla',
  'inbox.notAllowed': 'Du ser inte inkorgen',
  'inbox.notAllowedDetail':
    'Inkommande förslag visas för säljare, attestanter och administratörer.',
  'inbox.nothingSelected': 'Välj något i listan',
  'inbox.nothingSelectedDetail': 'Flytta med {down} och {up}.',
  'inbox.missing': 'Allt om den här är inte att läsa just nu',
  'inbox.missingDetail':
    'Det som sparats på datorn går inte att läsa. Kontor hämtar det på nytt så snart gatewayen nås; öppna den sedan igen.',
  'inbox.gone': 'Det du hade framme finns inte längre här',
  'inbox.goneDetail':
    'Det har blivit för gammalt för att sparas på den här datorn, eller hör inte längre till dig.',
} as const
