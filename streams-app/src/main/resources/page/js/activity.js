/**
 * What the instances do, sampled. They tell sums since their start; rates and quantiles come of differences between two
 * samples. An instance that began anew in between, or was not heard of, adds nothing.
 */

import { get } from "./api.js";

const EVERY = 2000;
const KEPT = 120;
const LONGEST_GAP = 5 * EVERY;
/** Samples that quantiles look back on: a minute. */
const LOOK_BACK = 30;

const listeners = new Set();
let samples = [];
let taken = 0;
let timer = null;

/** Instances that answered, by address; one without an address is alone. */
function byAddress(instances) {
  const found = new Map();
  for (const member of instances) {
    // An instance of an earlier version does not tell what it does.
    if (member.instance?.activity) {
      found.set(member.address ?? "", member.instance);
    }
  }
  return found;
}

/** Whether an instance has run on since an earlier sample: then none of its sums is smaller. */
function ranOn(then, now) {
  const sums = ({ events, offers, emptySlates, offerLatency, ranking }) => [
    events.accepted,
    events.duplicate,
    events.rejected,
    offers,
    emptySlates,
    offerLatency.count,
    ranking.count,
  ];
  const before = sums(then.activity);
  return sums(now.activity).every((sum, i) => sum >= before[i]);
}

/** What was added from sample to sample, by the instances that ran on meanwhile; and how long that took. */
function added(samples, read) {
  let sum = 0;
  let seconds = 0;
  for (let i = 1; i < samples.length; i++) {
    const before = byAddress(samples[i - 1]);
    let longest = 0;
    for (const [address, now] of byAddress(samples[i])) {
      const then = before.get(address);
      if (then !== undefined && ranOn(then, now)) {
        sum += read(now.activity) - read(then.activity);
        longest = Math.max(longest, (now.activity.asOf - then.activity.asOf) / 1000);
      }
    }
    seconds += longest;
  }
  return { sum, seconds };
}

/**
 * How often a second something happened.
 *
 * @param {Array} samples instances as /v1/instances tells of them, the latest last
 * @param {function(object): number} read sum of an activity
 * @returns {number} NaN where nothing is known
 */
export function rate(samples, read) {
  const { sum, seconds } = added(samples, read);
  return seconds > 0 ? sum / seconds : Number.NaN;
}

/**
 * Quantile of what a histogram counted meanwhile: within a bucket, linear.
 *
 * @param {Array} samples as above
 * @param {function(object): {count: number, buckets: Array<{atMost: number, count: number}>}} histogramOf
 * @param {number} part which quantile, 0 to 1
 * @returns {number} seconds; NaN where nothing was counted, infinite above the last bound
 */
export function quantile(samples, histogramOf, part) {
  const { sum: total } = added(samples, (activity) => histogramOf(activity).count);
  if (total === 0) {
    return Number.NaN;
  }
  const [first] = byAddress(samples.at(-1)).values();
  const bounds = histogramOf(first.activity).buckets.map((bucket) => bucket.atMost);
  const wanted = part * total;
  let below = 0;
  let lower = 0;
  for (const [i, bound] of bounds.entries()) {
    const { sum } = added(samples, (activity) => histogramOf(activity).buckets[i].count);
    if (sum >= wanted && sum > below) {
      return lower + ((bound - lower) * (wanted - below)) / (sum - below);
    }
    below = sum;
    lower = bound;
  }
  return Number.POSITIVE_INFINITY;
}

async function sample() {
  if (document.hidden) {
    return;
  }
  let failure = null;
  try {
    const { instances } = await get(["v1", "instances"]);
    const now = performance.now();
    // After a pause, what was before says nothing of the last minute.
    samples = now - taken > LONGEST_GAP ? [instances] : [...samples, instances].slice(-KEPT);
    taken = now;
  } catch (error) {
    failure = error;
  }
  for (const listener of listeners) {
    listener(samples, failure);
  }
}

async function run() {
  try {
    await sample();
  } finally {
    timer = listeners.size === 0 ? null : setTimeout(run, EVERY);
  }
}

/** The samples of the last minute. */
export function lastMinute(all) {
  return all.slice(-1 - LOOK_BACK);
}

/**
 * Has a listener told of all samples, the latest last, at each new one, until the signal says stop.
 *
 * @param {function(Array, Error): void} listener the error is null where the latest sample was taken
 */
export function watch(listener, signal) {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
  if (samples.length > 0) {
    listener(samples, null);
  }
  if (timer === null) {
    timer = 0;
    run();
  }
}
