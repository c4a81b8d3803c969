/** What a test switches on to make the fake Slack behave badly: failures of single calls and rate limits. */

export type Failure =
  /** An HTTP error; by default the call was not carried out. */
  | { kind: 'status'; status: number; afterStoring?: boolean }
  /** No answer ever comes; by default the call *was* carried out: the ambiguous case. */
  | { kind: 'silence'; afterStoring?: boolean }
  /** The connection is cut. */
  | { kind: 'reset'; afterStoring?: boolean }
  /** The answer breaks off in the middle; the call was carried out. */
  | { kind: 'cut' }
  /** 429 with `Retry-After`, in seconds. */
  | { kind: 'ratelimited'; retryAfter: number }
  /** `{ ok: false, error }`, carried out or not. */
  | { kind: 'error'; error: string; afterStoring?: boolean }
  /** 200 with a web page, as proxies give. */
  | { kind: 'not_json' };

interface Planned {
  method: string;
  failure: Failure;
  left: number;
  channel: string | undefined;
}

export class Failures {
  readonly #planned: Planned[] = [];

  /** The next `times` calls of `method` (for `channel`, when given) go wrong like this. */
  plan(method: string, failure: Failure, { times = 1, channel }: { times?: number; channel?: string } = {}): void {
    this.#planned.push({ method, failure, left: times, channel });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  take(method: string, channel: string | undefined): Failure | undefined {
    const planned = this.#planned.find(
      (one) => one.method === method && one.left > 0 && (one.channel === undefined || one.channel === channel),
    );
    if (planned === undefined) return undefined;
    planned.left -= 1;
    return planned.failure;
  }
}

interface Pace {
  /** Calls a second, in the long run. Slack: about 1 message a second and channel. */
  perSecond: number;
  /** How many may come at once after a pause. */
  burst: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Token buckets: one for each channel that is posted to, one for each method that has a pace of its own. */
export class RateLimits {
  #channelPace: Pace | undefined;
  readonly #methodPaces = new Map<string, Pace>();
  readonly #buckets = new Map<string, Bucket>();

  /** Limits `chat.postMessage` for each channel on its own; undefined lifts it. */
  perChannel(pace: Pace | undefined): void {
    this.#channelPace = pace;
    this.#buckets.clear();
  }

  /** Limits one method for each workspace; undefined lifts it. */
  perMethod(method: string, pace: Pace | undefined): void {
    if (pace === undefined) this.#methodPaces.delete(method);
    else this.#methodPaces.set(method, pace);
  }

  /** Seconds to wait (at least 1, as Slack's header has whole seconds), or undefined when the call may go on. */
  waitFor(method: string, team: string, channel: string | undefined, now: number): number | undefined {
    const own = this.#methodPaces.get(method);
    if (own !== undefined) {
      const wait = this.#take(`${team} ${method}`, own, now);
      if (wait !== undefined) return wait;
    }
    if (method !== 'chat.postMessage' || this.#channelPace === undefined || channel === undefined) return undefined;
    return this.#take(`${team} # ${channel}`, this.#channelPace, now);
  }

  #take(key: string, pace: Pace, now: number): number | undefined {
    const bucket = this.#buckets.get(key) ?? { left: pace.burst, at: now };
    bucket.left = Math.min(pace.burst, bucket.left + ((now - bucket.at) / 1000) * pace.perSecond);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / pace.perSecond));
    bucket.left -= 1;
    return undefined;
  }
}
