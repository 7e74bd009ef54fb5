import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { awsAction } from "./aws-actions.mjs";
import { errorAnswer, errorFaults } from "./aws-errors.mjs";
import { awsPermissions } from "./aws-permissions.mjs";
import { sandboxAccountId } from "./aws-profiles.mjs";

const otherFaults = ["reset", "resetAfter", "stall", "stale"];

/**
 * A proxy in front of the emulator that imitates what the emulator can't: refusals, throttling, broken connections,
 * answers that are lost after the write happened, delays. It also records every call.
 *
 * @param {string} target base address of the emulator
 */
export async function startProxy(target) {
  const emulator = new URL(target);
  const agent = new http.Agent({ keepAlive: true });
  const calls = [];
  let rules = [];
  let delays = [];
  /** What each look has shown first, since the last `clear`. */
  const firstAnswers = new Map();
  const startedAt = performance.now();

  const server = http.createServer(async (request, response) => {
    const at = performance.now() - startedAt;
    const body = await bodyOf(request);
    const known = awsAction(request, body);
    const asked = { ...known, permissions: () => awsPermissions(request, body, known, sandboxAccountId) };
    const call = { service: asked.service, action: asked.action, at, ms: 0, status: undefined };
    calls.push(call);
    response.once("close", () => {
      call.ms = performance.now() - startedAt - at;
    });
    const pause = delays.filter((rule) => matches(rule.match, asked)).reduce((sum, rule) => sum + rule.ms, 0);
    if (pause > 0) await wait(pause);

    const fault = nextFault(asked);
    const question = `${request.method} ${request.url} ${body}`;
    const reply = (status, headers, text) => {
      call.status = status;
      response.writeHead(status, headers).end(text);
    };
    if (fault === "reset") return request.socket.destroy();
    if (fault === "stale" && firstAnswers.has(question)) return reply(...firstAnswers.get(question));
    const refusal = fault === "stale" ? "noSuchEntity" : errorFaults.includes(fault) ? fault : undefined;
    if (refusal) {
      const answer = errorAnswer(refusal, asked, { method: request.method, body });
      return reply(answer.status, answer.headers, answer.body);
    }
    forward(request, body, async (error, answer) => {
      if (error) return request.socket.destroy();
      const text = await bodyOf(answer).catch(() => undefined);
      if (fault === "stall") return;
      if (text === undefined || fault === "resetAfter") return request.socket.destroy();
      const whole = [answer.statusCode, answer.rawHeaders, text];
      if (isLook(asked.action) && !firstAnswers.has(question)) firstAnswers.set(question, whole);
      reply(...whole);
    });
  });

  function nextFault(asked) {
    const rule = rules.find(({ match, times }) => times > 0 && matches(match, asked));
    if (!rule) return undefined;
    if (rule.after > 0) {
      rule.after -= 1;
      return undefined;
    }
    rule.times -= 1;
    return rule.fault;
  }

  /** Sends the request on as it is: the host header, too, because the signature covers it. */
  function forward({ method, url, rawHeaders }, body, done) {
    const { hostname, port } = emulator;
    const onward = http.request({ agent, hostname, port, method, path: url, headers: rawHeaders }, (answer) =>
      done(undefined, answer),
    );
    onward.once("error", (error) => done(error));
    onward.end(body);
  }

  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    calls,
    /**
     * Lets calls fail.
     *
     * @param match an action (`CreateRole`, `iam:CreateRole`, `*`), or a function of { service, action, permissions }
     * @param fault accessDenied, throttle, serverError, unavailable, clockSkew (AWS's clock is an hour ahead), expiredToken, invalidPrincipal, noSuchEntity, or
     *   `reset` (the connection breaks before anything happened), `resetAfter` (it breaks after the emulator has done it),
     *   `stall` (it is done, and the answer never comes), `stale` (a look shows what the first one has shown, or nothing)
     * @param options times: how many calls fail (all); after: how many go well before (none)
     */
    fail(match, fault, { times = Number.POSITIVE_INFINITY, after = 0 } = {}) {
      if (![...errorFaults, ...otherFaults].includes(fault)) throw new Error(`No such fault: ${fault}`);
      rules.push({ match, fault, times, after });
    },
    /** Lets calls take `ms` milliseconds longer. */
    delay(ms, match = "*") {
      delays.push({ match, ms });
    },
    /** Forgets faults and delays. */
    heal() {
      rules = [];
      delays = [];
    },
    /** Forgets faults, delays and calls. */
    clear() {
      rules = [];
      delays = [];
      calls.length = 0;
      firstAnswers.clear();
    },
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isLook(action) {
  return /^(Get|List|Head|Describe)/.test(action);
}

function matches(match, call) {
  if (typeof match === "function") return match(call);
  return match === "*" || match === call.action || match === `${call.service}:${call.action}`;
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
