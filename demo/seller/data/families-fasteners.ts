import { kinds, sizes, type FamiliesByGroup } from '../family'

const metric = kinds(
  ['05', 'M5', 'M5', 0.7],
  ['06', 'M6', 'M6', 1],
  ['08', 'M8', 'M8', 1.7],
  ['10', 'M10', 'M10', 2.9],
  ['12', 'M12', 'M12', 4.4],
  ['16', 'M16', 'M16', 8.2],
)
const steel = kinds(
  ['1', 'elförzinkad', 'zinc-plated', 1],
  ['4', 'rostfri A4', 'stainless A4', 3.2],
)
const nutSteel = kinds(
  ['10', 'elförzinkad', 'zinc-plated', 1],
  ['20', 'varmförzinkad', 'hot-dip galvanised', 1.4],
  ['40', 'rostfri A4', 'stainless A4', 3.2],
)

export const fastenerFamilies: FamiliesByGroup = {
  traskruv: [
    {
      prefix: 'TS',
      sv: 'Träskruv {d}×{l} mm, {yta}, 250 st',
      en: 'Wood screw {d}×{l} mm, {yta}, 250 pcs',
      axes: {
        d: kinds(['3', '3,5', '3.5', 0.8], ['4', '4,2', '4.2', 1], ['5', '5,0', '5.0', 1.4]),
        l: sizes('03=30 04=40 05=55 07=70 09=90', 2.7),
        yta: kinds(
          ['1', 'elförzinkad', 'zinc-plated', 1],
          ['2', 'C4', 'C4', 1.4],
          ['3', 'rostfri A2', 'stainless A2', 2.4],
        ),
      },
      sold: 'förp',
      cost: 38,
      grams: 460,
    },
    {
      prefix: 'TR',
      sv: 'Trallskruv {d}×{l} mm, {yta}, 500 st',
      en: 'Decking screw {d}×{l} mm, {yta}, 500 pcs',
      axes: {
        d: kinds(['42', '4,2', '4.2', 1], ['48', '4,8', '4.8', 1.2]),
        l: sizes('4=42 5=55 7=75', 1.6),
        yta: kinds(
          ['1', 'C4', 'C4', 1],
          ['2', 'rostfri A2', 'stainless A2', 1.8],
          ['4', 'rostfri A4', 'stainless A4', 2.5],
        ),
      },
      sold: 'förp',
      cost: 118,
      grams: 1_500,
    },
    {
      prefix: 'GI',
      sv: 'Gipsskruv {l} mm, {typ}, 1 000 st',
      en: 'Plasterboard screw {l} mm, {typ}, 1,000 pcs',
      axes: {
        l: sizes('25=25 35=35 41=41 55=55', 2),
        typ: kinds(
          ['01', 'trä', 'timber', 1],
          ['02', 'plåtregel', 'steel stud', 1.05],
          ['03', 'bandad', 'collated', 1.6],
        ),
      },
      sold: 'förp',
      cost: 84,
      grams: 1_700,
    },
    {
      prefix: 'FS',
      sv: 'Fransk träskruv {d}×{l} mm, 50 st',
      en: 'Coach screw {d}×{l} mm, 50 pcs',
      axes: { d: sizes('06=6 08=8 10=10', 2.8), l: sizes('05=50 08=80 10=100 12=120', 1.9) },
      sold: 'förp',
      cost: 62,
      grams: 620,
    },
  ],
  maskinskruv: [
    {
      prefix: 'SK',
      sv: 'Sexkantskruv {m}×{l} mm, {yta}',
      en: 'Hexagon bolt {m}×{l} mm, {yta}',
      axes: { m: metric, l: sizes('16 20 25 30 40 50 60 80 99=100', 2.6), yta: steel },
      sold: '50 st',
      cost: 0.62,
      grams: 9,
    },
    {
      prefix: 'IN',
      sv: 'Insexskruv {m}×{l} mm, {yta}',
      en: 'Socket cap screw {m}×{l} mm, {yta}',
      axes: {
        m: metric,
        l: sizes('16 25 40 60', 2.2),
        yta: kinds(['1', 'svart 12.9', 'black 12.9', 1], ['4', 'rostfri A4', 'stainless A4', 2.8]),
      },
      sold: '50 st',
      cost: 0.78,
      grams: 10,
    },
    {
      prefix: 'MU',
      sv: '{typ} {m}, {yta}',
      en: '{typ} {m}, {yta}',
      axes: {
        typ: kinds(
          ['1', 'Sexkantmutter', 'Hexagon nut', 1],
          ['2', 'Låsmutter', 'Lock nut', 1.6],
          ['3', 'Flänsmutter', 'Flange nut', 1.8],
        ),
        m: metric,
        yta: nutSteel,
      },
      sold: '100 st',
      cost: 0.21,
      grams: 4,
    },
    {
      prefix: 'BR',
      sv: '{typ} {m}, {yta}',
      en: '{typ} {m}, {yta}',
      axes: {
        typ: kinds(
          ['1', 'Planbricka', 'Flat washer', 1],
          ['2', 'Fjäderbricka', 'Spring washer', 1.3],
          ['3', 'Karosseribricka', 'Penny washer', 2],
        ),
        m: metric,
        yta: nutSteel,
      },
      sold: '100 st',
      cost: 0.12,
      grams: 2,
    },
  ],
  plugg: [
    {
      prefix: 'PL',
      sv: 'Nylonplugg {d}×{l} mm, 100 st',
      en: 'Nylon plug {d}×{l} mm, 100 pcs',
      axes: { d: sizes('05=5 06=6 08=8 10=10 12=12', 4.2), l: sizes('25 40 60', 1.8) },
      sold: 'förp',
      cost: 19.5,
      grams: 80,
    },
    {
      prefix: 'XP',
      sv: 'Expanderbult {m}×{l} mm, {yta}',
      en: 'Wedge anchor {m}×{l} mm, {yta}',
      axes: {
        m: kinds(
          ['08', 'M8', 'M8', 1],
          ['10', 'M10', 'M10', 1.4],
          ['12', 'M12', 'M12', 2.1],
          ['16', 'M16', 'M16', 3.9],
        ),
        l: sizes('7=75 9=95 1=115', 1.5),
        yta: steel,
      },
      sold: '25 st',
      cost: 4.8,
      grams: 48,
    },
    {
      prefix: 'BS',
      sv: 'Betongskruv {d}×{l} mm, {skalle}',
      en: 'Concrete screw {d}×{l} mm, {skalle}',
      axes: {
        d: kinds(['6', '6,0', '6.0', 0.8], ['7', '7,5', '7.5', 1], ['9', '10,0', '10.0', 2]),
        l: sizes('06=60 08=80 10=100', 1.5),
        skalle: kinds(['1', 'sexkant', 'hexagon head', 1], ['2', 'försänkt', 'countersunk', 1]),
      },
      sold: '50 st',
      cost: 3.1,
      grams: 28,
    },
    {
      prefix: 'GP',
      sv: 'Gipsplugg {typ}, {n} st',
      en: 'Plasterboard plug {typ}, {n} pcs',
      axes: {
        typ: kinds(
          ['10', 'nylon', 'nylon', 1],
          ['20', 'metall', 'metal', 1.4],
          ['30', 'metall med skruv', 'metal with screw', 1.8],
        ),
        n: sizes('25=25 50=50 99=100', 3.4),
      },
      sold: 'förp',
      cost: 26,
      grams: 110,
    },
    {
      prefix: 'SG',
      sv: 'Spikplugg {d}×{l} mm, 100 st',
      en: 'Hammer fixing {d}×{l} mm, 100 pcs',
      axes: { d: sizes('05=5 06=6 08=8', 2.3), l: sizes('40 60 80', 1.6) },
      sold: 'förp',
      cost: 48,
      grams: 320,
    },
  ],
  spik: [
    {
      prefix: 'TP',
      sv: 'Trådspik {d}×{l} mm, {yta}',
      en: 'Wire nail {d}×{l} mm, {yta}',
      axes: {
        d: kinds(['23', '2,3', '2.3', 1.1], ['28', '2,8', '2.8', 1], ['34', '3,4', '3.4', 0.95]),
        l: sizes('5=50 7=75 1=100', 1.1),
        yta: kinds(['1', 'blank', 'bright', 1], ['2', 'varmförzinkad', 'hot-dip galvanised', 1.6]),
      },
      sold: 'kg',
      precision: 1,
      minimum: 0.5,
      cost: 31,
      grams: 1_000,
    },
    {
      prefix: 'AS',
      sv: 'Ankarspik {d}×{l} mm, 250 st',
      en: 'Anchor nail {d}×{l} mm, 250 pcs',
      axes: {
        d: kinds(['40', '4,0', '4.0', 1], ['42', '4,2', '4.2', 1.1]),
        l: sizes('35=35 40=40 50=50 60=60', 1.5),
      },
      sold: 'förp',
      cost: 54,
      grams: 1_100,
    },
    {
      prefix: 'KL',
      sv: 'Kabelklammer {d} mm, {f}, 100 st',
      en: 'Cable clips {d} mm, {f}, 100 pcs',
      axes: {
        d: sizes('05=3–5 07=5–7 10=7–10 14=10–14', 2.1),
        f: kinds(['01', 'vit', 'white', 1], ['02', 'grå', 'grey', 1], ['03', 'svart', 'black', 1]),
      },
      sold: 'förp',
      cost: 22,
      grams: 170,
    },
  ],
}
