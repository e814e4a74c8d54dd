/** The toolchains that the original knows, and the one of them that this hub has functions for. */
import { badRequest } from './errors.ts';

/** The toolchain of a unit that names none. */
export const KUBERNETES = 'Kubernetes/YAML';

const OTHERS: readonly string[] = [
  'OpenTofu/HCL',
  'AppConfig/Properties',
  'AppConfig/TOML',
  'AppConfig/INI',
  'AppConfig/Env',
];

/** Throws 400 for a toolchain that nobody knows. */
export function requireToolchain(name = ''): void {
  if (name !== KUBERNETES && !OTHERS.includes(name))
    throw badRequest(`unknown ToolchainType ${JSON.stringify(name.slice(0, 80))}`);
}
