# Runs a program until it ends or the pipe on standard input does: the other end is held by mtx-doc, so the program goes with
# it even when mtx-doc is killed. Afterwards FOLDER is removed. Usage: guard.sh FOLDER PROGRAM [ARGUMENT…]; empty: none.
set -m
folder=$1
shift
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{
  while read -r _; do :; done <&3
  kill -TERM -- "-$program"
  for _ in {1..50}; do
    kill -0 -- "-$program" || exit 0
    sleep 0.1
  done
  kill -KILL -- "-$program"
} 2>/dev/null &
watcher=$!
disown
exec 3<&-
wait "$program"
status=$?
kill -TERM -- "-$watcher" 2>/dev/null
if [[ $folder == /*/?* ]]; then rm -rf -- "$folder"; fi
exit "$status"
