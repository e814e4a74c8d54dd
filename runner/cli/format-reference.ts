/** What `mtx-doc help format` prints: the chapter format on three screens, for an author who is writing one. */
import { fixedVariables, passedThrough } from '../execution/environment.ts';

const FIXED: string = Object.entries(fixedVariables)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ');

export const FORMAT_REFERENCE: string = `A chapter is a Markdown file that reads well with no tool. What the reader types is one fence, what the reader
sees is another; the braces after the language say which is which.

  \`\`\`bash {.run #pods timeout=30s}
  kubectl get pods -n demo
  \`\`\`

  \`\`\`text {.expect match=like within=60s}
  NAME       READY   STATUS    RESTARTS   AGE
  web-7f-x   1/1     Running   0          12s
  \`\`\`

FRONT MATTER, between --- lines at the top: title, summary, and under mtx:
  needs: [FILE…]           chapters that run before this one, in the same world
  timeout: 60s             default of every block
  requires: [cub, kubectl] which clients it uses; none: no world is opened
  env: {NAME: value}       added to the environment; not HOME, PATH, KUBECONFIG, CONFIGHUB_URL, BASH_ENV and whatever else
                           keeps a chapter to its own folders and world
  secrets: [NAME…]         variables whose values are masked everywhere, like those named *TOKEN*, *SECRET*, *PASSWORD*, *_KEY;
                           not what is computed for them in a subshell, a job, a function's local or for one command only
  world: any               any, containers or hub
  collect: [COMMAND…]      run once when the chapter fails, for the report
  allow: [{code, id, reason}] a lint problem that is wanted, in the block with that id

ROLES, exactly one per fence. All blocks of a chapter run in one bash, in page order.
  .run                     executed and checked; any failing command fails it (bash, sh, console)
  .expect                  what the run before it must produce; several may follow one run (text, json, yaml, console)
  .setup                   like .run; a failure means that the chapter could not start
  .cleanup                 runs at the end in reverse order, always; afterwards hub and cluster must be as before,
                           and files at places outside the work folder that a block spells must be gone
  .background ready=…      started and kept; ready is tcp:PORT, http:URL or /regex/ on its output. A port that answers before
                           the start fails it, as does a status other than 0 before the chapter's clean-ups, unless
                           another block ended it (SIGTERM, SIGINT, SIGHUP); one that ends with 0 by itself has done its work
  .file path=…             the fence is written to that file in the work folder
  .excerpt of=… lines=1-9  must equal that part of a file of the repository
  .skip reason="…"         shown, not run, and counted

KEYS
  #id                      the block's name in reports, --only, --until and for=
  timeout=30s              .run, .setup, .cleanup, .background
  retry                    .run: running it again is harmless, so it may be polled
  only=CAPABILITY          .run, .expect: containers, rbac, network-policy or hub-persistent; elsewhere skipped, and counted
  exit=1                   .expect: the exit status; 0 where nothing is said
  match=…                  .expect: how texts are compared, see below
  stream=both              .expect: stdout, stderr or both; stdout for exit=0, else both. A run's streams are compared
                           either apart or together: both cannot stand beside stdout or stderr
  within=60s every=1s      .expect: run again until all expectations hold; for read-only commands and retry. An
                           error of usage or authorisation ends it at once, also with exit=1, unless it is expected
  for=ID                   .expect: the run it belongs to

MATCH
  exact                    default for text; blanks at line ends do not count
  elide                    a line ... stands for any lines, an inline ... for any text
  like                     same rows and columns; ages, times, IPs, UUIDs, pod suffixes, ports may differ
                           (12m alone is an age below AGE or beside "ago", else a CPU quantity)
  subset                   default for json and yaml: what is written must be in the output
  regex                    every line is an anchored regular expression
  contains, absent         every line occurs, or does not
  Of a stream beyond 256 KiB only head and tail are kept: what the missing middle could refute fails, so print less.

CAPTURES in .expect: <<name>> binds a token and must be the same later; <<name:uuid>>, :int, :age, :ip, :time, :word and
:line restrict it; <<_>> binds nothing.

ENVIRONMENT: a chapter's shell has these variables and no others of yours.
  fixed       ${FIXED}
  folders     HOME, TMPDIR, XDG_* and KUBECONFIG, all in the chain's own folder
  yours       ${passedThrough.join(', ')}, if they are set
  the world   CONFIGHUB_URL; PATH with its cub and kubectl first, then the system's folders
  the page    env: in the front matter, with KEY: value

PHASES, for mtx-doc export --phase: structure is what stands before the first block with a command that may change the
cluster (kubectl that does not only read, cub unit apply or destroy, helm …); deploy is that block and all after it.

In a chapter every bash, sh, shell, zsh and console fence must have a role. <!-- mtx: .run #id --> above a fence is the
same as braces on it. What looks like a fence with a role and is none for Markdown (no blank line after HTML, indented by
four columns, inside a fence that was not closed) is an error, and so is a file of a folder with such fences and no mtx:. A \`\`\`console {.run} fence may hold a transcript with $ and > lines.
`;
