// The many ways in which one number gets written, and then mistyped.
const separators = [' ', '-', '.', '/', '', '\u00a0', '\u2010', '\u2013', '\u2212', '\u3000', ' - ', '~', '\u200b'];
const labels = [' ext. ', ' ext ', 'ext', ' x', 'x', ' X ', ' extn ', ' extension ', ' extensión ', ' #', '#', ';ext=', ' доб. ', ' anexo ', ',,', ',', ';', ' int ', '~', 'ｘ',
  ' ext:', ', ext. '];
const before = ['', '', ' ', 'Tel: ', 'call ', '(', '[', 'tel:', '* ', '"', 'fax '];
const after = ['', '', ' ', '.', ')', ' !', '"', ' (', ' /', ', ', ' / x12', ' \\ x1', '#', ' ;'];
const mistypes = [...'+-*#~/\\x;,:.()[]&a09', '\u00a0', '\u200b', '\u2013', '٣', '７', '＋', '·', '"', '½', 'é', ' ext'];
const keys = ['0', '1', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

function grouped(digits, random) {
  const separator = random.of(separators);
  const parts = [];
  for (let rest = digits; rest; ) {
    const size = 1 + random.below(4);
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  if (random.chance(0.3)) parts[0] = `(${parts[0]})`;
  return parts.join(separator);
}

const forms = [
  n => `+${n.callingCode}${n.national}`,
  (n, random) => `+${n.callingCode} ${grouped(n.national, random)}`,
  (n, random) => `+${n.callingCode} (${n.nationalPrefix})${grouped(n.national, random)}`,
  (n, random) => `+${grouped(n.callingCode + n.national, random)}`,
  (n, random) => `${random.of(['++', '+ ', '(+', '＋', '+-', '+ +', '00', '+0'])}${n.callingCode}${n.national}`,
  n => n.national,
  (n, random) => grouped(n.national, random),
  n => n.nationalPrefix + n.national,
  (n, random) => grouped(n.nationalPrefix + n.national, random),
  (n, random) => `(${n.nationalPrefix}) ${grouped(n.national, random)}`,
  (n, random) => n.prefixWithCarrier(random) + n.national,
  (n, random) => grouped(n.prefixWithCarrier(random) + n.national, random),
  n => n.callingCode + n.national,
  (n, random) => grouped(n.callingCode + n.nationalPrefix + n.national, random),
  (n, random) => n.internationalPrefix(random) + n.callingCode + n.national,
  (n, random) => `${n.internationalPrefix(random)} ${n.callingCode} ${grouped(n.national, random)}`,
  (n, random) => `+${n.internationalPrefix(random)}${n.callingCode}${n.national}`,
  n => `tel:+${n.callingCode}-${n.national}`,
  (n, random) => `tel:${grouped(n.national, random)};phone-context=+${n.callingCode}`,
  (n, random) => `tel:${n.nationalPrefix}${n.national};phone-context=${random.of(['example.com', 'a.b-c', '', '+', '+1-(2)', '1.2', 'x y', 'com.'])}`,
  (n, random) => `+${n.callingCode}${n.national};isub=${random.digits(4)}`,
];

const digitsOf = zero => text => text.replace(/\d/g, digit => String.fromCharCode(zero.charCodeAt(0) + Number(digit)));
const scripts = ['０', '٠', '۰'].map(digitsOf);

function vanity(text, random) {
  let left = 3 + random.below(5);
  return [...text].reverse().map(character => /[2-9]/.test(character) && left-- > 0 ? random.of([...keys[character]]) : character).reverse().join('');
}

function mistyped(text, random) {
  const at = random.below(text.length + 1);
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  return random.of([
    () => head + tail.slice(1),
    () => head + random.of(mistypes) + tail,
    () => head + tail.slice(0, 1) + tail,
    () => head,
    () => tail,
    () => head + random.digits(1) + tail.slice(1),
    () => text + random.of(after) + text,
    () => text + random.digits(12),
  ])();
}

export function write(number, random) {
  let text = random.of(forms)(number, random);
  if (random.chance(0.12)) text += random.of(labels) + random.digits(1 + random.below(random.chance(0.1) ? 22 : 6)) + random.of(['', '', '#']);
  if (random.chance(0.05)) text = vanity(text, random);
  else if (random.chance(0.06)) text = random.of(scripts)(text);
  if (random.chance(0.12)) text = random.of(before) + text + random.of(after);
  if (random.chance(0.15)) text = mistyped(text, random);
  return text;
}
