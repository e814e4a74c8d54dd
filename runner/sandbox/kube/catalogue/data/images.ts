/** The image catalogue. Sizes and times are those of the real images, rounded; bodies are shortened. */
import type { Answer, CatalogueImage, ServerProcess } from '../catalogue.ts';

const NOT_FOUND_JSON: Answer = { status: 404, body: '{"statusCode":404,"message":"Not Found"}' };

const NGINX: ServerProcess = {
  kind: 'server',
  startMs: 80,
  stopMs: 120,
  stopCode: 0,
  variables: [],
  listeners: [
    {
      port: 80,
      paths: {
        '/': { status: 200, body: '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n' },
        '/index.html': { status: 200, body: '<!DOCTYPE html>\n<title>Welcome to nginx!</title>\n' },
      },
      otherwise: { status: 404, body: '<html>\n<head><title>404 Not Found</title></head>\n' },
    },
  ],
  lines: [
    {
      afterMs: 5,
      text: '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
    },
    {
      afterMs: 5,
      text: '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
    },
    { afterMs: 60, text: '/docker-entrypoint.sh: Configuration complete; ready for start up' },
  ],
  withoutRoot: {
    afterMs: 80,
    code: 1,
    lines: ['nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)'],
  },
};

export const IMAGES: readonly CatalogueImage[] = [
  {
    repository: 'ghcr.io/finos/traderx/reference-data',
    note: 'The tutorial pins v1 and v2 so that an image change is a visible, repeatable step; `latest` moves and is left out on purpose. Both behave alike.',
    tags: { v1: { bytes: 98_214_336 }, v2: { bytes: 98_351_104 } },
    pullMs: 2400,
    user: 0,
    process: {
      kind: 'server',
      startMs: 1800,
      stopMs: 60,
      stopCode: 143,
      variables: [
        {
          name: 'REFERENCE_DATA_SERVICE_PORT',
          otherwise: '18085',
          use: 'The port to listen on. A Service called reference-data makes Kubernetes inject a variable of this name with the Service port.',
          accepts: '([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])',
          failure: {
            afterMs: 900,
            code: 1,
            lines: [
              'node:net:1800',
              `RangeError [ERR_SOCKET_BAD_PORT]: options.port should be >= 0 and < 65536. Received type string ('{value}').`,
            ],
          },
        },
      ],
      listeners: [
        {
          port: 'REFERENCE_DATA_SERVICE_PORT',
          paths: {
            '/health': { status: 200, body: '{"status":"ok"}' },
            '/stocks': {
              status: 200,
              body: '[{"ticker":"IBM","companyName":"IBM"},{"ticker":"MS","companyName":"Morgan Stanley"}]',
            },
            '/stocks/IBM': { status: 200, body: '{"ticker":"IBM","companyName":"IBM"}' },
          },
          otherwise: NOT_FOUND_JSON,
        },
      ],
      lines: [
        { afterMs: 700, text: 'LOG [NestFactory] Starting Nest application...' },
        { afterMs: 900, text: 'LOG [InstanceLoader] AppModule dependencies initialized' },
        { afterMs: 1500, text: 'LOG [RouterExplorer] Mapped {/stocks, GET} route' },
        { afterMs: 1520, text: 'LOG [RouterExplorer] Mapped {/health, GET} route' },
        { afterMs: 1800, text: 'LOG [NestApplication] Nest application successfully started' },
        {
          afterMs: 1800,
          text: 'Application is running on: http://[::1]:{REFERENCE_DATA_SERVICE_PORT}',
        },
      ],
    },
  },
  {
    repository: 'ghcr.io/finos/traderx/trade-service',
    note: 'The tutorial pins v1 and v2 so that an image change is a visible, repeatable step; `latest` moves and is left out on purpose. Spring Boot without actuator: probe /v3/api-docs or the port.',
    tags: { v1: { bytes: 241_172_480 }, v2: { bytes: 241_598_464 } },
    pullMs: 4200,
    user: 0,
    process: {
      kind: 'server',
      startMs: 6500,
      stopMs: 400,
      stopCode: 143,
      variables: [
        {
          name: 'TRADING_SERVICE_PORT',
          otherwise: '18092',
          use: 'The port to listen on.',
          accepts: '\\d{1,5}',
          failure: {
            afterMs: 2600,
            code: 1,
            lines: [
              'APPLICATION FAILED TO START',
              'Failed to bind properties under \'server.port\' to java.lang.Integer: Value: "{value}"',
            ],
          },
        },
        {
          name: 'REFERENCE_DATA_HOST',
          otherwise: 'localhost',
          use: 'Host of reference-data, asked for each order on port 18085. A wrong one fails orders, not the start.',
        },
      ],
      listeners: [
        {
          port: 'TRADING_SERVICE_PORT',
          paths: {
            '/v3/api-docs': {
              status: 200,
              body: '{"openapi":"3.0.1","info":{"title":"FINOS TraderX Trade Service","version":"0.1.0"}}',
            },
            '/swagger-ui/index.html': {
              status: 200,
              body: '<!-- HTML for static distribution bundle build -->',
            },
          },
          otherwise: { status: 404, body: '{"status":404,"error":"Not Found"}' },
        },
      ],
      lines: [
        { afterMs: 1900, text: ' :: Spring Boot ::' },
        {
          afterMs: 2300,
          text: 'INFO 1 --- [main] f.t.t.TradeServiceApplication : Starting TradeServiceApplication',
        },
        {
          afterMs: 4400,
          text: 'INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer : Tomcat initialized with port {TRADING_SERVICE_PORT} (http)',
        },
        {
          afterMs: 6500,
          text: 'INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer : Tomcat started on port {TRADING_SERVICE_PORT} (http)',
        },
        {
          afterMs: 6500,
          text: 'INFO 1 --- [main] f.t.t.TradeServiceApplication : Started TradeServiceApplication',
        },
      ],
    },
  },
  {
    repository: 'ghcr.io/confighubai/confighub-worker',
    note: 'A program of the sandbox runs in its place; the manifest that installs it asks for latest.',
    tags: { latest: { bytes: 61_865_984 } },
    pullMs: 1500,
    user: 65_532,
    process: { kind: 'program' },
  },
  {
    repository: 'docker.io/library/nginx',
    note: 'The usual example image.',
    tags: {
      '1.27': { bytes: 72_195_292 },
      '1.27-alpine': { bytes: 20_452_768 },
      '1.28': { bytes: 72_223_946 },
      '1.29': { bytes: 72_319_182 },
      latest: { bytes: 72_319_182 },
    },
    pullMs: 1900,
    user: 0,
    process: NGINX,
  },
  {
    repository: 'docker.io/library/busybox',
    note: 'Runs a few words of shell (sleep, echo, exit, true, false, touch, rm); anything else fails and says so.',
    tags: {
      '1.36': { bytes: 2_219_949 },
      '1.37': { bytes: 2_223_685 },
      latest: { bytes: 2_223_685 },
    },
    pullMs: 700,
    user: 0,
    process: { kind: 'shell' },
  },
  {
    repository: 'registry.k8s.io/pause',
    note: 'Does nothing until it is stopped.',
    tags: { '3.9': { bytes: 321_520 }, '3.10': { bytes: 320_368 }, '3.10.1': { bytes: 320_448 } },
    pullMs: 300,
    user: 65_535,
    process: { kind: 'idle' },
  },
];
