// Writes the vectors of tests/PhoneNumbers.Tests: what libphonenumber itself makes of generated numbers of every region, right and wrong.
// Columns: default region, text, then either the error or E.164, "valid" or "not valid", and the number's region.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import libphonenumber from 'google-libphonenumber';
import { parse, sample } from './pattern.mjs';
import { seeded } from './random.mjs';
import { write } from './written.mjs';

const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 9_000_035);
const output = process.argv[4] ?? new URL('../../tests/PhoneNumbers.Tests/oracle.tsv.gz', import.meta.url);

const { metadata: { countryToMetadata }, PhoneNumberUtil, PhoneNumberFormat, Error: ParseErrors } = libphonenumber;
const errorNames = new Map(Object.entries(ParseErrors).map(([name, message]) => [message, name]));
const phones = PhoneNumberUtil.getInstance();
const random = seeded(seed);

// JavaScript rounds national numbers above 2^53, so of these the oracle knows nothing.
const beyondTheOracle = Symbol('beyond the oracle');

// Field numbers of PhoneMetadata and PhoneNumberDesc in libphonenumber's phonemetadata.proto.
const general = 1, callingCode = 10, internationalPrefix = 11, nationalPrefix = 12, nationalPrefixForParsing = 15;
const types = [2, 3, 4, 5, 6, 7, 8, 21, 25, 28];
const pattern = 2, example = 6, lengths = 9;

const plans = Object.entries(countryToMetadata).map(([key, plan]) => ({
  region: /\d/.test(key) ? '' : key,
  callingCode: String(plan[callingCode]),
  nationalPrefix: plan[nationalPrefix] ?? '',
  prefixes: plan[nationalPrefixForParsing] && parse(plan[nationalPrefixForParsing]),
  internationalPrefixes: plan[internationalPrefix] && parse(plan[internationalPrefix]),
  lengths: plan[general][lengths],
  general: parse(plan[general][pattern]),
  types: types.map(field => plan[field]).filter(type => type?.[pattern]).map(type => ({ example: type[example], pattern: parse(type[pattern]) })),
}));

function nationalNumber(plan) {
  const type = random.of(plan.types);
  return random.of([
    () => type.example ?? sample(type.pattern, random),
    () => sample(type.pattern, random),
    () => sample(type.pattern, random),
    () => sample(plan.general, random),
    () => random.digits(random.of(plan.lengths)),
    () => random.digits(1 + random.below(17)),
  ])();
}

function vector(plan) {
  const number = {
    callingCode: plan.callingCode,
    national: nationalNumber(plan),
    nationalPrefix: plan.nationalPrefix,
    prefixWithCarrier: () => plan.prefixes ? sample(plan.prefixes, random) : '',
    internationalPrefix: () => plan.internationalPrefixes ? sample(plan.internationalPrefixes, random) : '00',
  };
  const text = write(number, random);
  const region = random.chance(0.85) ? plan.region : random.of([random.of(plans).region, '', 'ZZ']);
  return [region, text, ...outcome(text, region)];
}

function outcome(text, region) {
  try {
    const number = phones.parse(text, region);
    if (!Number.isSafeInteger(number.getNationalNumber())) return [beyondTheOracle];
    const valid = phones.isValidNumber(number) ? 'valid' : 'not valid';
    return [phones.format(number, PhoneNumberFormat.E164), valid, phones.getRegionCodeForNumber(number) ?? ''];
  } catch (error) {
    const name = errorNames.get(error.message);
    if (!name) throw error;
    return [name];
  }
}

const vectors = new Map();
for (let turn = 0; vectors.size < count; turn++) {
  const made = vector(plans[turn % plans.length]);
  if (made.includes(beyondTheOracle)) continue;
  vectors.set(`${made[0]}\t${made[1]}`, made);
}

const lines = [...vectors.values()].map(columns => columns.join('\t') + '\n');
writeFileSync(output, gzipSync(lines.join(''), { level: 9 }));
const tally = {};
for (const [, , result, valid] of vectors.values()) tally[valid ?? result] = (tally[valid ?? result] ?? 0) + 1;
console.log(tally);
