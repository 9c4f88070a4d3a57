// Writes the numbering plans that src/Embedded reads: one line per region, columns as below, from libphonenumber's own metadata.
import { writeFileSync } from 'node:fs';
import libphonenumber from 'google-libphonenumber';
import { possibleLengths } from './lengths.mjs';

const output = new URL('../../src/Embedded/PhoneNumbers/numbering-plans.tsv', import.meta.url);
const { countryToMetadata, countryCodeToRegionCodeMap } = libphonenumber.metadata;

// Field numbers of PhoneMetadata and PhoneNumberDesc in libphonenumber's phonemetadata.proto.
const general = 1, internationalPrefix = 11, nationalPrefixForParsing = 15, transformRule = 16, leadingDigits = 23;
const typesThatMakeValid = [2, 3, 4, 5, 6, 7, 8, 21, 25, 28];
const pattern = 2, lengths = 9, localLengths = 10;

// One pattern for all types is right only while the digits of a type's pattern already imply the lengths listed beside it.
function validPattern(region, plan) {
  const types = typesThatMakeValid.map(field => plan[field]).filter(type => type?.[pattern]);
  for (const type of types) {
    const listed = type[lengths]?.length ? type[lengths] : plan[general][lengths];
    const surplus = [...possibleLengths(type[pattern])].filter(length => !listed.includes(length) && plan[general][lengths].includes(length));
    if (surplus.length) throw new Error(`${region}: ${type[pattern]} also matches lengths ${surplus}, which its type does not list`);
  }
  return [...new Set(types.map(type => type[pattern]))].join('|');
}

const rows = [];
for (const [callingCode, regions] of Object.entries(countryCodeToRegionCodeMap)) {
  for (const region of regions) {
    const plan = countryToMetadata[region === '001' ? callingCode : region];
    rows.push([
      callingCode, region, plan[general][lengths].join(), plan[general][localLengths]?.join(),
      plan[internationalPrefix], plan[nationalPrefixForParsing], plan[transformRule], plan[leadingDigits],
      plan[general][pattern], validPattern(region, plan),
    ]);
  }
}

const header = ['calling code', 'region', 'lengths', 'local lengths', 'international prefix', 'national prefix', 'transform', 'leading digits',
  'general pattern', 'valid pattern'];
writeFileSync(output, [header, ...rows].map(row => row.join('\t') + '\n').join(''));
console.log(`${rows.length} numbering plans`);
