// The lengths of the digit strings that a numbering plan's pattern (digits, \d, classes, groups, |, ?, {n,m}) can match.
export function possibleLengths(pattern) {
  let at = 0;
  const sums = (left, right) => new Set([...left].flatMap(a => [...right].map(b => a + b)));

  function alternatives() {
    let found = sequence();
    while (pattern[at] === '|') { at++; found = new Set([...found, ...sequence()]); }
    return found;
  }

  function sequence() {
    let found = new Set([0]);
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const piece = atom();
      const [least, most] = count();
      let repeated = new Set([0]);
      const reached = new Set(least === 0 ? [0] : []);
      for (let times = 1; times <= most; times++) {
        repeated = sums(repeated, piece);
        if (times >= least) repeated.forEach(length => reached.add(length));
      }
      found = sums(found, reached);
    }
    return found;
  }

  function atom() {
    if (pattern.startsWith('(?:', at)) {
      at += 3;
      const inner = alternatives();
      at++;
      return inner;
    }
    const single = /^(\\d|\[[\d-]+\]|\d)/.exec(pattern.slice(at));
    if (!single) throw new Error(`not a pattern of digits at ${at}: ${pattern}`);
    at += single[0].length;
    return new Set([1]);
  }

  function count() {
    const quantifier = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(pattern.slice(at));
    if (!quantifier) return [1, 1];
    at += quantifier[0].length;
    const [written, least, most] = quantifier;
    return written === '?' ? [0, 1] : [Number(least), Number(most ?? least)];
  }

  return alternatives();
}
