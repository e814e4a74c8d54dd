/** The bash functions that a script may need, each with what it does; only those that are used are written. */

/** Asks again until the cluster or the hub is there; never sleeps longer than needed. */
const WAIT_FOR = `# wait_for SECONDS STATUS STEP [TEXT...]: runs a step again until it ends with this status and its output holds every
# text (blanks and double quotes do not count). A text after --without must not be there.
wait_for() {
  local deadline=$((SECONDS + $1)) status=$2 step=$3 output ended
  shift 3
  while true; do
    set +e
    output="$(set -e; "$step" 2>&1)"
    ended=$?
    set -e
    if [[ $ended -eq $status ]] && shows "$output" "$@"; then
      if [[ -n $output ]]; then printf '%s\\n' "$output"; fi
      return
    fi
    if ((SECONDS >= deadline)); then
      printf '%s\\n%s: given up, this is not what the lesson shows (status %s)\\n' "$output" "$step" "$ended" >&2
      return 1
    fi
    sleep 1
  done
}`;

const SHOWS = `# shows OUTPUT [TEXT...] [--without TEXT...]
shows() {
  local output=\${1//[[:space:]\\"]/} text bare wanted=yes found
  shift
  for text in "$@"; do
    if [[ $text == --without ]]; then
      wanted=no
      continue
    fi
    bare=\${text//[[:space:]\\"]/}
    found=no
    if [[ $output == *"$bare"* ]]; then found=yes; fi
    if [[ $found != "$wanted" ]]; then return 1; fi
  done
}`;

const ENDS_WITH = `# ends_with STATUS STEP: the lesson shows how this step fails.
ends_with() {
  local ended
  set +e
  (set -e; "$2")
  ended=$?
  set -e
  if [[ $ended -ne $1 ]]; then
    printf '%s: ended with status %s, not %s\\n' "$2" "$ended" "$1" >&2
    return 1
  fi
}`;

const KEEP_RUNNING = `# keep_running STEP: starts a step that runs until the lesson ends; what it prints goes to $STEP_OUTPUT.
keep_running() {
  STEP_OUTPUT="$(mktemp)"
  set -m
  "$1" >"$STEP_OUTPUT" 2>&1 &
  set +m
  LESSON_PROCESSES="\${LESSON_PROCESSES-} -$!"
  # shellcheck disable=SC2064,SC2086 # the ids of today, one word each
  trap "kill -- \${LESSON_PROCESSES# }" EXIT
}`;

const WORLD_HAS = `# world_has THING: what only some worlds have, such as containers that really run; MTX_HAS lists it.
world_has() {
  [[ " \${MTX_HAS-@default@} " == *" $1 "* ]]
}`;

const REMEMBER = `# remember FILE NAME...: keeps these variables and functions for the deploy phase.
remember() {
  (umask 077; : >"$1")
  while [[ $# -gt 1 ]]; do
    if declare -F "$2" >/dev/null; then
      declare -f "$2" >>"$1"
    elif [[ -n \${!2+set} ]]; then
      declare -p "$2" >>"$1"
    fi
    set -- "$1" "\${@:3}"
  done
}`;

/** Helpers by name. */
export const HELPERS: Readonly<Record<string, string>> = {
  wait_for: `${SHOWS}\n\n${WAIT_FOR}`,
  ends_with: ENDS_WITH,
  keep_running: KEEP_RUNNING,
  world_has: WORLD_HAS,
  remember: REMEMBER,
};
