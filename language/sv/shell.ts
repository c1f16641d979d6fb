export const shell = {
  'shell.product': 'Kontor',
  'shell.search': 'Sök kund, order, offert eller handling',
  'shell.rail': 'Skärmar',
  'shell.demo': 'Demo',
  'shell.user': 'Konto och program',
  'shell.signedInAs': 'Inloggad som {name}',
  'shell.notRemembered':
    'Datorn har ingen nyckelring, så inloggningen sparas inte. Du loggar in igen nästa gång.',
  'shell.recovered':
    '{file} gick inte att läsa och börjar om från början. Det gamla innehållet finns kvar som {keptAs}.',
  'shell.unreadable':
    '{count, plural, one {# post från gatewayen gick inte att tolka och visas inte.} other {# poster från gatewayen gick inte att tolka och visas inte.}} Det kan bero på att Kontor är för gammalt.',
  'shell.crashed': 'Den här delen av fönstret slutade fungera.',
  'shell.crashedDetail':
    'Inget du har skickat är förlorat. Ladda om delen, och hör av dig med referensen om det händer igen.',
  'shell.reload': 'Ladda om',

  'connection.live': 'Ansluten',
  'connection.connecting': 'Ansluter…',
  'connection.catching_up': 'Hämtar ikapp…',
  'connection.offline': 'Ingen kontakt',
  'connection.age': 'Det du ser hämtades {when}.',
  'connection.ageUnknown': 'Det du ser är det som sparades senast på den här datorn.',
  'connection.unreachable': 'Ingen kontakt med gatewayen.',
  'connection.refused': 'Gatewayen tog inte emot anslutningen.',
  'connection.unavailable': 'Gatewayen är igång men kan inte svara just nu.',
  'connection.protocol_older':
    'Den här versionen av Kontor är äldre än gatewayen. Uppdatera Kontor för att fortsätta; det som väntar på att skickas ligger kvar.',
  'connection.protocol_newer':
    'Den här versionen av Kontor är nyare än gatewayen. Be administratören uppdatera gatewayen; det som väntar på att skickas ligger kvar.',
  'connection.meanwhile':
    'Du kan läsa, avslå och skicka tillbaka. Det skickas när kontakten är åter. Godkänna går först då.',
  'connection.nextTry': 'Nästa försök {when}.',
  'connection.catchingUpDetail': 'Ändringar sedan {when} hämtas.',
  'connection.restored': 'Kontakten är åter.',

  'storage.full': 'Disken på den här datorn är full.',
  'storage.refused': 'Det går inte att skriva på den här datorns disk.',
  'storage.meanwhile':
    'Det som redan väntar på att skickas ligger kvar, och godkänna går som vanligt. Avslag, meddelanden och inställningar kan inte sparas förrän det går att skriva igen; det märker Kontor själv.',

  'outbox.title': 'Väntar på att skickas',
  'outbox.indicator': '{count, plural, one {# väntar} other {# väntar}}',
  'outbox.refusedIndicator': '{count, plural, one {# kom tillbaka} other {# kom tillbaka}}',
  'outbox.empty': 'Allt du har gjort är skickat.',
  'outbox.state.waiting': 'Väntar på kontakt',
  'outbox.state.sending': 'Skickas…',
  'outbox.state.refused': 'Kom tillbaka',
  'outbox.other': 'En ändring',

  'palette.title': 'Sök eller gör något',
  'palette.placeholder': 'Sök kund, order eller handling',
  'palette.empty': 'Inget som heter ”{query}”',
  'palette.openFirst': 'Öppna först ett dokument i inkorgen.',
  'palette.actions': 'Handlingar',
  'palette.requisitions': 'Inkorg',
  'palette.orders': 'Order',
  'palette.quotes': 'Offerter',
  'palette.companies': 'Kunder',
  'shortcuts.title': 'Kortkommandon',
  'shortcuts.singleKeysOff': 'Avstängda. De utan Ctrl eller ⌘ gör ingenting.',
} as const
