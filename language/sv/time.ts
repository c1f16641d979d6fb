export const time = {
  'time.now': 'nyss',
  'time.secondsAgo': 'för {count} s sedan',
  'time.minutesAgo': 'för {count} min sedan',
  'time.inSeconds': 'om {count} s',
  'time.inMinutes': 'om {count} min',
  'time.today': 'i dag',
  'time.yesterday': 'i går',
  'time.tomorrow': 'i morgon',
  'time.dayAt': '{day} kl.\u00A0{time}',
  'time.inMonth': 'i {month}',
  'time.inYear': 'under {year}',
} as const
