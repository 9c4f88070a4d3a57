// Writes the numbering plans that src/Embedded reads, one line per region, from libphonenumber's own metadata.
import { writeFileSync } from 'node:fs';
import libphonenumber from 'google-libphonenumber';
import { parse, possibleLengths } from './pattern.mjs';

const output = new URL('../../src/Embedded/PhoneNumbers/numbering-plans.tsv', import.meta.url);
const { countryToMetadata, countryCodeToRegionCodeMap } = libphonenumber.metadata;

// Field numbers of PhoneMetadata and PhoneNumberDesc in libphonenumber's phonemetadata.proto.
const general = 1, internationalPrefix = 11, nationalPrefixForParsing = 15, transformRule = 16, leadingDigits = 23;
const typesThatMakeValid = [2, 3, 4, 5, 6, 7, 8, 21, 25, 28];
const pattern = 2, lengths = 9, localLengths = 10;

// Local numbers have no column: right only while none is as long as the longest number, for then a length that is not listed says enough.
function wholeLengths(region, plan) {
  const longestLocal = Math.max(0, ...plan[general][localLengths] ?? []);
  if (longestLocal >= Math.max(...plan[general][lengths])) throw new Error(`${region}: local numbers are the longest`);
  return plan[general][lengths].join();
}

// One pattern for all types: right only while the digits of a type's pattern imply the lengths listed beside it.
function validPattern(region, plan) {
  const types = typesThatMakeValid.map(field => plan[field]).filter(type => type?.[pattern]);
  for (const type of types) {
    const listed = type[lengths]?.length ? type[lengths] : plan[general][lengths];
    const matched = [...possibleLengths(parse(type[pattern]))].filter(length => plan[general][lengths].includes(length));
    const surplus = matched.filter(length => !listed.includes(length));
    if (surplus.length) throw new Error(`${region}: ${type[pattern]} also matches lengths ${surplus}, which its type does not list`);
  }
  return [...new Set(types.map(type => type[pattern]))].join('|');
}

const rows = [[
  'calling code', 'region', 'lengths', 'international prefix', 'national prefix', 'transform', 'leading digits', 'general pattern',
  'valid pattern',
]];
for (const [callingCode, regions] of Object.entries(countryCodeToRegionCodeMap)) {
  for (const region of regions) {
    const plan = countryToMetadata[region === '001' ? callingCode : region];
    rows.push([
      callingCode, region, wholeLengths(region, plan), plan[internationalPrefix], plan[nationalPrefixForParsing], plan[transformRule],
      plan[leadingDigits], plan[general][pattern], validPattern(region, plan),
    ]);
  }
}

writeFileSync(output, rows.map(row => row.join('\t') + '\n').join(''));
console.log(`${rows.length - 1} numbering plans`);
