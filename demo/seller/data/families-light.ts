import { kinds, sizes, type FamiliesByGroup } from '../family'

const colour = kinds(
  ['27', '2700 K', '2700 K', 1],
  ['30', '3000 K', '3000 K', 1],
  ['40', '4000 K', '4000 K', 1],
)

export const lightFamilies: FamiliesByGroup = {
  belysning: [
    {
      prefix: 'DL',
      sv: 'Downlight Ljusgård {w} W, {k}, {f}',
      en: 'Downlight Ljusgård {w} W, {k}, {f}',
      axes: {
        w: sizes('05=5 07=7 10=10', 1.5),
        k: kinds(
          ['2', '2700 K', '2700 K', 1],
          ['3', '3000 K', '3000 K', 1],
          ['4', '4000 K', '4000 K', 1],
        ),
        f: kinds(
          ['1', 'vit', 'white', 1],
          ['2', 'svart', 'black', 1.05],
          ['3', 'borstat stål', 'brushed steel', 1.1],
        ),
      },
      sold: 'st',
      cost: 168,
      grams: 320,
    },
    {
      prefix: 'IA',
      sv: 'Industriarmatur LED {l} mm, {w} W, {k}',
      en: 'LED batten {l} mm, {w} W, {k}',
      axes: {
        l: sizes('6=600 9=900 1=1200 5=1500', 1.8),
        w: kinds(['2', '20', '20', 1], ['4', '40', '40', 1.35]),
        k: kinds(['30', '3000 K', '3000 K', 1], ['40', '4000 K', '4000 K', 1]),
      },
      sold: 'st',
      cost: 312,
      grams: 1_500,
    },
    {
      prefix: 'NB',
      sv: 'Nödljusarmatur {typ}, {tid}',
      en: 'Emergency luminaire {typ}, {tid}',
      axes: {
        typ: kinds(
          ['10', 'vägg', 'wall', 1],
          ['20', 'tak', 'ceiling', 1.1],
          ['30', 'skylt med piktogram', 'exit sign', 1.35],
        ),
        tid: kinds(['01', '1 h', '1 h', 1], ['03', '3 h', '3 h', 1.25]),
      },
      sold: 'st',
      cost: 486,
      grams: 980,
    },
    {
      prefix: 'UB',
      sv: '{typ} Ljusgård {serie}, {f}',
      en: '{typ} Ljusgård {serie}, {f}',
      axes: {
        typ: kinds(
          ['1', 'Fasadarmatur', 'Facade luminaire', 1],
          ['2', 'Pollare 600 mm', 'Bollard 600 mm', 2.2],
          ['3', 'Strålkastare 50 W', 'Floodlight 50 W', 1.3],
        ),
        serie: kinds(['1', 'Grind', 'Grind', 1], ['2', 'Allé', 'Allé', 1.3]),
        f: kinds(
          ['10', 'svart', 'black', 1],
          ['20', 'antracit', 'anthracite', 1.02],
          ['30', 'vit', 'white', 1],
        ),
      },
      sold: 'st',
      cost: 428,
      grams: 1_700,
    },
    {
      prefix: 'LS',
      sv: 'LED-list {w} W/m, {k}, 5 m',
      en: 'LED strip {w} W/m, {k}, 5 m',
      axes: { w: sizes('05=4,8 10=9,6 14=14,4', 1.8), k: colour },
      sold: 'st',
      cost: 212,
      grams: 180,
    },
  ],
  ljuskallor: [
    {
      prefix: 'LE',
      sv: 'LED-lampa E27 {w} W, {k}, {glas}',
      en: 'LED lamp E27 {w} W, {k}, {glas}',
      axes: {
        w: sizes('04=4 06=6 08=8 10=10 15=15', 2.4),
        k: kinds(['2', '2700 K', '2700 K', 1], ['4', '4000 K', '4000 K', 1]),
        glas: kinds(['1', 'matt', 'frosted', 1], ['2', 'klar', 'clear', 1]),
      },
      sold: '10 st',
      cost: 14.8,
      grams: 60,
    },
    {
      prefix: 'LG',
      sv: 'LED-spot GU10 {w} W, {k}',
      en: 'LED spot GU10 {w} W, {k}',
      axes: { w: sizes('03=3 05=5 07=7', 1.7), k: colour },
      sold: '10 st',
      cost: 16.5,
      grams: 55,
    },
    {
      prefix: 'LT',
      sv: 'LED-rör T8 {l} mm, {k}',
      en: 'LED tube T8 {l} mm, {k}',
      axes: {
        l: kinds(['06', '600', '600', 1], ['12', '1200', '1200', 1.4], ['15', '1500', '1500', 1.8]),
        k: kinds(
          ['30', '3000 K', '3000 K', 1],
          ['40', '4000 K', '4000 K', 1],
          ['65', '6500 K', '6500 K', 1],
        ),
      },
      sold: '10 st',
      cost: 32,
      grams: 210,
    },
  ],
  forlaggning: [
    {
      prefix: 'VR',
      sv: 'VP-rör {d} mm, {typ}',
      en: 'Conduit {d} mm, {typ}',
      axes: {
        d: sizes('16 20 25 32 40', 2.6),
        typ: kinds(
          ['01', 'halogenfritt', 'halogen-free', 1.3],
          ['02', 'låg hållfasthet', 'light duty', 0.8],
          ['03', 'slagtåligt', 'impact resistant', 1],
        ),
      },
      sold: '30 m',
      cost: 5.4,
      grams: 75,
    },
    {
      prefix: 'FX',
      sv: 'Flexrör {d} mm, {typ}, {l} m',
      en: 'Flexible conduit {d} mm, {typ}, {l} m',
      axes: {
        d: sizes('16 20 25 32', 2.3),
        typ: kinds(
          ['1', 'tomt', 'empty', 1],
          ['2', 'med FK 3G1,5', 'with FK 3G1.5', 3.4],
          ['3', 'med FK 5G2,5', 'with FK 5G2.5', 6.2],
        ),
        l: kinds(['1', '50', '50', 1], ['2', '100', '100', 1.95]),
      },
      sold: 'st',
      cost: 168,
      grams: 3_100,
    },
    {
      prefix: 'KS',
      sv: 'Kabelstege {b} mm, {l} m, {yta}',
      en: 'Cable ladder {b} mm, {l} m, {yta}',
      axes: {
        b: sizes('2=200 3=300 4=400 6=600', 1.9),
        l: kinds(['3', '3', '3', 1], ['6', '6', '6', 1.9]),
        yta: kinds(
          ['10', 'sendzimir', 'pre-galvanised', 1],
          ['20', 'varmförzinkad', 'hot-dip galvanised', 1.6],
        ),
      },
      sold: 'st',
      cost: 248,
      grams: 6_200,
    },
    {
      prefix: 'KN',
      sv: 'Kabelkanal {b}×{h} mm, vit, 2 m',
      en: 'Cable trunking {b}×{h} mm, white, 2 m',
      axes: { b: sizes('16 25 40 60', 3.2), h: sizes('10 16 25', 1.5) },
      sold: '2 m',
      cost: 7.8,
      grams: 110,
    },
    {
      prefix: 'BB',
      sv: 'Buntband {l}×{b} mm, {f}, 100 st',
      en: 'Cable ties {l}×{b} mm, {f}, 100 pcs',
      axes: {
        l: sizes('10=100 20=200 30=300 37=370', 4),
        b: kinds(['3', '3,6', '3.6', 1], ['4', '4,8', '4.8', 1.3]),
        f: kinds(['1', 'svart', 'black', 1], ['2', 'natur', 'natural', 1]),
      },
      sold: 'förp',
      cost: 11.2,
      grams: 90,
    },
  ],
}
