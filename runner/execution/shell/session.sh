# The inside of a chapter's shell: sources one block after the other, so that variables, functions, options, aliases and
# the folder live on as in a terminal. Usage: bash --noprofile --norc session.sh CHANNEL COUNT STATE LIMIT SECRETS, where
# the end of descriptor 3 after a word says "ready".
#
# The named pipe CHANNEL.requests brings requests: "KIND BLOCK OUTPUT" or "pipes NAME COUNT", then a token on a line of its
# own. They name files beside it, without folder and endings, as bash reads a pipe byte by byte. CHANNEL.answers takes
# answers ("TOKEN STATUS FAILED PID"). Both are opened between blocks only: while a block runs, nothing but its own output
# is open, so nothing can be inherited, and descriptors from 3 on are its own. The token is read after the block, so no
# output can be an answer. Who opens the pipes by their paths on purpose, or has this very process do so, can forge one.
BASH_ARGV0=bash
__mtx_driver=${BASH_SOURCE[0]} __mtx_channel=$1 __mtx_folder=${1%/*} __mtx_state=${3-}
__mtx_status=0 __mtx_errexit='' __mtx_user_err='' __mtx_debug='' __mtx_heard='' __mtx_flags='' __mtx_pid=''
__mtx_answer='' __mtx_noted='' __mtx_hidden=$5 __mtx_kind='' __mtx_file='' __mtx_output='' __mtx_end='' __mtx_left=''
# A limit that nothing started here can shake off: see marker.ts.
if [[ -n ${4-} ]]; then ulimit "$4" "$MTX_DOC_CHAIN" 2>/dev/null; fi
# The pipes that blocks print to, PATH.0.stdout and so on: usage PATH COUNT, then further ones.
__mtx_make_pipes() {
  local index; local -a names=("${@:3}")
  for (( index = 0; index < $2; index++ )); do names+=("$1.$index.stdout" "$1.$index.stderr"); done
  builtin command -p mkfifo -m 600 -- "${names[@]}"
}
if __mtx_make_pipes "$1" "$2" "$1.requests" "$1.answers"; then echo ready >&3; fi
# Neither that one nor what mtx-doc itself inherited is a block's; bash reads this file through one of its own.
for __mtx_end in /dev/fd/*; do
  if (( ${__mtx_end##*/} > 2 )) && [[ ! $__mtx_end -ef $__mtx_driver ]]; then eval "exec ${__mtx_end##*/}>&-"; fi
done
set --
# -e is on only because bash otherwise forgets, inside `! f`, that f's failures are ignored. The trap below runs first.
set -eE -o pipefail
shopt -s expand_aliases
# 2 GiB: no file that a command writes may fill the disk. It is refused where a lower limit holds already.
if ulimit -S -f 2097152 2>/dev/null; then :; fi

# True in what was started with `&` or `<(…)`: bash makes such children ignore SIGINT. Unknown without /proc: false.
__mtx_async() {
  local key value self='' shell=''
  {
    while builtin read -r key value; do [[ $key == SigIgn: ]] && self=$value; done <"/proc/$BASHPID/status"
    while builtin read -r key value; do [[ $key == SigIgn: ]] && shell=$value; done <"/proc/$$/status"
  } 2>/dev/null
  [[ -n $self && -n $shell ]] && (( (0x$self & 2) && !(0x$shell & 2) ))
}

# Called by the ERR trap with status, line, file, subshell depth, command. True: the block ends here.
__mtx_failed() {
  if (( $4 > 0 )) && __mtx_async; then builtin set +e; return 1; fi
  if [[ $3 == "$__mtx_driver" ]]; then
    __mtx_heard=1
    if [[ $- == *e* ]]; then builtin set +e; __mtx_errexit=1; fi
    return 1
  fi
  __mtx_status=$1
  builtin printf '%s\0%s\0%s\0' "$1" "$2" "$3" >>"$__mtx_file.failed"
  # A clean-up tries all it can: what failed is noted, and the next command runs.
  if [[ $__mtx_kind == *persevering* ]]; then builtin set +e; __mtx_errexit=1; return 1; fi
}
# Its redirections hide it from `set -x`.
__mtx_trap='if { __mtx_failed "$?" "$LINENO" "${BASH_SOURCE[0]-}" "$BASH_SUBSHELL"; } 2>/dev/null; then
  { [[ -z $__mtx_user_err ]]; } 2>/dev/null || builtin eval "$__mtx_user_err"
  { if (( BASH_SUBSHELL )); then builtin exit "$__mtx_status"; else builtin return "$__mtx_status"; fi; } 2>/dev/null
