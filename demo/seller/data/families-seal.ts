import { kinds, sizes, type FamiliesByGroup } from '../family'

export const sealFamilies: FamiliesByGroup = {
  isolering: [
    {
      prefix: 'IS',
      sv: 'Isolering {t} mm × 2 m, rör {d} mm',
      en: 'Insulation {t} mm × 2 m, pipe {d} mm',
      axes: {
        t: sizes('09=9 13=13 19=19 25=25 32=32', 2.8),
        d: sizes('15 18 22 28 35 42 54 60', 2.6),
      },
      sold: '2 m',
      cost: 6.4,
      grams: 60,
    },
    {
      prefix: 'IM',
      sv: 'Rörskål mineralull {t} mm, rör {d} mm',
      en: 'Mineral wool pipe section {t} mm, pipe {d} mm',
      axes: { t: sizes('20 30 40 50', 2.4), d: sizes('15 22 28 42 54 76', 2.2) },
      sold: '1.2 m',
      precision: 1,
      cost: 18.2,
      grams: 340,
    },
  ],
  packningar: [
    {
      prefix: 'FL',
      sv: 'Flänspackning {d}',
      en: 'Flange gasket {d}',
      axes: {
        d: sizes(
          '0015=DN15 0020=DN20 0025=DN25 0032=DN32 0040=DN40 0050=DN50 0065=DN65 0080=DN80 0100=DN100 0125=DN125 0150=DN150',
          7,
        ),
      },
      sold: 'st',
      cost: 6.2,
      grams: 12,
    },
    {
      prefix: 'OR',
      sv: 'O-ring {d} mm, {mat}',
      en: 'O-ring {d} mm, {mat}',
      axes: {
        d: sizes('10=10×2 12=12×2 14=14×2 16=16×3 18=18×3 20=20×3 25=25×3 30=30×4 40=40×4', 3),
        mat: kinds(['01', 'NBR', 'NBR', 1], ['02', 'EPDM', 'EPDM', 1.2], ['03', 'FKM', 'FKM', 3.4]),
      },
      sold: '10 st',
      cost: 1.1,
      grams: 1,
    },
    {
      prefix: 'GT',
      sv: 'Gängtejp PTFE {b} mm × 12 m',
      en: 'PTFE thread tape {b} mm × 12 m',
      axes: { b: sizes('0012=12 0019=19 0025=25', 1.9) },
      sold: '10 st',
      cost: 4.9,
      grams: 15,
    },
    {
      prefix: 'LN',
      sv: 'Lin för gängtätning, {vikt}',
      en: 'Thread sealing hemp, {vikt}',
      axes: {
        vikt: kinds(
          ['0080', 'docka 80 g', '80 g skein', 1],
          ['0200', 'fläta 200 g', '200 g plait', 2.2],
        ),
      },
      sold: 'st',
      cost: 24,
      grams: 90,
    },
  ],
  upphangning: [
    {
      prefix: 'RS',
      sv: 'Rörsvep {d} mm, {typ}',
      en: 'Pipe clamp {d} mm, {typ}',
      axes: {
        d: sizes('12 15 18 22 28 35 42 54 60 76', 3.1),
        typ: kinds(
          ['01', 'med gummi', 'rubber-lined', 1.3],
          ['02', 'utan gummi', 'unlined', 1],
          ['03', 'rostfritt', 'stainless', 2.8],
        ),
      },
      sold: '25 st',
      cost: 5.6,
      grams: 42,
    },
    {
      prefix: 'GS',
      sv: 'Gängstång {m} × {l} mm, elförzinkad',
      en: 'Threaded rod {m} × {l} mm, zinc-plated',
      axes: {
        m: kinds(
          ['08', 'M8', 'M8', 1],
          ['10', 'M10', 'M10', 1.6],
          ['12', 'M12', 'M12', 2.3],
          ['16', 'M16', 'M16', 4],
        ),
        l: sizes('10=1000 20=2000 30=3000', 2.9),
      },
      sold: 'st',
      cost: 11.8,
      grams: 310,
    },
    {
      prefix: 'MS',
      sv: 'Montageskena {p}, {l} m',
      en: 'Mounting rail {p}, {l} m',
      axes: {
        p: kinds(
          ['28', '28×18', '28×18', 1],
          ['41', '41×21', '41×21', 1.5],
          ['42', '41×41', '41×41', 2.1],
        ),
        l: sizes('02=2 03=3 06=6', 2.8),
      },
      sold: 'st',
      cost: 64,
      grams: 1_900,
    },
  ],
  kanaler: [
    {
      prefix: 'SP',
      sv: 'Spirokanal {d} mm, längd 3 m',
      en: 'Spiral duct {d} mm, length 3 m',
      axes: {
        d: sizes('0080=80 0100=100 0125=125 0160=160 0200=200 0250=250 0315=315 0400=400', 5),
      },
      sold: '3 m',
      cost: 31.5,
      grams: 1_100,
    },
    {
      prefix: 'VV',
      sv: 'Ventilationsböj {d} mm, {v}',
      en: 'Duct bend {d} mm, {v}',
      axes: {
        d: sizes('080=80 100=100 125=125 160=160 200=200 250=250 315=315 400=400', 6),
        v: kinds(['3', '30°', '30°', 0.8], ['4', '45°', '45°', 0.9], ['9', '90°', '90°', 1]),
      },
      sold: 'st',
      cost: 42,
      grams: 480,
    },
    {
      prefix: 'VN',
      sv: '{typ} ventilation {d} mm',
      en: 'Duct {typ} {d} mm',
      axes: {
        d: sizes('080=80 100=100 125=125 160=160 200=200 250=250 315=315 400=400', 4),
        typ: kinds(
          ['1', 'Nippel', 'coupling', 1],
          ['2', 'Muff', 'socket', 1.05],
          ['5', 'Ändlock', 'end cap', 1.2],
          ['7', 'Ljuddämpare 600 mm', 'silencer 600 mm', 22],
        ),
      },
      sold: 'st',
      cost: 17.5,
      grams: 190,
    },
    {
      prefix: 'VD',
      sv: 'Förminskning ventilation {d}/{e} mm',
      en: 'Duct reducer {d}/{e} mm',
      axes: {
        d: sizes('25=250 31=315 40=400', 1.8),
        e: sizes('10=100 12=125 16=160 20=200', 1.2),
      },
      sold: 'st',
      cost: 58,
      grams: 520,
    },
  ],
  don: [
    {
      prefix: 'TD',
      sv: '{typ} {d} mm, {yta}',
      en: '{typ} {d} mm, {yta}',
      axes: {
        typ: kinds(
          ['1', 'Tilluftsdon', 'Supply air terminal', 1.2],
          ['2', 'Frånluftsventil', 'Exhaust valve', 1],
          ['3', 'Kontrollventil', 'Control valve', 1.1],
        ),
        d: sizes('10=100 12=125 16=160 20=200', 2.3),
        yta: kinds(['1', 'vit', 'white', 1], ['2', 'svart', 'black', 1.15]),
      },
      sold: 'st',
      cost: 66,
      grams: 420,
    },
    {
      prefix: 'KF',
      sv: 'Kanalfläkt Vindfång {d} mm, {typ}',
      en: 'Duct fan Vindfång {d} mm, {typ}',
      axes: {
        d: sizes('100=100 125=125 160=160 200=200 250=250 315=315', 3),
        typ: kinds(['1', 'AC', 'AC', 1], ['2', 'EC', 'EC', 1.5]),
      },
      sold: 'st',
      cost: 1_120,
      grams: 3_600,
    },
    {
      prefix: 'BF',
      sv: 'Badrumsfläkt Vindfång {d} mm, {typ}',
      en: 'Bathroom fan Vindfång {d} mm, {typ}',
      axes: {
        d: kinds(['100', '100', '100', 1], ['125', '125', '125', 1.2]),
        typ: kinds(
          ['1', 'bas', 'basic', 1],
          ['2', 'timer', 'timer', 1.3],
          ['3', 'fukt och timer', 'humidity and timer', 1.7],
        ),
      },
      sold: 'st',
      cost: 312,
      grams: 720,
    },
  ],
}
