import type { time as original } from '../sv/time'
import type { Translation } from '../translation'

export const time: Translation<typeof original> = {
  'time.now': 'just now',
  'time.secondsAgo': '{count} s ago',
  'time.minutesAgo': '{count} min ago',
  'time.inSeconds': 'in {count} s',
  'time.inMinutes': 'in {count} min',
  'time.today': 'today',
  'time.yesterday': 'yesterday',
  'time.tomorrow': 'tomorrow',
  'time.dayAt': '{day} at\u00A0{time}',
  'time.inMonth': 'in {month}',
  'time.inYear': 'in {year}',
}
