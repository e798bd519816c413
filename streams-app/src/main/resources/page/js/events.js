/** Server-sent events, read with fetch: a browser's EventSource cannot send a token. */

import { request } from "./api.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
/** A stream is never silent for so long: a comment breaks each silence of ten seconds. */
const LONGEST_SILENCE = 30000;

/**
 * Splits a stream of text into events (the format of text/event-stream in the HTML standard, as far as Kombo writes it).
 */
export class EventParser {
  #rest = "";

  /**
   * @param {string} text that arrived
   * @returns {Array<{type: string, data: string}>} events that are complete now
   */
  push(text) {
    this.#rest += text;
    const blocks = this.#rest.split("\n\n");
    this.#rest = blocks.pop();
    return blocks.map(parse).filter((event) => event.data !== "");
  }
}

function parse(block) {
  let type = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) {
      type = line.slice("event:".length).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice("data:".length).trim());
    }
  }
  return { type, data: data.join("\n") };
}

/**
 * Follows a stream until the signal says stop; connects again where it ends, after pauses that grow.
 *
 * @param {string} url
 * @param {Object<string, function(object): void>} handlers by type of event, called with its data
 * @param {function(boolean, string): void} connection told whether the stream is open, and why not
 * @param {AbortSignal} signal
 */
export async function follow(url, handlers, connection, signal) {
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    let reason = "the stream ended";
    try {
      await read(url, signal, (event) => {
        handlers[event.type]?.(JSON.parse(event.data));
        pause = FIRST_PAUSE;
        connection(true, "");
      });
    } catch (error) {
      reason = error.message;
    }
    if (!signal.aborted) {
      connection(false, reason);
      await sleep(pause, signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
}

async function read(url, signal, handle) {
  const silent = new AbortController();
  const ends = AbortSignal.any([signal, silent.signal]);
  const response = await request(url, { headers: { Accept: "text/event-stream" }, signal: ends });
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let timer;
  try {
    for (;;) {
      timer = setTimeout(() => silent.abort(new Error("nothing was heard for half a minute")), LONGEST_SILENCE);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) {
        return;
      }
      parser.push(value).forEach(handle);
    }
  } finally {
    clearTimeout(timer);
    // Or the instance would go on writing for somebody who does not read.
    reader.cancel().catch(() => {});
  }
}

function sleep(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
