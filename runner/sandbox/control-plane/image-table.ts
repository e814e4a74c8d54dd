/** The image catalogue as kwok can ask it: a JSON table by every spelling of an image, and the jq functions that read it. */
import type { CatalogueImage, ImageProcess } from '../kube/catalogue/catalogue.ts';

/** What of an image counts here. Times in milliseconds, already scaled. */
interface ImageRow {
  readonly kind: ImageProcess['kind'];
  readonly pullMs: number;
  readonly startMs: number;
  readonly variables: readonly {
    readonly name: string;
    readonly otherwise: string;
    readonly accepts: string;
    readonly endMs: number;
  }[];
  readonly listeners: readonly {
    /** The variable that holds the port; empty where the port is fixed. */
    readonly variable: string;
    readonly port: number;
    readonly paths: Readonly<Record<string, number>>;
    readonly otherwise: number;
  }[];
}

/** jq definitions to put before an expression on a pod. */
export function renderImageFunctions(images: readonly CatalogueImage[], speed: number): string {
  const table = Object.fromEntries(
    images.flatMap((image) => {
      const row = describeImage(image, speed);
      return listSpellings(image).map((spelling) => [spelling, row]);
    }),
  );
  return `def table: ${JSON.stringify(table)};\ndef speed: ${speed};${FUNCTIONS}`;
}

/** Every way to write an image that the catalogue has, `docker.io/library/` and `:latest` left out or not. */
export function listSpellings({ repository, tags }: CatalogueImage): readonly string[] {
  const names = [/^$/, /^docker\.io\//, /^docker\.io\/library\//].map((prefix) =>
    repository.replace(prefix, ''),
  );
  return [...new Set(names)].flatMap((name) =>
    Object.entries(tags).flatMap(([tag, { digest }]) => [
      `${name}:${tag}`,
      ...(tag === 'latest' ? [name] : []),
      ...(digest === undefined ? [] : [`${name}@${digest}`, `${name}:${tag}@${digest}`]),
    ]),
  );
}

function describeImage({ process, pullMs }: CatalogueImage, speed: number): ImageRow {
  const row = { kind: process.kind, pullMs: pullMs * speed, startMs: 0, variables: [], listeners: [] };
  if (process.kind !== 'server') return row;
  return {
    ...row,
    startMs: process.startMs * speed,
    variables: process.variables.flatMap(({ name, otherwise = '', accepts, failure }) =>
      accepts === undefined || failure === undefined
        ? []
        : [{ name, otherwise, accepts: `^(?:${accepts})$`, endMs: failure.afterMs * speed }],
    ),
    listeners: process.listeners.map(({ port, paths, otherwise }) => {
      const variable = process.variables.find(({ name }) => name === port);
      return {
        variable: variable?.name ?? '',
        port: Number(variable?.otherwise ?? port),
        paths: Object.fromEntries(Object.entries(paths).map(([path, { status }]) => [path, status])),
        otherwise: otherwise.status,
      };
    }),
  };
}

/** `$c` is a container of the pod's spec. A value that only the cluster knows (valueFrom, service links) is not seen. */
const FUNCTIONS = String.raw`
def known: all(.spec.containers[], .spec.initContainers[]?; table[.image] != null);
def value($c; $name; $otherwise): first($c.env[]? | select(.name == $name) | .value // empty) // $otherwise;
def number($p; $c):
  if ($p | type) == "number" then $p
  else first($c.ports[]? | select(.name == $p) | .containerPort) // first($p | tonumber?) // 0 end;
def status($c; $port; $path):
  first(table[$c.image].listeners[]?
    | select((value($c; .variable; .port) | tonumber) == $port)
    | .paths[$path] // .otherwise) // 0;
def passes($c):
  ($c.readinessProbe // {}) as $p
  | if $p == {} then true
    elif $p.httpGet then
      status($c; number($p.httpGet.port; $c); ($p.httpGet.path // "/") | split("?")[0]) | . >= 200 and . < 400
    elif $p.tcpSocket then status($c; number($p.tcpSocket.port; $c); "/") > 0
    else $p.exec.command == ["true"] end;
def runs_shell($c; $image): $image.kind == "shell" or (($c.command // []) != [] and $image.kind != "program");
def ends($c):
  table[$c.image] as $image
  | (($c.command // []) + ($c.args // []) | join(" ")) as $line
  | if runs_shell($c; $image) then
      select($line | test("while (true|:)|sleep +inf") | not)
      | { ms: ([$line | scan("sleep +([0-9]+)")[0] | tonumber * 1000 * speed] | add // 0),
          fails: ($line | test("\\b(exit +[1-9]|false)")) }
    else
      first($image.variables[]? | . as $v
        | select(value($c; $v.name; $v.otherwise) | test($v.accepts) | not)
        | { ms: $v.endMs, fails: true })
    end;
def ends: .spec.containers[] | ends(.);
def duration: "\(ceil)ms";
`;
