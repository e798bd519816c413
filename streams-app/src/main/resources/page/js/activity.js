/**
 * What the instances do, sampled. They tell sums since their start; rates and quantiles come of differences between two
 * samples. An instance that began anew in between, or was not heard of, adds nothing.
 */

import { get } from "./api.js";

const EVERY = 2000;
const KEPT = 120;
/** Samples that quantiles look back on: a minute. */
const LOOK_BACK = 30;

const listeners = new Set();
let samples = [];
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

/** Sums of what happened between two samples, over the instances in both. */
function between(earlier, later, read) {
  let sum = 0;
  let seconds = 0;
  const before = byAddress(earlier);
  for (const [address, now] of byAddress(later)) {
    const then = before.get(address);
    if (then !== undefined && read(now.activity) >= read(then.activity)) {
      sum += read(now.activity) - read(then.activity);
      seconds = Math.max(seconds, (now.activity.asOf - then.activity.asOf) / 1000);
    }
  }
  return { sum, seconds };
}

/**
 * How often a second something happened between two samples.
 *
 * @param {Array} earlier instances as /v1/instances tells of them
 * @param {Array} later the same, later
 * @param {function(object): number} read sum of an activity
 * @returns {number} NaN where nothing is known
 */
export function rate(earlier, later, read) {
  const { sum, seconds } = between(earlier, later, read);
  return seconds > 0 ? sum / seconds : Number.NaN;
}

/**
 * Quantile of what a histogram counted between two samples: within a bucket, linear.
 *
 * @param {function(object): {count: number, buckets: Array<{atMost: number, count: number}>}} histogramOf
 * @param {number} quantile 0 to 1
 * @returns {number} seconds; NaN where nothing was counted, infinite above the last bound
 */
export function quantile(earlier, later, histogramOf, quantile) {
  const { sum: total } = between(earlier, later, (activity) => histogramOf(activity).count);
  if (total === 0) {
    return Number.NaN;
  }
  const [first] = byAddress(later).values();
  const bounds = histogramOf(first.activity).buckets.map((bucket) => bucket.atMost);
  const wanted = quantile * total;
  let below = 0;
  let lower = 0;
  for (const [i, bound] of bounds.entries()) {
    const { sum } = between(earlier, later, (activity) => histogramOf(activity).buckets[i].count);
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
  try {
    const { instances } = await get(["v1", "instances"]);
    samples = [...samples, instances].slice(-KEPT);
    tell(null);
  } catch (error) {
    tell(error);
  }
}

function tell(error) {
  for (const listener of listeners) {
    listener(samples, error);
  }
}

async function run() {
  await sample();
  timer = listeners.size === 0 ? null : setTimeout(run, EVERY);
}

/** The sample to compare the latest one with. */
export function lookBack(all) {
  return all[Math.max(0, all.length - 1 - LOOK_BACK)];
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
