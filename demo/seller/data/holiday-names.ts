import type { SwedishHoliday } from '../../../domain/swedish-holidays'

export const holidayNames: Readonly<Record<SwedishHoliday, string>> = {
  new_years_day: 'Nyårsdagen',
  epiphany: 'Trettondedag jul',
  good_friday: 'Långfredagen',
  easter_day: 'Påskdagen',
  easter_monday: 'Annandag påsk',
  may_day: 'Första maj',
  ascension_day: 'Kristi himmelsfärdsdag',
  whit_sunday: 'Pingstdagen',
  national_day: 'Sveriges nationaldag',
  midsummer_eve: 'Midsommarafton',
  midsummer_day: 'Midsommardagen',
  all_saints_day: 'Alla helgons dag',
  christmas_eve: 'Julafton',
  christmas_day: 'Juldagen',
  boxing_day: 'Annandag jul',
  new_years_eve: 'Nyårsafton',
}
