// The written types against the modules themselves, both ways.
import * as real from "../../../static/hosts/index.js";
import type { Capabilities as RealCapabilities } from "../../../static/hosts/bridge.js";
import type * as told from "steadyhand-sidebar/hosts";
import type { Capabilities } from "steadyhand-sidebar/protocol";

type Names<T> = [keyof T] extends [infer K] ? K : never;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

export const names: Same<Names<typeof real>, Names<typeof told>> = true;
export const caps: Same<RealCapabilities, Capabilities> = true;
export const bridges: Pick<typeof told, "chatwoot" | "chatwootTab" | "converse" | "front" | "livechat" | "matrix" | "openidToken" | "rocketchat" | "zendesk" | "attach" | "capabilities"> = real;
