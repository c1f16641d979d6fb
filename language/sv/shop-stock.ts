/** What a shop's customers read of what can be delivered. */
export const shopStock = {
  'shopStock.now': '{quantity} kan levereras nu',
  'shopStock.yes': 'Kan levereras nu',
  'shopStock.onConfirmed': 'Kan levereras {date}, bekräftat',
  'shopStock.onPlanned': 'Kan levereras {date}, planerat',
  'shopStock.partOnConfirmed': '{now} nu, resten {date}, bekräftat',
  'shopStock.partOnPlanned': '{now} nu, resten {date}, planerat',
  'shopStock.leadTime':
    'Beställningsvara: {days, plural, one {# arbetsdag} other {# arbetsdagar}}, {date}',
  'shopStock.partLeadTime':
    '{now} nu, resten om {days, plural, one {# arbetsdag} other {# arbetsdagar}}, {date}',
  'shopStock.out': 'Slut i lager',
  'shopStock.partOut': '{now} nu, resten slut',
  'shopStock.from': '{text}, från {warehouse}',
  'shopStock.part': '{quantity} från {warehouse}',
  'shopStock.split': 'Nu: {parts}',
  'shopStock.splitShort': 'Nu: {parts}, men inte allt',
  'shopStock.splitMissing': 'Nu: {parts}, {missing} saknas',
  'shopStock.notStocked': 'Lagerförs inte',
  'shopStock.unknown': 'Artikeln finns inte',
} as const
