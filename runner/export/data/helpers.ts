/** The bash functions that a script may need, each with what it does; only those that are used are written. */

/** Asks again until the cluster or the hub is there; never sleeps longer than needed. */
const WAIT_FOR = `# wait_for SECONDS STATUS STEP [TEXT...] [--without TEXT...]
# wait_for SECONDS STATUS STEP --rows [ROW...]
# Runs a step again until it ends with this status and prints what the lesson shows: every text and none of those after
# --without (blanks and double quotes do not count), or these rows.
wait_for() {
  local deadline=$((SECONDS + $1)) status=$2 step=$3 output ended
  shift 3
  while true; do
    set +e
    output="$(set -e; "$step" 2>/dev/null)"
    ended=$?
    set -e
    if [[ $ended -eq $status ]] && shows "$output" "$@"; then
      if [[ -n $output ]]; then printf '%s\\n' "$output"; fi
      return
    fi
    if ((SECONDS >= deadline)); then
      printf '%s: given up, this is not what the lesson shows (status %s). Once more:\\n' "$step" "$ended" >&2
      set +e
      (set -e; "$step") >&2
      set -e
      return 1
    fi
    sleep 1
  done
}`;

const SHOWS = `# shows OUTPUT [TEXT...] [--without TEXT...], or shows OUTPUT --rows [ROW...]
shows() {
  local output=\${1//[[:space:]\\"]/} text bare wanted=yes found
  if [[ \${2-} == --rows ]]; then
    has_rows "$1" "\${@:3}"
    return
  fi
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

/** A matcher that goes back where a first guess was wrong, as the runner's does: POSIX patterns have no back-references. */
const HAS_ROWS = `# has_rows OUTPUT [ROW...]: the output is these rows, each a line of its own, in this order; how many blanks stand between
# two words does not count. <<name>> is one word (<<name:int>> a number), and the same wherever the name comes again;
# <<_>> is any word. ... in a row is any text, and a row of its own any number of lines.
has_rows() {
  awk '
    function may_be(type, value) {
      if (type == "rows") return value == "" || value ~ /\\n$/
      if (value ~ /\\n/) return 0
      if (type == "line" || type == "time") return 1
      if (type == "int") return value ~ /^-?[0-9]+$/
      if (type == "uuid") return value ~ /^[0-9A-Fa-f]+(-[0-9A-Fa-f]+)+$/
      return value ~ /^[^ ]+$/
    }
    # Whether all of TEXT fits ROWS. For the first hole in ROWS it tries longer and longer values until the rest fits, too.
    function fits(rows, text,    at, hole, rest, name, type, end, size, value, known) {
      at = match(rows, /<<[^<>]*>>/)
      if (at == 0) return rows == text
      if (substr(rows, 1, at - 1) != substr(text, 1, at - 1)) return 0
      hole = substr(rows, at + 2, RLENGTH - 4)
      rest = substr(rows, at + RLENGTH)
      text = substr(text, at)
      name = type = hole
      sub(/:.*/, "", name)
      sub(/^[^:]*:?/, "", type)
      end = type == "rows" ? length(text) : index(text, "\\n") - 1
      known = name in bound
      for (size = 0; size <= end; size++) {
        value = substr(text, 1, size)
        if (!may_be(type, value) || (known && bound[name] != value)) continue
        if (name != "_") bound[name] = value
        if (fits(rest, substr(text, size + 1))) return 1
        if (!known) delete bound[name]
      }
      return 0
    }
    { gsub(/[ \\t\\r]+/, " "); sub(/^ /, ""); sub(/ $/, "") }
    NR == FNR && $0 == "..." { rows = rows "<<_:rows>>"; next }
    NR == FNR { gsub(/\\.\\.\\.+/, "<<_:line>>"); rows = rows $0 "\\n"; next }
    { text = text $0 "\\n" }
    END { exit !fits(rows, text) }
  ' <(printf '%s\\n' "\${@:2}") <(printf '%s\\n' "$1")
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
  wait_for: `${HAS_ROWS}\n\n${SHOWS}\n\n${WAIT_FOR}`,
  ends_with: ENDS_WITH,
  keep_running: KEEP_RUNNING,
  world_has: WORLD_HAS,
  remember: REMEMBER,
};
