export const time = {
  'time.now': 'nyss',
  'time.secondsAgo': 'för {count} s sedan',
  'time.minutesAgo': 'för {count} min sedan',
  'time.hoursAgo': '{count, plural, one {för # timme sedan} other {för # timmar sedan}}',
  'time.daysAgo': '{count, plural, one {för # dag sedan} other {för # dagar sedan}}',
  'time.inSeconds': 'om {count} s',
  'time.inMinutes': 'om {count} min',
  'time.clock': 'kl. {time}',
  'time.today': 'i dag',
  'time.yesterday': 'i går',
  'time.tomorrow': 'i morgon',
  'time.dayAt': '{day} kl. {time}',
} as const
