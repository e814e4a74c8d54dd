/** What `npm run mutate:manifests` changes, and which chapters it asks: a field or a chapter that is missed proves nothing. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import type { Chapter } from '../../../runner/chapter/chapter.ts';
import { mutateManifest } from '../../mutation/manifest-fields.ts';
import { findProvers } from '../../mutation/manifest-uses.ts';

const MANIFEST = `# a comment
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1 # one
  containers:
    - name: web
      image: ghcr.io/x/web:v1
      env: [{ name: PORT, value: "80" }]
      secure: true
---
kind: Service
spec:
  ports:
    - port: 80
      targetPort: http
`;

test('each field with a scalar is changed alone, at its line', () => {
  const mutations = mutateManifest(MANIFEST);
  expect(mutations.map(({ line, field, to }) => `${line} ${field} = ${to}`)).toEqual([
    '2 Deployment.kind = Deploymenu',
    '3 Deployment.metadata.name = wec',
    '5 Deployment.spec.replicas = 2',
    '7 Deployment.spec.containers[web].name = wec',
    '8 Deployment.spec.containers[web].image (name) = ghcr.io/x/wec:v1',
    '8 Deployment.spec.containers[web].image (tag) = ghcr.io/x/web:v2',
    '9 Deployment.spec.containers[web].env[PORT].name = PORU',
    '9 Deployment.spec.containers[web].env[PORT].value = "81"',
    '10 Deployment.spec.containers[web].secure = false',
    '12 Service.kind = Servicf',
    '15 Service.spec.ports[0].port = 81',
    '16 Service.spec.ports[0].targetPort = httq',
  ]);
  for (const { text, line } of mutations) {
    const before = MANIFEST.split('\n');
    const changed = text.split('\n').flatMap((one, index) => (one === before[index] ? [] : [index + 1]));
    expect(changed).toEqual([line]);
  }
});

function chapter(file: string, command: string, needs: readonly string[] = []): Chapter {
  const source = `---\ntitle: T\nmtx:\n  needs: [${needs.join(', ')}]\n---\n\n\`\`\`bash {.run}\n${command}\n\`\`\`\n`;
  const parsed = parseChapter(file, source);
  expect(parsed.problems).toEqual([]);
  return parsed.chapter;
}

test('the first chapter that reads a manifest is asked first, then the ends of the course', () => {
  const chapters = [
    chapter('t/1.md', 'kubectl apply -f k8s/x/web.yaml'),
    chapter('t/2.md', 'true', ['1.md']),
    chapter('t/3.md', 'kubectl apply -f "k8s/x/$NAME.yaml"', ['2.md']),
    chapter('t/4.md', 'true', ['1.md']),
    chapter('t/5.md', 'kubectl apply -f k8s/x/other.yaml'),
  ];
  const files = (manifest: string): readonly string[] =>
    findProvers(manifest, chapters).map(({ file }) => file);
  expect(files('k8s/x/web.yaml')).toEqual(['t/1.md', 't/3.md', 't/4.md']);
  expect(files('k8s/x/other.yaml')).toEqual(['t/3.md', 't/5.md']);
  expect(files('k8s/y/web.yaml')).toEqual([]);
});
