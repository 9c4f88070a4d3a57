// A numbering plan's pattern (digits, \d, classes, groups, |, ?, {n,m}, a final $) as a tree: { anyOf } of { sequence } of { digits | anyOf, least, most }.
export function parse(pattern) {
  let at = 0;

  function alternatives() {
    const anyOf = [sequence()];
    while (pattern[at] === '|') { at++; anyOf.push(sequence()); }
    return { anyOf };
  }

  function sequence() {
    const pieces = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      if (pattern[at] === '$') at++;
      else pieces.push({ ...piece(), ...count() });
    }
    return pieces;
  }

  function piece() {
    const open = /^\((?:\?:)?/.exec(pattern.slice(at));
    if (open) {
      at += open[0].length;
      const group = alternatives();
      at++;
      return group;
    }
    const single = /^(\\d|\[[\d-]+\]|\d)/.exec(pattern.slice(at))?.[0];
    if (!single) throw new Error(`not a pattern of digits at ${at}: ${pattern}`);
    at += single.length;
    const member = new RegExp(`^${single}$`);
    return { digits: [...'0123456789'].filter(digit => member.test(digit)) };
  }

  function count() {
    const quantifier = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(pattern.slice(at));
    if (!quantifier) return { least: 1, most: 1 };
    at += quantifier[0].length;
    const [written, least, most] = quantifier;
    return written === '?' ? { least: 0, most: 1 } : { least: Number(least), most: Number(most ?? least) };
  }

  return alternatives();
}

// The lengths of the digit strings that match.
export function possibleLengths({ anyOf }) {
  const sums = (left, right) => new Set([...left].flatMap(a => [...right].map(b => a + b)));
  const ofPiece = piece => {
    const once = piece.digits ? new Set([1]) : possibleLengths(piece);
    let repeated = new Set([0]);
    const found = new Set(piece.least === 0 ? [0] : []);
    for (let times = 1; times <= piece.most; times++) {
      repeated = sums(repeated, once);
      if (times >= piece.least) repeated.forEach(length => found.add(length));
    }
    return found;
  };
  return new Set(anyOf.flatMap(sequence => [...sequence.map(ofPiece).reduce(sums, new Set([0]))]));
}

// A digit string that matches.
export function sample({ anyOf }, random) {
  const ofPiece = piece => {
    const times = piece.least + random.below(piece.most - piece.least + 1);
    return Array.from({ length: times }, () => piece.digits ? random.of(piece.digits) : sample(piece, random)).join('');
  };
  return random.of(anyOf).map(ofPiece).join('');
}
