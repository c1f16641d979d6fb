/** One sentence for every way of being refused, and where there is one, the way on. */
export const errors = {
  'error.malformed': 'Det som skickades gick inte att läsa.',
  'error.invalid': 'Något i det som skickades kan inte tas emot som det är.',
  'error.invalid.field': '{field} kan inte tas emot så som det är skrivet.',
  'error.invalid.tooSmall': '{field} är för kort eller för litet.',
  'error.invalid.tooBig': '{field} är för långt eller för stort.',
  'error.invalid.warehouses':
    'En rad kan inte längre levereras från det lager som är valt. Välj ett annat.',
  'error.field.username': 'Användarnamnet',
  'error.field.displayName': 'Namnet',
  'error.field.password': 'Lösenordet',
  'error.field.roles': 'Valet av roller',
  'error.field.team': 'Teamnamnet',
  'error.field.approvalLimit': 'Beloppet för attestgränsen',
  'error.field.discountLimit': 'Rabattgränsen',
  'error.field.marginFloor': 'Marginalgränsen',
  'error.field.reason': 'Skälet',
  'error.field.message': 'Meddelandet',
  'error.field.text': 'Det du söker på',
  'error.field.quantity': 'Antalet',
  'error.other': 'Gatewayen sa nej, av ett skäl som den här versionen av Kontor inte känner till.',
  'error.unknown_command':
    'Gatewayen känner inte till den handlingen. Kontor kan behöva uppdateras.',
  'error.unknown_query': 'Gatewayen känner inte till den frågan. Kontor kan behöva uppdateras.',
  'error.too_large': 'Det som skickades är för stort.',
  'error.too_large.maximum': 'Filen är för stor: högst {maximum} tas emot.',
  'error.attachment_unfit': 'Filen kan inte bifogas.',
  'error.attachment_unfit.empty': 'Filen är tom.',
  'error.attachment_unfit.unknown_kind':
    'Filer av det här slaget tas inte emot. Bifoga PDF, bilder (PNG, JPEG, WebP), ritningar (DWG), dokument (DOCX, XLSX), e-post (EML) eller text (TXT, CSV).',
  'error.attachment_unfit.macros':
    'Dokumentet innehåller makron eller inbäddade objekt. Spara det utan dem och bifoga det i stället.',
  'error.attachment_unfit.misnamed':
    'Filens ändelse är en annan än vad filen innehåller. Ge den rätt ändelse eller spara om den.',
  'error.attachment_unfit.too_many':
    'Det finns redan {maximum} bilagor, och fler går inte. Ta bort någon först.',
  'error.attachment_unfit.not_uploaded':
    'Filen kom aldrig fram till gatewayen, eller har städats bort där. Bifoga den igen.',
  'error.too_many_requests': 'För många försök på kort tid. Vänta {seconds} s och försök igen.',
  'error.too_many_requests.others_upload':
    'Gatewayen tar emot andra filer just nu. Försök igen om en stund.',
  'error.too_many_requests.too_many_waiting':
    'Du har skickat många filer som inte hör till något. De städas bort inom ett dygn; försök igen då.',
  'error.protocol_mismatch': 'Kontor och gatewayen är av olika version och förstår inte varandra.',
  'error.unauthenticated': 'Du är inte inloggad. Logga in igen.',
  'error.session_expired': 'Din inloggning har gått ut. Logga in igen.',
  'error.wrong_credentials': 'Användarnamnet eller lösenordet stämmer inte.',
  'error.user_disabled': 'Kontot är avstängt. En administratör kan öppna det.',
  'error.forbidden': 'Du har inte rätt att göra det här.',
  'error.above_limit': 'Det här är över din gräns.',
  'error.above_limit.figures':
    'Totalen {total} är över din gräns {limit}. Någon med högre gräns behöver godkänna.',
  'error.not_your_step': 'Andra ska godkänna den nu.',
  'error.cannot_skip': 'Steget kan inte hoppas över.',
  'error.cannot_skip.not_pending': 'Steget är inte längre det som väntar.',
  'error.cannot_skip.not_named':
    'Steget väntar inte på någon särskild. Godkänn det själv, eller avslå.',
  'error.cannot_skip.not_approver': 'Bara en attestant kan hoppa över någon annans steg.',
  'error.cannot_skip.own_step': 'Steget är ditt att godkänna.',
  'error.cannot_skip.last_step': 'Det är det sista steget, och någon måste godkänna.',
  'error.reminded_lately': 'De har påmints den senaste timmen.',
  'error.customer_approves': 'Kunden godkänner den som den är.',
  'error.customer_approves.prices':
    'Kunden godkänner de här priserna. Ändra raderna i stället, så tillfrågas kunden på nytt.',
  'error.customer_approves.parts':
    'Kunden godkänner den hel. Dela den först, så tillfrågas kunden om varje del.',
  'error.own_work': 'Du har ändrat den mer än du får godkänna ensam. Någon annan behöver godkänna.',
  'error.own_work.discount':
    'Du har ändrat den, och rabatten {value} är över din gräns {allowed}. Någon annan behöver godkänna.',
  'error.own_work.margin':
    'Du har ändrat den, och marginalen {value} är under din gräns {allowed}. Någon annan behöver godkänna.',
  'error.beyond_price_limit': 'Ett pris går utanför vad du får sätta själv.',
  'error.beyond_price_limit.discount': '{article}: rabatten {value} är över din gräns {allowed}.',
  'error.beyond_price_limit.margin': '{article}: marginalen {value} är under din gräns {allowed}.',
  'error.edit_unsound': 'Ändringarna kan inte göras som de är.',
  'error.edit_unsound.quantity_not_positive': 'Ett antal måste vara över noll.',
  'error.edit_unsound.quantity_too_large': 'Ett antal är för stort.',
  'error.edit_unsound.quantity_precision': 'Ett antal har för många decimaler för sin artikel.',
  'error.edit_unsound.quantity_below_minimum': 'Ett antal är under artikelns minsta antal.',
  'error.edit_unsound.quantity_not_pack_multiple':
    'Ett antal är inte jämnt delbart med artikelns förpackning.',
  'error.edit_unsound.unknown_article': 'Artikeln finns inte längre.',
  'error.edit_unsound.unknown_warehouse': 'Lagret finns inte längre.',
  'error.edit_unsound.warehouse_not_open': 'Lagret är inte längre öppet mot webbshopen.',
  'error.edit_unsound.unknown_address': 'Kunden har inte den adressen längre.',
  'error.edit_unsound.unknown_line': 'En rad finns inte längre.',
  'error.edit_unsound.no_lines': 'Minst en rad måste vara kvar.',
  'error.edit_unsound.amount_too_large': 'Ett belopp är för stort för att räknas exakt.',
  'error.edit_unsound.duplicate_line_id': 'En rad är nämnd två gånger.',
  'error.edit_unsound.date_out_of_range': 'Ett datum finns inte.',
  'error.edit_unsound.date_past': 'Ett datum har redan varit.',
  'error.edit_unsound.nothing_changed': 'Ingenting är ändrat.',
  'error.not_found': 'Det finns inte längre, eller är inte ditt att se.',
  'error.stale_version': 'Den ändrades medan du läste. Läs igenom det senaste och försök igen.',
  'error.stale_version.by': '{name} ändrade den {when}. Läs igenom det senaste och försök igen.',
  'error.command_id_reused': 'Samma handling har redan skickats med annat innehåll. Försök igen.',
  'error.already_decided': 'Den är redan beslutad.',
  'error.already_decided.by': 'Den är redan beslutad: {name} var först, {when}.',
  'error.wrong_state': 'Det går inte i det läge den är i nu.',
  'error.claimed_by_other': 'Någon annan har tagit hand om den.',
  'error.claimed_by_other.by': '{name} har tagit hand om den.',
  'error.company_blocked': 'Kunden är spärrad. Order tas emot först när spärren är hävd.',
  'error.company_closed': 'Kunden är avslutad och kan inte få nya order.',
  'error.company_on_hold': 'Kunden är tillfälligt stoppad.',
  'error.figures_changed': 'Uppgifterna har ändrats sedan du såg dem. Inget godkändes.',
  'error.price_missing': 'Minst en rad saknar pris och kan inte bli order.',
  'error.price_missing.lines':
    '{count, plural, one {# rad saknar pris} other {# rader saknar pris}} och kan inte bli order.',
  'error.quote_unsound': 'Något i offerten kan inte vara som det är.',
  'error.quote_empty': 'Offerten är tom: det finns inget att erbjuda.',
  'error.validity_past': 'Offertens sista dag har passerat. Välj en senare.',
  'error.requisition_ordered': 'Det som offerten svarar på har redan blivit en order.',
  'error.requisition_closed':
    'Det som offerten svarar på har dragits tillbaka, avslagits eller förfallit.',
  'error.already_exists': 'Det finns redan. Läs om och försök igen.',
  'error.username_taken': 'Användarnamnet är upptaget.',
  'error.password_too_short': 'Lösenordet är för kort.',
  'error.password_too_short.minimum': 'Lösenordet är för kort. Det ska ha minst {minimum} tecken.',
  'error.password_too_common': 'Lösenordet finns på listor över vanliga lösenord. Välj ett annat.',
  'error.delegation_impossible': 'Det går inte att lämna över så.',
  'error.delegation_impossible.nothing_to_hand_over':
    'Den som lämnar över beslutar inget, så det finns inget att lämna över.',
  'error.delegation_impossible.to_oneself': 'Ingen kan vara sin egen ersättare.',
  'error.delegation_impossible.cannot_decide':
    'Kollegan beslutar inget. Välj en säljare eller attestant.',
  'error.delegation_impossible.no_days':
    'Det vore över innan det börjat. Välj en sista dag som är i dag eller senare.',
  'error.delegation_impossible.already_there':
    'Samma kollega är redan ersättare några av de dagarna.',
  'error.delegation_impossible.in_circle':
    'Det skulle leda tillbaka till den som lämnar över. Välj någon annan, eller andra dagar.',
  'error.delegation_impossible.chain_too_long':
    'Stegen skulle lämnas vidare för många gånger. Välj någon som inte själv har lämnat över.',
  'error.last_approver':
    'Reglerna kräver en attestant, och det här är den sista. Ändra reglerna först, eller gör någon annan till attestant.',
  'error.last_admin': 'Det måste finnas minst en administratör.',
  'error.unavailable': 'Gatewayen går inte att nå just nu. Försök igen om en stund.',
  'error.unavailable.database_full':
    'Disken hos gatewayen är full, så inget har ändrats. Den som sköter gatewayen behöver frigöra utrymme.',
  'error.unavailable.disk_full':
    'Disken på den här datorn är full, så det kunde inte sparas och har inte skickats. Frigör utrymme och försök igen.',
  'error.unavailable.disk_refused':
    'Det gick inte att skriva på den här datorns disk, så det kunde inte sparas och har inte skickats.',
  'error.unavailable.file_unreadable':
    'Filen gick inte att läsa på den här datorn. Den kan ha flyttats eller vara öppen i ett annat program.',
  'error.unavailable.file_changed': 'Filen har ändrats sedan den valdes. Välj den igen.',
  'error.unavailable.file_forgotten': 'Filen finns inte kvar att skicka. Välj den igen.',
  'error.unavailable.too_slow': 'Svaret tog för lång tid att leta fram. Sök på något mer bestämt.',
  'error.unavailable.upload_too_slow':
    'Filen kom för långsamt till gatewayen, eller stannade på vägen. Kontrollera nätet och försök igen.',
  'error.unavailable.unknown_host': 'Ingen dator har den adressen. Kontrollera stavningen.',
  'error.unavailable.timeout':
    'Gatewayen svarade inte i tid. Kontrollera adressen och nätet och försök igen.',
  'error.unavailable.certificate':
    'Gatewayens certifikat går inte att lita på, så inget lösenord skickades. Fråga den som sköter gatewayen.',
  'error.unavailable.unencrypted':
    'Det som svarar på adressen svarar utan kryptering, så inget lösenord skickades. Skriv gatewayens https-adress; är den på den här datorn börjar adressen med http://.',
  'error.unavailable.redirected':
    'Adressen leder vidare till en annan. Skriv gatewayens egen adress.',
  'error.unavailable.not_a_gateway': 'Det svarar något på adressen, men det är ingen gateway.',
  'error.unavailable.unreachable':
    'Ingen gateway svarar på adressen. Kontrollera den, och att gatewayen är igång.',
  'error.internal':
    'Något gick fel hos gatewayen. Inget har ändrats. Försök igen, och hör av dig med referensen om det händer igen.',
  'error.reference': 'Referens {reference}',
  'error.code': 'Kod {code}',
  'error.forSupport': 'Till supporten',
} as const
