/** The one node of the sandbox: its address, the images on it, pod addresses and logs. */
import { IMAGES } from '../../catalogue/data/images.ts';
import { findImage, type FoundImage, type ImageLookup } from '../../catalogue/find-image.ts';
import type { Context } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';
import { records, text } from '../fields.ts';
import { Logs } from './logs.ts';

const NODE_NAME = 'node-1';
const FIRST_POD_ADDRESS = 5;

export class Node {
  readonly name: string = NODE_NAME;
  readonly #context: Context;
  readonly logs: Logs = new Logs();
  readonly #images = new Set<string>();
  #addresses = FIRST_POD_ADDRESS;

  constructor(context: Context) {
    this.#context = context;
    for (const pod of context.cluster.list(PODS)) {
      const [, , third = '0', fourth = '0'] = (text(pod.status?.['podIP']) ?? '').split('.');
      this.#addresses = Math.max(this.#addresses, Number(third) * 250 + Number(fourth) + 1);
    }
  }

  /** As its object says, which the API server's seed made. */
  get hostIP(): string {
    const node = this.#context.cluster.get(NODES, undefined, this.name);
    const addresses = records(node?.status?.['addresses']);
    return text(addresses.find(({ type }) => type === 'InternalIP')?.['address']) ?? '127.0.0.1';
  }

  findImage(image: string): ImageLookup {
    return findImage(IMAGES, image);
  }

  hasImage({ reference }: FoundImage): boolean {
    return this.#images.has(reference.full);
  }

  keepImage({ reference }: FoundImage): void {
    this.#images.add(reference.full);
  }

  /** 10.244.0.5 and up; no address is given out twice. */
  nextPodIP(): string {
    const number = this.#addresses;
    this.#addresses += 1;
    return `10.244.${Math.floor(number / 250)}.${(number % 250) + (number >= 250 ? 1 : 0)}`;
  }
}
