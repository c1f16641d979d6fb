/** One sentence for every way of being refused, and where there is one, the way on. */
export const errors = {
  'error.malformed': 'Det som skickades gick inte att läsa.',
  'error.invalid': 'Något i det som skickades är fel: {where}.',
  'error.unknown_command':
    'Gatewayen känner inte till den handlingen. Kontor kan behöva uppdateras.',
  'error.unknown_query': 'Gatewayen känner inte till den frågan. Kontor kan behöva uppdateras.',
  'error.too_large': 'Det som skickades är för stort.',
  'error.too_many_requests': 'För många försök på kort tid. Vänta {seconds} s och försök igen.',
  'error.protocol_mismatch': 'Kontor och gatewayen är av olika version och förstår inte varandra.',
  'error.unauthenticated': 'Du är inte inloggad. Logga in igen.',
  'error.session_expired': 'Din inloggning har gått ut. Logga in igen.',
  'error.wrong_credentials': 'Användarnamnet eller lösenordet stämmer inte.',
  'error.user_disabled': 'Kontot är avstängt. En administratör kan öppna det.',
  'error.forbidden': 'Du har inte rätt att göra det här.',
  'error.above_limit': 'Det här är över din gräns.',
  'error.above_limit.figures':
    'Totalen {total} är över din gräns {limit}. Någon med högre gräns behöver godkänna.',
  'error.not_found': 'Det finns inte längre, eller är inte ditt att se.',
  'error.stale_version': 'Den ändrades medan du läste. Läs igenom det senaste och försök igen.',
  'error.command_id_reused': 'Samma handling har redan skickats med annat innehåll. Försök igen.',
  'error.already_decided': 'Den är redan beslutad.',
  'error.already_decided.by': 'Den är redan beslutad: {name} var först, {when}.',
  'error.wrong_state': 'Det går inte i det läge den är i nu.',
  'error.claimed_by_other': 'Någon annan har tagit hand om den.',
  'error.claimed_by_other.by': '{name} har tagit hand om den.',
  'error.company_blocked': 'Kunden är spärrad. Order tas emot först när spärren är hävd.',
  'error.company_closed': 'Kunden är avslutad och kan inte få nya order.',
  'error.company_on_hold': 'Kunden är tillfälligt stoppad.',
  'error.price_missing': 'Minst en rad saknar pris och kan inte bli order.',
  'error.price_missing.lines':
    '{count, plural, one {# rad saknar pris} other {# rader saknar pris}} och kan inte bli order.',
  'error.username_taken': 'Användarnamnet är upptaget.',
  'error.password_too_short': 'Lösenordet är för kort.',
  'error.password_too_short.minimum': 'Lösenordet är för kort. Det ska ha minst {minimum} tecken.',
  'error.password_too_common': 'Lösenordet finns på listor över vanliga lösenord. Välj ett annat.',
  'error.last_admin': 'Det måste finnas minst en administratör.',
  'error.unavailable': 'Gatewayen går inte att nå just nu. Försök igen om en stund.',
  'error.unavailable.unknown_host': 'Ingen dator har den adressen. Kontrollera stavningen.',
  'error.unavailable.timeout':
    'Gatewayen svarade inte i tid. Kontrollera adressen och nätet och försök igen.',
  'error.unavailable.certificate':
    'Gatewayens certifikat går inte att lita på, så inget lösenord skickades. Fråga den som sköter gatewayen.',
  'error.unavailable.redirected':
    'Adressen leder vidare till en annan. Skriv gatewayens egen adress.',
  'error.unavailable.not_a_gateway': 'Det svarar något på adressen, men det är ingen gateway.',
  'error.unavailable.unreachable':
    'Ingen gateway svarar på adressen. Kontrollera den, och att gatewayen är igång.',
  'error.internal':
    'Något gick fel hos gatewayen. Inget har ändrats. Försök igen, och hör av dig med referensen om det händer igen.',
  'error.reference': 'Referens {reference}',
  'error.code': 'Kod {code}',
} as const
