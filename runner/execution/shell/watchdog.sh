# Ends what a run left behind when mtx-doc itself was killed. Reads "+ GROUP MARKER FOLDER" and "- GROUP" lines on
# stdin; when stdin ends while groups are still listed, mtx-doc is gone: TERM, KILL after 2 s, folders removed.
declare -A markers=() folders=()
while IFS=' ' read -r op group marker folder; do
  case $op in
    +) markers[$group]=$marker folders[$group]=$folder ;;
    -) unset "markers[$group]" "folders[$group]" ;;
  esac
done

# Every process that carries a marker as a limit or in its environment, lowered such a limit (see marker.ts), or whose current folder is one of a chapter's;
# empty without /proc.
strays() {
  local file pid link cwd folder
  for file in $(grep -lasE "${limits[@]}" /proc/[0-9]*/limits; grep -lasF "${variables[@]}" /proc/[0-9]*/environ); do
    pid=${file#/proc/} && printf '%s\n' "${pid%/*}"
  done
  for file in $(grep -lasE "$lowered" /proc/[0-9]*/limits); do
    pid=${file#/proc/} pid=${pid%/*}
    (( first > 1 && pid > first )) && ! grep -qzs '^MTX_DOC_CHAIN=' "/proc/$pid/environ" && printf '%s\n' "$pid"
  done
  for link in /proc/[0-9]*/cwd; do
    pid=${link#/proc/} pid=${pid%/cwd}
    cwd=$(readlink "$link" 2>/dev/null) || continue
    for folder in "${folders[@]}"; do
      [[ $folder == /*/?* ]] || continue
      case $cwd/ in "$folder"/work/* | "$folder"/home/* | "$folder"/temp/*) printf '%s\n' "$pid" ;; esac
    done
  done
}
signal() {
  local group pid
  for group in "${groups[@]}"; do kill "-$1" -- "-$group" 2>/dev/null; done
  for pid in $(strays); do kill "-$1" "$pid" 2>/dev/null; done
}

limits=() variables=() groups=() first=0
# Numbers that are no marker, in the limit that was free when the sessions were marked.
lowered='^Max file locks +[^ ]+ +[0-9]{1,14} '
grep -qsE '^Max file locks +unlimited +unlimited ' /proc/self/limits || lowered='^Max resident set +[^ ]+ +[0-9]{1,17} '
for group in "${!markers[@]}"; do
  marker=${markers[$group]}
  variables+=(-e "MTX_DOC_CHAIN=$marker")
  limits+=(-e "^Max file locks +[^ ]+ +$marker " -e "^Max resident set +[^ ]+ +$(( marker * 1024 )) ")
  if (( group > 1 )); then
    groups+=("$group")
    if (( first == 0 || group < first )); then first=$group; fi
  fi # 0: known by the marker alone
done
if (( ${#markers[@]} )); then
  signal TERM
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    alive=$(strays)
    for group in "${groups[@]}"; do kill -0 -- "-$group" 2>/dev/null && alive+=" $group"; done
    [[ -n $alive ]] || break
  done
  signal KILL
  for folder in "${folders[@]}"; do [[ $folder == /*/?* ]] && rm -rf -- "$folder"; done
fi
