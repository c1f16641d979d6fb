import { FEW } from '../../../support/properties/cases'
import { describePriceProperties } from '../../../support/properties/price'

describePriceProperties(FEW)
