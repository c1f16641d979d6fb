import { kinds, sizes, type FamiliesByGroup } from '../family'

const surface = kinds(
  ['04', 'svart', 'black', 0.86],
  ['06', 'förzinkad', 'galvanised', 1],
  ['16', 'rostfri', 'stainless', 2.7],
)
/** After an ett-word: T-rör, stålrör. */
const surfaceEtt = kinds(
  ['04', 'svart', 'black', 0.86],
  ['06', 'förzinkat', 'galvanised', 1],
  ['16', 'rostfritt', 'stainless', 2.7],
)
const thread = '38=3/8" 12=1/2" 34=3/4" 10=1" 54=1_1/4" 64=1_1/2" 20=2"'
const angles = kinds(
  ['1', '15°', '15°', 0.9],
  ['3', '30°', '30°', 0.95],
  ['4', '45°', '45°', 1],
  ['8', '88°', '88°', 1.1],
)
const copper = '12 15 18 22 28 35 42 54'

export const pipeFamilies: FamiliesByGroup = {
  stalror: [
    {
      prefix: 'RB',
      sv: 'Rörböj {d} mm, {yta}',
      en: 'Pipe bend {d} mm, {yta}',
      axes: { d: sizes('15 18 22 28 35 42 48 60 76', 7), yta: surface },
      sold: '10 st',
      cost: 9.4,
      grams: 90,
    },
    {
      prefix: 'RT',
      sv: 'T-rör {d} mm, {yta}',
      en: 'Tee {d} mm, {yta}',
      axes: { d: sizes('15 18 22 28 35 42 48 60 76', 6), yta: surfaceEtt },
      sold: '5 st',
      cost: 14.6,
      grams: 140,
    },
    {
      prefix: 'RM',
      sv: 'Muff {g}, {yta}',
      en: 'Socket {g}, {yta}',
      axes: { g: sizes(thread, 5), yta: surface },
      sold: '10 st',
      cost: 7.9,
      grams: 60,
    },
    {
      prefix: 'RN',
      sv: 'Nippel {g}, {yta}',
      en: 'Hexagon nipple {g}, {yta}',
      axes: { g: sizes(thread, 5), yta: surface },
      sold: '10 st',
      cost: 6.8,
      grams: 55,
    },
    {
      prefix: 'SR',
      sv: 'Stålrör {d}, {yta}, längd 6 m',
      en: 'Steel pipe {d}, {yta}, length 6 m',
      axes: {
        d: sizes('15=DN15 20=DN20 25=DN25 32=DN32 40=DN40 50=DN50 65=DN65 80=DN80', 5.5),
        yta: kinds(['04', 'svart', 'black', 1], ['06', 'förzinkat', 'galvanised', 1.35]),
      },
      sold: '6 m',
      cost: 24.5,
      grams: 1_270,
    },
    {
      prefix: 'RR',
      sv: 'Förminskning {g} × {h}, {yta}',
      en: 'Reducer {g} × {h}, {yta}',
      axes: {
        g: kinds(['34', '3/4"', '3/4"', 1], ['10', '1"', '1"', 1.4], ['54', '1 1/4"', '1 1/4"', 2]),
        h: kinds(['3', '3/8"', '3/8"', 1], ['5', '1/2"', '1/2"', 1]),
        yta: kinds(['4', 'svart', 'black', 0.9], ['6', 'förzinkad', 'galvanised', 1]),
      },
      sold: '10 st',
      cost: 10.2,
      grams: 85,
    },
  ],
  kopparror: [
    {
      prefix: 'KR',
      sv: 'Kopparrör {d} mm, {typ}',
      en: 'Copper tube {d} mm, {typ}',
      axes: {
        d: sizes(copper, 6.2),
        typ: kinds(
          ['05', 'hårt, längd 5 m', 'hard, length 5 m', 1],
          ['15', 'förkromat, längd 5 m', 'chrome-plated, length 5 m', 1.7],
        ),
      },
      sold: '5 m',
      cost: 38,
      grams: 310,
    },
    {
      prefix: 'KM',
      sv: 'Kopparrör {d} mm, mjukt i ring',
      en: 'Copper tube {d} mm, soft coil',
      axes: { d: sizes('0800=8 1000=10 1200=12 1500=15 1800=18 2200=22', 3.4) },
      sold: 'm',
      precision: 1,
      minimum: 1,
      cost: 27.5,
      grams: 210,
    },
    {
      prefix: 'KB',
      sv: 'Kopparböj 90° {d} mm',
      en: 'Copper elbow 90° {d} mm',
      axes: { d: sizes('1290=12 1590=15 1890=18 2290=22 2890=28 3590=35 4290=42 5490=54', 9) },
      sold: '10 st',
      cost: 7.2,
      grams: 20,
    },
    {
      prefix: 'KT',
      sv: 'T-rör koppar {d} mm',
      en: 'Copper tee {d} mm',
      axes: { d: sizes('1200=12 1500=15 1800=18 2200=22 2800=28 3500=35 4200=42 5400=54', 8) },
      sold: '10 st',
      cost: 11.4,
      grams: 32,
    },
    {
      prefix: 'KK',
      sv: 'Klämringskoppling rak {d} mm, {yta}',
      en: 'Straight compression coupling {d} mm, {yta}',
      axes: {
        d: sizes('10 12 15 18 22 28', 3.4),
        yta: kinds(['01', 'mässing', 'brass', 1], ['02', 'förkromad', 'chrome-plated', 1.25]),
      },
      sold: '5 st',
      cost: 21.6,
      grams: 78,
    },
  ],
  pressror: [
    {
      prefix: 'PB',
      sv: 'Pressböj {v} {d} mm, {mat}',
      en: 'Press elbow {v} {d} mm, {mat}',
      axes: {
        d: sizes(copper, 8),
        v: kinds(['4', '45°', '45°', 0.95], ['9', '90°', '90°', 1]),
        mat: kinds(
          ['1', 'elförzinkad', 'zinc-plated', 1],
          ['2', 'koppar', 'copper', 1.6],
          ['3', 'rostfri', 'stainless', 3.1],
        ),
      },
      sold: '5 st',
      cost: 23.8,
      grams: 48,
    },
    {
      prefix: 'PM',
      sv: 'Pressmuff {d} mm, {mat}',
      en: 'Press coupling {d} mm, {mat}',
      axes: {
        d: sizes(copper, 7),
        mat: kinds(
          ['01', 'elförzinkad', 'zinc-plated', 1],
          ['02', 'koppar', 'copper', 1.5],
          ['03', 'rostfri', 'stainless', 2.9],
        ),
      },
      sold: '10 st',
      cost: 17.2,
      grams: 35,
    },
    {
      prefix: 'PT',
      sv: 'Press-T {d} mm, {mat}',
      en: 'Press tee {d} mm, {mat}',
      axes: {
        d: sizes(copper, 7.5),
        mat: kinds(
          ['01', 'elförzinkad', 'zinc-plated', 1],
          ['02', 'koppar', 'copper', 1.6],
          ['03', 'rostfri', 'stainless', 3],
        ),
      },
      sold: '5 st',
      cost: 31.5,
      grams: 72,
    },
  ],
  pexror: [
    {
      prefix: 'PX',
      sv: 'PEX-rör {d} mm, {typ}',
      en: 'PEX pipe {d} mm, {typ}',
      axes: {
        d: sizes(
          '12=12×2,0 15=15×2,5 16=16×2,0 18=18×2,5 20=20×2,0 22=22×3,0 25=25×2,3 28=28×4,0',
          3.6,
        ),
        typ: kinds(['01', 'naturell', 'natural', 1], ['02', 'rör-i-rör', 'pipe-in-pipe', 2.1]),
      },
      sold: 'm',
      precision: 1,
      minimum: 5,
      cost: 9.6,
      grams: 82,
    },
    {
      prefix: 'PK',
      sv: 'PEX-koppling {form} {d} mm',
      en: 'PEX coupling {form} {d} mm',
      axes: {
        d: sizes('12 15 16 18 20 22 25 28', 2.9),
        form: kinds(
          ['01', 'rak', 'straight', 1],
          ['02', 'vinkel', 'elbow', 1.3],
          ['03', 'T', 'tee', 1.8],
        ),
      },
      sold: '5 st',
      cost: 26.4,
      grams: 64,
    },
    {
      prefix: 'PF',
      sv: 'Fördelare {g}, {n} grupper',
      en: 'Manifold {g}, {n} outlets',
      axes: {
        g: kinds(['34', '3/4"', '3/4"', 1], ['10', '1"', '1"', 1.3]),
        n: sizes('02=2 03=3 04=4 05=5 06=6 08=8 10=10', 4.6),
      },
      sold: 'st',
      cost: 178,
      grams: 420,
    },
  ],
  avlopp: [
    {
      prefix: 'AR',
      sv: 'Avloppsrör PP {d} mm, längd {l} m',
      en: 'PP drain pipe {d} mm, length {l} m',
      axes: { d: sizes('032=32 040=40 050=50 075=75 110=110 160=160', 9), l: sizes('1 2 3', 2.7) },
      sold: 'st',
      cost: 18.9,
      grams: 230,
    },
    {
      prefix: 'AB',
      sv: 'Avloppsböj PP {d} mm, {v}',
      en: 'PP drain bend {d} mm, {v}',
      axes: {
        d: sizes('032=32 040=40 050=50 075=75 110=110 160=160', 9),
        v: angles,
      },
      sold: '10 st',
      cost: 7.1,
      grams: 40,
    },
    {
      prefix: 'AG',
      sv: 'Grenrör PP {d} mm, {v}',
      en: 'PP branch {d} mm, {v}',
      axes: {
        d: sizes('050=50 075=75 110=110 160=160', 5),
        v: kinds(['4', '45°', '45°', 1], ['8', '88°', '88°', 1]),
      },
      sold: '5 st',
      cost: 19.4,
      grams: 105,
    },
    {
      prefix: 'GB',
      sv: 'Golvbrunn {d} mm, {utlopp}',
      en: 'Floor gully {d} mm, {utlopp}',
      axes: {
        d: sizes('050=50 075=75 110=110', 1.5),
        utlopp: kinds(
          ['1', 'sidoutlopp', 'side outlet', 1],
          ['2', 'bottenutlopp', 'bottom outlet', 0.95],
        ),
      },
      sold: 'st',
      cost: 342,
      grams: 1_350,
    },
    {
      prefix: 'AM',
      sv: '{typ} PP {d} mm',
      en: 'PP {typ} {d} mm',
      axes: {
        typ: kinds(
          ['1', 'Dubbelmuff', 'double socket', 1],
          ['2', 'Skjutmuff', 'slip socket', 1.1],
          ['3', 'Rensrör', 'inspection pipe', 2.6],
          ['4', 'Propp', 'plug', 0.6],
        ),
        d: sizes('032=32 040=40 050=50 075=75 110=110 160=160', 7),
      },
      sold: '10 st',
      cost: 6.9,
      grams: 36,
    },
  ],
}
