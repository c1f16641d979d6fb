import { kinds, sizes, type FamiliesByGroup } from '../family'

const garment = '44=C44 46=C46 48=C48 50=C50 52=C52 54=C54 56=C56 58=C58'
const letters = '1=S 2=M 3=L 4=XL 5=XXL'

export const siteFamilies: FamiliesByGroup = {
  lim: [
    {
      prefix: 'LF',
      sv: '{typ} {f}, 300 ml',
      en: '{typ} {f}, 300 ml',
      axes: {
        typ: kinds(
          ['10', 'Byggsilikon', 'Building silicone', 1],
          ['20', 'Sanitetssilikon', 'Sanitary silicone', 1.2],
          ['30', 'Akrylfog', 'Acrylic sealant', 0.6],
          ['40', 'Fog & lim MS', 'MS seal & bond', 1.9],
        ),
        f: kinds(
          ['01', 'vit', 'white', 1],
          ['02', 'grå', 'grey', 1],
          ['03', 'svart', 'black', 1],
          ['04', 'transparent', 'clear', 1.05],
        ),
      },
      sold: '12 st',
      cost: 28.5,
      grams: 380,
    },
    {
      prefix: 'KE',
      sv: 'Kemankare {typ}, {v} ml',
      en: 'Resin anchor {typ}, {v} ml',
      axes: {
        typ: kinds(
          ['10', 'polyester', 'polyester', 1],
          ['20', 'vinylester', 'vinylester', 1.6],
          ['30', 'epoxi', 'epoxy', 2.7],
        ),
        v: kinds(['30', '300', '300', 1], ['41', '410', '410', 1.3]),
      },
      sold: 'st',
      cost: 82,
      grams: 620,
    },
    {
      prefix: 'FU',
      sv: 'Fogskum {typ}, {v} ml',
      en: 'PU foam {typ}, {v} ml',
      axes: {
        typ: kinds(
          ['10', 'handskum', 'hand-held', 1],
          ['20', 'pistolskum', 'gun-grade', 1.1],
          ['30', 'brandklassat', 'fire-rated', 1.8],
        ),
        v: kinds(['50', '500', '500', 0.8], ['75', '750', '750', 1]),
      },
      sold: '12 st',
      cost: 52,
      grams: 890,
    },
  ],
  klader: [
    {
      prefix: 'AK',
      sv: '{typ} Yrke, svart, {s}',
      en: '{typ} Yrke, black, {s}',
      axes: {
        typ: kinds(
          ['10', 'Hantverksbyxa', 'Craftsman trousers', 1],
          ['20', 'Servicebyxa stretch', 'Stretch service trousers', 1.1],
          ['30', 'Piratbyxa', 'Pirate trousers', 0.9],
        ),
        s: sizes(garment, 1),
      },
      sold: 'st',
      cost: 486,
      grams: 720,
    },
    {
      prefix: 'AJ',
      sv: '{typ} Yrke, {f}, {s}',
      en: '{typ} Yrke, {f}, {s}',
      axes: {
        typ: kinds(
          ['10', 'T-tröja', 'T-shirt', 0.25],
          ['20', 'Skaljacka', 'Shell jacket', 1.6],
          ['30', 'Vinterjacka', 'Winter jacket', 2.1],
          ['40', 'Fleecetröja', 'Fleece jacket', 1],
        ),
        f: kinds(['1', 'svart', 'black', 1], ['2', 'varsel gul', 'hi-vis yellow', 1.2]),
        s: sizes(letters, 1),
      },
      sold: 'st',
      cost: 342,
      grams: 480,
    },
    {
      prefix: 'SO',
      sv: 'Skyddssko {typ}, {s}',
      en: 'Safety shoe {typ}, {s}',
      axes: {
        typ: kinds(['10', 'S1P låg', 'S1P low', 1], ['20', 'S3 känga', 'S3 boot', 1.4]),
        s: sizes('38 39 40 41 42 43 44 45 46 47', 1),
      },
      sold: 'st',
      cost: 742,
      grams: 1_150,
    },
  ],
  skydd: [
    {
      prefix: 'HK',
      sv: 'Handske {typ}, storlek {s}',
      en: 'Glove {typ}, size {s}',
      axes: {
        typ: kinds(
          ['10', 'montage nitril', 'nitrile assembly', 0.4],
          ['20', 'läder', 'leather', 1],
          ['30', 'skärskydd D', 'cut resistant D', 1.7],
          ['40', 'vinter', 'winter', 1.4],
        ),
        s: sizes('07=7 08=8 09=9 10=10 11=11', 1),
      },
      sold: '12 st',
      cost: 46,
      grams: 80,
    },
    {
      prefix: 'PS',
      sv: '{typ}, {f}',
      en: '{typ}, {f}',
      axes: {
        typ: kinds(
          ['10', 'Skyddshjälm', 'Safety helmet', 2],
          ['20', 'Hörselkåpa', 'Ear defenders', 3.1],
          ['30', 'Skyddsglasögon', 'Safety glasses', 0.6],
        ),
        f: kinds(
          ['01', 'vit', 'white', 1],
          ['02', 'gul', 'yellow', 1],
          ['03', 'svart', 'black', 1],
        ),
      },
      sold: 'st',
      cost: 92,
      grams: 260,
    },
    {
      prefix: 'AN',
      sv: 'Andningsskydd {typ}, {n} st',
      en: 'Respirator {typ}, {n} pcs',
      axes: {
        typ: kinds(
          ['10', 'FFP2', 'FFP2', 1],
          ['20', 'FFP3', 'FFP3', 1.7],
          ['30', 'FFP3 med ventil', 'FFP3 valved', 2.1],
        ),
        n: sizes('05=5 10=10 20=20', 3.4),
      },
      sold: 'förp',
      cost: 58,
      grams: 90,
    },
    {
      prefix: 'FA',
      sv: '{typ}, {s}',
      en: '{typ}, {s}',
      axes: {
        typ: kinds(
          ['10', 'Fallskyddssele', 'Fall arrest harness', 1],
          ['20', 'Stödbälte', 'Work positioning belt', 0.6],
          ['30', 'Knäskydd', 'Knee pads', 0.15],
        ),
        s: kinds(['01', 'S–M', 'S–M', 1], ['02', 'L–XL', 'L–XL', 1], ['03', 'XXL', 'XXL', 1.05]),
      },
      sold: 'st',
      cost: 842,
      grams: 1_300,
    },
  ],
  kemi: [
    {
      prefix: 'KO',
      sv: '{typ}, {v}',
      en: '{typ}, {v}',
      axes: {
        typ: kinds(
          ['10', 'Universalspray', 'Multi-purpose spray', 1],
          ['20', 'Glidmedel för rör', 'Pipe lubricant', 0.9],
          ['30', 'Läcksökspray', 'Leak detection spray', 1.1],
          ['40', 'Kallgalv', 'Cold galvanising', 1.4],
        ),
        v: kinds(['02', '200 ml', '200 ml', 0.7], ['04', '400 ml', '400 ml', 1]),
      },
      sold: '6 st',
      cost: 48,
      grams: 420,
    },
    {
      prefix: 'OL',
      sv: '{typ}, lösvikt',
      en: '{typ}, in bulk',
      axes: {
        typ: kinds(
          ['1046', 'Hydraulolja ISO 46', 'Hydraulic oil ISO 46', 1],
          ['1068', 'Hydraulolja ISO 68', 'Hydraulic oil ISO 68', 1.02],
          ['2000', 'Skärolja', 'Cutting oil', 1.7],
          ['3000', 'Propylenglykol', 'Propylene glycol', 1.3],
          ['3100', 'Köldbärare 30 %', 'Brine 30 %', 0.8],
          ['4000', 'Lacknafta', 'White spirit', 0.9],
        ),
      },
      sold: 'l',
      precision: 1,
      minimum: 5,
      cost: 36,
      grams: 880,
    },
    {
      prefix: 'RE',
      sv: '{typ}, {v} l',
      en: '{typ}, {v} l',
      axes: {
        typ: kinds(
          ['10', 'Grovrengöring', 'Heavy-duty cleaner', 1],
          ['20', 'Avfettning', 'Degreaser', 1.1],
          ['30', 'Sanitetsrent', 'Sanitary cleaner', 0.8],
        ),
        v: sizes('01=1 05=5 25=25', 14),
      },
      sold: 'st',
      cost: 42,
      grams: 1_080,
    },
  ],
  forbrukning: [
    {
      prefix: 'TJ',
      sv: '{typ} {b} mm, {f}',
      en: '{typ} {b} mm, {f}',
      axes: {
        typ: kinds(
          ['1', 'Eltejp', 'Electrical tape', 0.4],
          ['2', 'Vävtejp', 'Cloth tape', 1.6],
          ['3', 'Byggtejp', 'Building tape', 2.6],
        ),
        b: kinds(['1', '19', '19', 0.7], ['5', '50', '50', 1]),
        f: kinds(
          ['10', 'svart', 'black', 1],
          ['20', 'vit', 'white', 1],
          ['30', 'röd', 'red', 1],
          ['40', 'blå', 'blue', 1],
        ),
      },
      sold: '10 st',
      cost: 24,
      grams: 140,
    },
    {
      prefix: 'FB',
      sv: '{typ}',
      en: '{typ}',
      axes: {
        typ: kinds(
          ['1010', 'Torkrulle blå, 2-pack', 'Blue wiper roll, 2-pack', 1],
          ['1020', 'Torkpapper vikt, 3 000 ark', 'Folded wipes, 3,000 sheets', 1.4],
          ['1030', 'Trasor bomull 10 kg', 'Cotton rags 10 kg', 1.9],
          ['2010', 'Sopsäck 160 l, 25 st', 'Refuse sack 160 l, 25 pcs', 0.6],
          ['2020', 'Byggsäck 240 l, 10 st', 'Rubble sack 240 l, 10 pcs', 0.8],
          ['2030', 'Storsäck 1 m³', 'Bulk bag 1 m³', 0.9],
          ['3010', 'Täckpapp 50 m²', 'Floor protection 50 m²', 2.2],
          ['3020', 'Täckplast 4×25 m', 'Cover sheet 4×25 m', 1.3],
          ['4010', 'Märkpenna svart, 10 st', 'Marker black, 10 pcs', 0.9],
          ['4020', 'Snickarpenna, 12 st', 'Carpenter pencil, 12 pcs', 0.5],
          ['5010', 'Handrengöring 4 l', 'Hand cleaner 4 l', 1.5],
        ),
      },
      sold: 'förp',
      cost: 118,
      grams: 2_400,
    },
  ],
  fika: [
    {
      prefix: 'KJ',
      sv: 'Bryggkaffe {rost}, {v}',
      en: 'Filter coffee {rost}, {v}',
      axes: {
        rost: kinds(
          ['10', 'mellanrost', 'medium roast', 1],
          ['20', 'mörkrost', 'dark roast', 1],
          ['30', 'ekologiskt', 'organic', 1.2],
        ),
        v: kinds(
          ['05', '12 × 500 g', '12 × 500 g', 1],
          ['10', '6 × 1 kg', '6 × 1 kg', 0.98],
          ['90', '90 portioner', '90 portions', 1.1],
        ),
      },
      sold: 'förp',
      cost: 612,
      grams: 6_200,
    },
    {
      prefix: 'FI',
      sv: '{typ}',
      en: '{typ}',
      axes: {
        typ: kinds(
          ['1010', 'Te sortiment, 100 påsar', 'Assorted tea, 100 bags', 1.3],
          ['1020', 'Varm choklad, 2 kg', 'Hot chocolate, 2 kg', 1.6],
          ['2010', 'Mandelkubb, 40 st', 'Almond buns, 40 pcs', 2.1],
          ['2020', 'Havrekaka, 60 st', 'Oat biscuits, 60 pcs', 1.7],
          ['2030', 'Kanelbulle fryst, 48 st', 'Frozen cinnamon buns, 48 pcs', 2.6],
          ['3010', 'Mineralvatten, 24 × 33 cl', 'Mineral water, 24 × 33 cl', 1.2],
          ['3020', 'Måltidsdryck, 24 × 33 cl', 'Soft drink, 24 × 33 cl', 1.9],
          ['4010', 'Strösocker, 10 × 1 kg', 'Sugar, 10 × 1 kg', 1.5],
          ['4020', 'Mjölkpulver för automat, 10 kg', 'Vending milk powder, 10 kg', 5.2],
          ['5010', 'Salta pinnar, 20 påsar', 'Salted sticks, 20 bags', 1.8],
        ),
      },
      sold: 'förp',
      cost: 82,
      grams: 2_600,
    },
  ],
  servering: [
    {
      prefix: 'CA',
      sv: '{typ}, serverad, per person',
      en: '{typ}, served, per person',
      axes: {
        typ: kinds(
          ['1010', 'Hantverkarfrukost', 'Tradesman breakfast', 0.8],
          ['1020', 'Frukostmöte med bulle', 'Breakfast meeting with bun', 0.6],
          ['2010', 'Kurslunch', 'Course lunch', 1],
          ['2020', 'Kurslunch vegetarisk', 'Vegetarian course lunch', 1],
          ['2030', 'Ärtsoppa och pannkaka', 'Pea soup and pancakes', 0.85],
          ['3010', 'Eftermiddagsfika', 'Afternoon coffee', 0.45],
          ['4010', 'Julbord i butiken', 'In-store Christmas buffet', 2.4],
        ),
      },
      sold: 'st',
      minimum: 10,
      cost: 96,
      grams: 0,
    },
  ],
  bocker: [
    {
      prefix: 'BK',
      sv: '{typ}, {form}',
      en: '{typ}, {form}',
      axes: {
        typ: kinds(
          ['10', 'Handbok VVS-montage', 'Plumbing handbook', 1],
          ['11', 'Handbok värmesystem', 'Heating systems handbook', 1.1],
          ['12', 'Handbok elinstallation', 'Electrical installation handbook', 1.2],
          ['13', 'Handbok ventilation', 'Ventilation handbook', 1.1],
          ['14', 'Brandtätning i praktiken', 'Fire stopping in practice', 0.8],
          ['15', 'Injustering steg för steg', 'Balancing step by step', 0.7],
          ['16', 'Säkert arbete på tak', 'Working safely on roofs', 0.5],
          ['17', 'Svetsarens fickbok', 'The welder’s pocket book', 0.4],
          ['18', 'Tabeller för rörmontörer', 'Tables for pipe fitters', 0.4],
          ['19', 'Laddinfrastruktur i flerbostadshus', 'Charging in apartment blocks', 0.9],
        ),
        form: kinds(['01', 'inbunden', 'hardback', 1], ['02', 'häftad', 'paperback', 0.7]),
      },
      sold: 'st',
      cost: 312,
      grams: 640,
    },
  ],
}
