// The part of lit 3 that lit.js exports, typed as far as our own modules use it.
export type TemplateResult = { readonly _$litType$: number; readonly strings: TemplateStringsArray; readonly values: unknown[] };
export type CSSResult = { readonly cssText: string };
export declare const html: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
export declare const svg: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
export declare const css: (strings: TemplateStringsArray, ...values: (CSSResult | number)[]) => CSSResult;
export declare const nothing: unique symbol;
export declare const noChange: unique symbol;
export declare function render(value: unknown, container: HTMLElement | DocumentFragment, options?: { host?: object; renderBefore?: ChildNode | null }): unknown;
export declare function classMap(classes: Record<string, string | boolean | number>): unknown;
export declare function repeat<T>(items: Iterable<T>, key: (item: T, index: number) => unknown, template: (item: T, index: number) => unknown): unknown;
export declare function keyed(key: unknown, value: unknown): unknown;
export declare function live(value: unknown): unknown;
export declare function ifDefined<T>(value: T): NonNullable<T> | typeof nothing;
export type Ref<T extends Element = Element> = { readonly value?: T };
export declare function createRef<T extends Element = Element>(): Ref<T>;
export declare function ref(target: Ref | ((element: Element | undefined) => void)): unknown;
export type PropertyDeclaration = { attribute?: boolean | string; state?: boolean; type?: unknown; reflect?: boolean; hasChanged?: (value: unknown, old: unknown) => boolean };
export declare class LitElement extends HTMLElement {
  static properties: Record<string, PropertyDeclaration>;
  static styles: CSSResult | CSSResult[];
  readonly updateComplete: Promise<boolean>;
  readonly renderRoot: HTMLElement | DocumentFragment;
  connectedCallback(): void;
  disconnectedCallback(): void;
  attributeChangedCallback(name: string, old: string | null, value: string | null): void;
  requestUpdate(name?: PropertyKey, old?: unknown): void;
  addController(controller: { hostUpdated?(): void }): void;
  protected render(): unknown;
  protected willUpdate(changed: Map<PropertyKey, unknown>): void;
  protected updated(changed: Map<PropertyKey, unknown>): void;
  protected scheduleUpdate(): void | Promise<unknown>;
  protected firstUpdated(changed: Map<PropertyKey, unknown>): void;
}
