import type { shopStock as original } from '../sv/shop-stock'
import type { Translation } from '../translation'

export const shopStock: Translation<typeof original> = {
  'shopStock.now': '{quantity} can be delivered now',
  'shopStock.yes': 'Can be delivered now',
  'shopStock.onConfirmed': 'Can be delivered {date}, confirmed',
  'shopStock.onPlanned': 'Can be delivered {date}, planned',
  'shopStock.partOnConfirmed': '{now} now, the rest {date}, confirmed',
  'shopStock.partOnPlanned': '{now} now, the rest {date}, planned',
  'shopStock.leadTime': 'Ordered in: {days}, {date}',
  'shopStock.partLeadTime': '{now} now, the rest in {days}, {date}',
  'shopStock.out': 'Out of stock',
  'shopStock.partOut': '{now} now, the rest out of stock',
  'shopStock.from': '{text}, from {warehouse}',
  'shopStock.part': '{quantity} from {warehouse}',
  'shopStock.split': 'Now: {parts}',
  'shopStock.splitShort': 'Now: {parts}, but not all of it',
  'shopStock.splitMissing': 'Now: {parts}, {missing} missing',
  'shopStock.notStocked': 'Not kept in stock',
  'shopStock.unknown': 'There is no such article',
}
