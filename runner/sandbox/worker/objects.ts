/**
 * The client for objects of any type. client-node's own writes the whole path in small letters, so that it asks for another
 * object than it was told, and does not tell a type that is not there from a server that fails.
 */
import type {
  KubeConfig,
  KubernetesObject,
  KubernetesObjectApi,
  V1APIResource,
} from '@kubernetes/client-node';
import { KubernetesRefusal } from './refusal.ts';

interface TypeName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** client-node's client, which also knows whether a type has namespaces; false for one that the server does not have. */
export interface Objects extends KubernetesObjectApi {
  isNamespaced(type: TypeName): Promise<boolean>;
}

/** A client for the cluster of `config`. */
export async function openObjects(config: KubeConfig): Promise<Objects> {
  const { KubernetesObjectApi } = await import('@kubernetes/client-node');
  class ExactObjects extends KubernetesObjectApi {
    async isNamespaced({ apiVersion, kind }: TypeName): Promise<boolean> {
      return (await this.resource(apiVersion, kind))?.namespaced ?? false;
    }

    protected override async resource(apiVersion: string, kind: string): Promise<V1APIResource | undefined> {
      try {
        return apiVersion === '' ? undefined : await super.resource(apiVersion, kind);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 404) return undefined;
        throw error;
      }
    }

    protected override async specUriPath(spec: KubernetesObject, action: string): Promise<string> {
      const { apiVersion = '', kind = '', metadata } = spec;
      const type = await this.resource(apiVersion, kind);
      if (type === undefined) throw new KubernetesRefusal(0, '', await this.sayMissing(spec, action));
      const { namespace, name = '' } = metadata ?? {};
      const scope = type.namespaced && namespace !== undefined ? ['namespaces', namespace] : [];
      if (action === 'list') return this.pathOf(apiVersion, [...scope, type.name]);
      if (name === '') throw new KubernetesRefusal(0, '', 'resource name may not be empty');
      return this.pathOf(apiVersion, [...scope, type.name, name]);
    }

    /** The original reads before it writes, and of a group's version that is not there hears another text then. */
    private async sayMissing(
      { apiVersion = '', kind = '' }: KubernetesObject,
      action: string,
    ): Promise<string> {
      const hasVersion = await super.resource(apiVersion, kind).then(
        () => true,
        () => false,
      );
      return hasVersion || action !== 'read'
        ? `no matches for kind "${kind}" in version "${apiVersion}"`
        : `unable to retrieve the complete list of server APIs: ${apiVersion}: no matches for ${apiVersion}, Resource=`;
    }

    private pathOf(apiVersion: string, segments: readonly string[]): string {
      return [this.apiVersionPath(apiVersion), ...segments.map(encodeURIComponent)].join('/');
    }
  }
  return config.makeApiClient(ExactObjects);
}