fi'

# The values of variables whose names fit the pattern SECRETS, for mtx-doc to mask: after each block, and when the shell
# exits or is ended. It costs no process. Its stdout must be CHANNEL.names; call it as a condition, because finding none is
# no failure. It returns what it is given.
__mtx_tell_secrets() {
  local __mtx_name
  if [[ $BASHOPTS == *extglob* ]]; then
    builtin compgen -v -X "!$__mtx_hidden"
  else
    builtin shopt -s extglob; builtin compgen -v -X "!$__mtx_hidden"; builtin shopt -u extglob
  fi
  if [[ -s $__mtx_channel.names ]]; then
    while IFS= builtin read -r __mtx_name; do
      builtin eval "builtin printf '%s\0' \"\${$__mtx_name[@]-}\""
    done <"$__mtx_channel.names" >|"$__mtx_channel.secrets"
  fi
  builtin return "$1"
}
# Usage: ACTION, an EXIT trap of the author's own; it finds the `$?` that it expects.
__mtx_at_exit() {
  builtin trap -- "if { __mtx_tell_secrets \"\$?\"; } >|\"\$__mtx_channel.names\" 2>/dev/null; then
${1:-:}
else
${1:-:}
fi" EXIT
}
__mtx_at_exit ''

# An ERR trap of the author's own, also of a file that he sources: its action runs, and the failure still counts.
trap() {
  if [[ ${1-} == -- ]]; then shift; fi
  if (( $# == 1 )) && [[ $1 != -* ]]; then builtin set -- - "$1"; fi # `trap ERR` is `trap - ERR`
  if (( $# < 2 )) || [[ $1 == -?* ]]; then builtin trap "$@"; return; fi
  local action=$1 signal; local -a others=()
  for signal in "${@:2}"; do
    case $signal in
      EXIT | exit | 0)
        if (( BASH_SUBSHELL == 0 )); then
          if [[ $action == - ]]; then __mtx_at_exit ''; else __mtx_at_exit "$action"; fi
          continue
        fi
        ;;
      ERR | err) if [[ $action == - ]]; then __mtx_user_err=''; else __mtx_user_err=$action; fi; continue ;;
      DEBUG | debug) if [[ $action == - ]]; then __mtx_debug=''; else __mtx_debug=$action; fi ;;
    esac
    others+=("$signal")
  done
  if (( ${#others[@]} )); then builtin trap -- "$action" "${others[@]}"; fi
}

# For the shell that takes over if this one dies. Its own functions are the same there; see restore-state.sh.
__mtx_save_state() {
  builtin echo 'builtin set +o posix' # in which no function may be called like a builtin, as the one above
  builtin shopt -p; builtin declare -fp; builtin declare -Fx; builtin alias -p; builtin umask -p
  builtin printf 'builtin cd -- %q\nbuiltin set --' "$PWD"
  if (( $# )); then builtin printf ' %q' "$@"; fi
  builtin printf '\n'
  builtin set +o
}

__mtx_resume() { builtin return "$1"; }

# Answers the last request, if there was one, and waits for the next; stdin is where they come from.
__mtx_talk() {
  local __mtx_token
  if [[ -n $__mtx_noted ]]; then
    IFS= builtin read -r __mtx_token
    builtin printf '%s %s %s %s\n' "$__mtx_token" "${__mtx_answer:-$__mtx_status}" "$__mtx_noted" "$__mtx_pid" \
      >>"$__mtx_channel.answers"
  fi
  IFS=' ' builtin read -r __mtx_kind __mtx_file __mtx_output
}

while __mtx_talk <"$__mtx_channel.requests"; do
  __mtx_file=$__mtx_folder/$__mtx_file
  if [[ $__mtx_kind != pipes ]]; then __mtx_output=$__mtx_folder/$__mtx_output; fi
  __mtx_stderr=$__mtx_output.stderr __mtx_pid=${!-}
  __mtx_end='' __mtx_left='' __mtx_answer=''
  builtin trap "$__mtx_trap" ERR
  builtin set -E
  case $__mtx_kind in
    *merged) __mtx_stderr=$__mtx_output.stdout ;; # both go into one pipe: the order of arrival is kept
  esac
  case $__mtx_kind in
    end) break ;;
    pipes)
      __mtx_answer=0; __mtx_make_pipes "$__mtx_file" "$__mtx_output" || __mtx_answer=$?
      ;;
    background)
      builtin set -m # a process group of its own, so that it can be ended alone
      # The block is one level further down, so that its status is noted even if it exits or becomes another program.
      # `kill $!` is meant for it and all that it started; `trap - INT`, as bash lets what is started with `&` ignore SIGINT.
      {
        builtin trap 'builtin trap "" TERM; builtin kill -TERM 0' TERM
        {
          builtin trap - INT TERM
          command exec >>"$__mtx_output.stdout" 2>>"$__mtx_stderr"
          builtin source "$__mtx_file.sh"
        } &
        builtin wait "$!"
        builtin printf '%s\n' "$?" >"$__mtx_file.ended"
      } &
      __mtx_pid=$!
      builtin set +m
      builtin disown "$__mtx_pid"
      ;;
    *) # sourced at top level, so that `declare` makes globals; $? is that of the block before
      __mtx_left=3
      for __mtx_turn in source skip; do # for a stray `break` or `continue`: without this loop it would be this session's
        if [[ $__mtx_turn == skip ]]; then break; fi
        # What follows would be traced into the output. It costs the block descriptors 10 and 11.
        if [[ $- == *x* || -n $__mtx_debug ]]; then
          if __mtx_resume "$__mtx_status"; then
            builtin source "$__mtx_file.sh" >>"$__mtx_output.stdout" 2>>"$__mtx_stderr"
          else
            builtin source "$__mtx_file.sh" >>"$__mtx_output.stdout" 2>>"$__mtx_stderr"
          fi
        else
          command exec >>"$__mtx_output.stdout" 2>>"$__mtx_stderr"
          if __mtx_resume "$__mtx_status"; then builtin source "$__mtx_file.sh"; else builtin source "$__mtx_file.sh"; fi
        fi
        {
          __mtx_status=$? __mtx_left='' __mtx_flags=$-
          builtin set +x
          if [[ -n $__mtx_debug ]]; then builtin trap - DEBUG; fi
          break
        } >/dev/null 2>&1
      done
      command exec >|"$__mtx_channel.names" 2>/dev/null
      if [[ -z $__mtx_left && $__mtx_kind == *ending-* ]]; then
        if [[ -n $__mtx_end ]]; then __mtx_status=$__mtx_end; elif [[ ! -e $__mtx_file.failed ]]; then __mtx_left=1; fi
      fi
      # A block, or a file that it sources, can get round the function above (`builtin trap - ERR`, `set +E`); then nobody
      # noticed a failure. So one is made here, to see whether it is heard.
      if [[ $- == *e* ]]; then __mtx_errexit=1; builtin set +e; fi
      __mtx_heard=''; builtin false
      if [[ -z $__mtx_left && ! -e $__mtx_file.failed && ( -z $__mtx_heard || $__mtx_flags != *E* ) ]]; then __mtx_left=2; fi
      if [[ -n $__mtx_errexit ]]; then __mtx_errexit=''; builtin set -e; fi
      if __mtx_tell_secrets 0; then builtin :; fi
      if [[ -n $__mtx_state ]]; then
        __mtx_save_state "$@" >|"$__mtx_state"
        builtin declare -p >|"$__mtx_state.variables"
      fi
      if [[ -n $__mtx_debug ]]; then builtin trap -- "$__mtx_debug" DEBUG; fi
      if [[ $__mtx_flags == *x* ]]; then builtin set -x; fi
      if [[ ${!-} == "$__mtx_pid" ]]; then __mtx_pid=''; else __mtx_pid=$!; fi
      ;;
  esac
  if [[ -n $__mtx_left ]]; then __mtx_noted=$(( __mtx_left + 1 ))
  elif [[ -e $__mtx_file.failed ]]; then __mtx_noted=1
  else __mtx_noted=0
  fi
done
