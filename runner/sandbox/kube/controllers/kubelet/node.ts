/** A node of the sandbox: its address and the images on it. Pod addresses and logs are kept for all nodes together. */
import { IMAGES } from '../../catalogue/data/images.ts';
import { findImage, type FoundImage, type ImageLookup } from '../../catalogue/find-image.ts';
import type { Context } from '../controller.ts';
import { NODES, PODS } from '../resources.ts';
import { records, text } from '../fields.ts';
import { Logs } from './logs.ts';

const FIRST_POD_ADDRESS = 5;

/** The nodes of a cluster, and what they share. */
export class Network {
  readonly logs: Logs = new Logs();
  readonly #context: Context;
  readonly #nodes = new Map<string, Node>();
  #addresses = FIRST_POD_ADDRESS;

  constructor(context: Context) {
    this.#context = context;
    for (const pod of context.cluster.list(PODS)) {
      const [, , third = '0', fourth = '0'] = (text(pod.status?.['podIP']) ?? '').split('.');
      this.#addresses = Math.max(this.#addresses, Number(third) * 250 + Number(fourth) + 1);
    }
  }

  /** The node of that name. */
  node(name: string): Node {
    const node = this.#nodes.get(name) ?? new Node(this.#context, name, this);
    this.#nodes.set(name, node);
    return node;
  }

  /** 10.244.0.5 and up; no address is given out twice. */
  nextPodIP(): string {
    const number = this.#addresses;
    this.#addresses += 1;
    return `10.244.${Math.floor(number / 250)}.${(number % 250) + (number >= 250 ? 1 : 0)}`;
  }
}

export class Node {
  readonly name: string;
  readonly network: Network;
  readonly #context: Context;
  readonly #images = new Set<string>();

  constructor(context: Context, name: string, network: Network) {
    this.#context = context;
    this.name = name;
    this.network = network;
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
}
