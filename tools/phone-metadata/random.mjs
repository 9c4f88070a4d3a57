// Repeatable randomness, so that a fixture can be made again.
export function seeded(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = limit => Math.floor(next() * limit);
  return {
    below,
    of: list => list[below(list.length)],
    chance: probability => next() < probability,
    digits: count => Array.from({ length: count }, () => below(10)).join(''),
  };
}
