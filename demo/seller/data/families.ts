import type { FamiliesByGroup } from '../family'
import { electricalFamilies } from './families-electrical'
import { fastenerFamilies } from './families-fasteners'
import { lightFamilies } from './families-light'
import { pipeFamilies } from './families-pipe'
import { sealFamilies } from './families-seal'
import { siteFamilies } from './families-site'
import { toolFamilies } from './families-tools'
import { waterFamilies } from './families-water'

/** Every product family of the seller, by article group. */
export const families: FamiliesByGroup = {
  ...pipeFamilies,
  ...waterFamilies,
  ...sealFamilies,
  ...electricalFamilies,
  ...lightFamilies,
  ...fastenerFamilies,
  ...toolFamilies,
  ...siteFamilies,
}
