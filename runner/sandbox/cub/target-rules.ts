/** Which provider goes with which toolchain. */
import { Failure } from './failure.ts';

const TOOLCHAINS = ['Kubernetes/YAML', 'OpenTofu/HCL', 'AppConfig/Properties'];

const PROVIDERS: Readonly<Record<string, { readonly toolchain: string; readonly complaint: string }>> = {
  Kubernetes: {
    toolchain: 'Kubernetes/YAML',
    complaint: 'provider Kubernetes requires toolchain Kubernetes/YAML',
  },
  AWS: { toolchain: 'OpenTofu/HCL', complaint: 'provider AWS requires toolchain OpenTofu/HCL' },
  FluxOCIWriter: {
    toolchain: 'Kubernetes/YAML',
    complaint: 'provider FluxOCIWriter requires toolchain Kubernetes/YAML',
  },
  ConfigMap: {
    toolchain: 'AppConfig/Properties',
    complaint:
      'provider ConfigMap requires toolchain AppConfig/Properties, AppConfig/TOML, AppConfig/INI, or AppConfig/Env',
  },
};

/** Throws Failure for a pair that cannot work. */
export function checkProvider(toolchain: string, provider: string): void {
  if (toolchain === '' || provider === '') throw new Failure('toolchain and provider must be specified');
  if (!TOOLCHAINS.includes(toolchain))
    throw new Failure(`toolchain must be one of: ${TOOLCHAINS.join(', ')}`);
  const rule = PROVIDERS[provider];
  if (rule === undefined) throw new Failure(`provider must be one of: ${Object.keys(PROVIDERS).join(', ')}`);
  if (rule.toolchain !== toolchain) throw new Failure(rule.complaint);
}
