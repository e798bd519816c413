/** The query API of the instance that served this page. */

const TOKEN = "kombo-token";
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
/** Of an instance that starts or stops, or of what stands before it. */
const UNAVAILABLE = [502, 503, 504];
const UNREACHABLE = "Kombo cannot be reached: it is stopped, or the network is interrupted.";

/** What the API answered instead of what was asked for: a problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.title ?? `The service answered ${status}.`);
    this.status = status;
    this.field = document.field;
    this.type = document.type ?? "";
  }
}

/** Whether the same request may succeed a moment later. */
export function passes({ status }) {
  return status === 0 || UNAVAILABLE.includes(status);
}

/** The token of whoever has signed in, or null. */
export function token() {
  return sessionStorage.getItem(TOKEN);
}

/** Whether somebody has signed in. */
export function signedIn() {
  return token() !== null;
}

/** Forgets the token. */
export function signOut() {
  sessionStorage.removeItem(TOKEN);
}

/** Path of the API; parts of the path and values of parameters may hold any character. */
export function path(parts, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `/${parts.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}

/**
 * Asks, and signs in first where that is needed.
 *
 * @param {RequestInit} options
 * @returns {Promise<Response>} of a success
 * @throws {Problem} for anything else
 */
export async function request(url, options = {}) {
  const used = token();
  const headers = { ...options.headers, ...(used === null ? {} : { Authorization: `Bearer ${used}` }) };
  const response = await fetch(url, { ...options, headers }).catch((error) => {
    // Browsers say "Failed to fetch" or the like.
    throw error instanceof TypeError ? new Problem(0, { detail: UNREACHABLE }) : error;
  });
  if (response.ok) {
    return response;
  }
  const problem = new Problem(response.status, await documentOf(response));
  if (response.status === UNAUTHORIZED || (response.status === FORBIDDEN && used !== null && isReading(options))) {
    await signIn(problem.message, used);
    return request(url, options);
  }
  throw problem;
}

function isReading(options) {
  return (options.method ?? "GET") === "GET";
}

async function documentOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

/** What is under a path. */
export async function get(parts, parameters, signal) {
  const response = await request(path(parts, parameters), { signal });
  return response.json();
}

/** Posts without a body. */
export function post(parts) {
  return send("POST", parts);
}

/** Changes what is under a path; the content, if any, goes as JSON. */
export async function send(method, parts, content, parameters = {}) {
  const body =
    content === undefined ? {} : { body: JSON.stringify(content), headers: { "Content-Type": "application/json" } };
  const response = await request(path(parts, parameters), { method, ...body });
  return response.json();
}

let signingIn = null;

/** Asks for a token; once, whatever number of requests need one. */
function signIn(reason, refused) {
  if (token() !== refused) {
    return Promise.resolve();
  }
  signingIn ??= new Promise((resolve) => {
    const dialog = document.getElementById("sign-in");
    const input = document.getElementById("token");
    document.getElementById("sign-in-reason").textContent = reason;
    input.value = "";
    // Requests wait for it, so it cannot be left; a browser lets nobody prevent the second try.
    dialog.oncancel = (event) => event.preventDefault();
    dialog.onclose = () => {
      if (signingIn !== null) {
        dialog.showModal();
      }
    };
    dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem(TOKEN, input.value.trim());
      signingIn = null;
      dialog.close();
      document.getElementById("sign-out").hidden = false;
      resolve();
    };
    dialog.showModal();
  });
  return signingIn;
}
