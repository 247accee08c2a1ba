#!/bin/sh
# A plan of afterleak. Without --execute it only prints. Read it before you run it.
# Everything that comes from AWS stands in single quotes and is never evaluated.
set +x
set -fu
umask 077
unset CDPATH
IFS=' 	
'
export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off

tab=$(printf '\t')
record=$(printf '\036')

usage() {
  cat <<'USAGE'
usage: sh plan.sh [options]            print the plan
       sh plan.sh --execute [options]  go through it, asking before every step

  --execute            run it; containment is asked for once and runs as one batch
  --only STAGE|STEP    only this stage or step; may be given again
  --from STEP          begin at this step
  --role-name NAME     role to assume in accounts other than your own
  --profile NAME       profile of the AWS configuration
  --log FILE           what was done, one JSON line a step (default actions.ndjson beside this file)
  --max-age HOURS      oldest evidence to act on (default 24)

Answers: y runs the step, q ends, anything else leaves it out. They are read from standard input.
Exit codes: 0 all done · 1 something was refused, failed, left out or postponed · 3 usage · 130 interrupted
USAGE
}

say() {
  printf '%s\n' "$1"
}

# Control characters never reach the terminal; what is not ASCII is shown as a question mark.
plain() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C tr '\200-\377' '?'
}

wrong_usage() {
  printf 'plan.sh: %s\n' "$1" | plain >&2
  printf '  → sh plan.sh --help\n' >&2
  exit 3
}

refuse_all() {
  printf 'plan.sh: refused: %s\n' "$1" | plain >&2
  printf '  → ' >&2
  printf '%s\n' "$2" | plain >&2
  exit 1
}

# Bytes written as \0ooo, and a dot that keeps the last line break.
decode() {
  printf '%b.' "$1"
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum | cut -c 1-64
  else
    shasum -a 256 | cut -c 1-64
  fi
}

is_listed() {
  case " $2 " in
    *" $1 "*) return 0 ;;
  esac
  return 1
}

trimmed() {
  trimmed_text=${1#"${1%%[![:space:]]*}"}
  printf '%s' "${trimmed_text%"${trimmed_text##*[![:space:]]}"}"
}

# call REGION ARGUMENT...
call() {
  call_region=$1
  shift
  [ -z "$call_region" ] || set -- "$@" --region "$call_region"
  aws "$@" </dev/null
}

# Sets code, answer (what the call wrote) and error (the error code AWS gave).
capture() {
  both=$({
    answer=$(call "$@" 2>&3 3>&-)
    code=$?
    printf '%s%s' "$record" "$(printf '%s' "$answer" | LC_ALL=C tr -d '\036')"
    exit "$code"
  } 3>&1)
  code=$?
  trouble=${both%"$record"*}
  answer=${both##*"$record"}
  name_error
}

name_error() {
  error=none
  [ "$code" -ne 0 ] || return 0
  error=unknown
  case $trouble in
    *'An error occurred ('*)
      error=${trouble#*'An error occurred ('}
      error=${error%%)*}
      ;;
  esac
  case $error in
    '' | *[!A-Za-z0-9._]*) error=unknown ;;
  esac
}

# Only words of this script reach the log.
error_word() {
  case $1 in
    AccessDenied | AccessDeniedException | UnauthorizedOperation) printf 'access denied' ;;
    Throttling | ThrottlingException | TooManyRequestsException) printf 'throttled' ;;
    DeleteConflict | ConflictException | ConcurrentModification) printf 'conflict' ;;
    NoSuchEntity | ResourceNotFoundException | NotFoundException) printf 'not found' ;;
    ExpiredToken | ExpiredTokenException | InvalidClientTokenId) printf 'credentials are not valid' ;;
    *) printf 'the call failed' ;;
  esac
}

# holds COMPARE EXPECTED REGION ARGUMENT... → 0 it is so · 1 it is not · 2 the thing is gone
holds() {
  compare=$1
  expected=$2
  shift 2
  capture "$@"
  if [ "$code" -ne 0 ]; then
    if [ "$compare" = absent ]; then
      [ "$error" = "$expected" ]
      return
    fi
    is_listed "$error" "$step_gone" && return 2
    return 1
  fi
  case $compare in
    text) [ "$(trimmed "$answer")" = "$expected" ] ;;
    digest) [ "$(printf '%s' "$answer" | LC_ALL=C tr -d '[:space:]' | sha256)" = "$expected" ] ;;
    lacks)
      case $answer in
        *"$expected"*) return 1 ;;
      esac
      ;;
    contains)
      case $answer in
        *"$expected"*) return 0 ;;
      esac
      return 1
      ;;
    *) return 1 ;;
  esac
}

# must NUMBER FACT COMPARE EXPECTED REGION ARGUMENT...: a precondition
must() {
  must_number=$1
  must_fact=$2
  shift 2
  holds "$@"
  must_answer=$?
  case $must_answer in
    0) say "  $step_id: holds: $must_fact" ;;
    2) say "  $step_id: gone already" ;;
    *) say "  $step_id: DOES NOT HOLD: $must_fact" ;;
  esac
  return "$must_answer"
}

# see COMPARE EXPECTED REGION ARGUMENT...: what must be so afterwards; a thing that is gone lacks everything
see() {
  holds "$@"
  see_answer=$?
  [ "$see_answer" -eq 2 ] && [ "$1" = lacks ] && return 0
  return "$see_answer"
}

# run NUMBER ACCEPTS SAVE_AS PAUSE REGION ARGUMENT...
run() {
  call_number=$1
  accepts=$2
  save_as=$3
  pause=$4
  shift 4
  [ "$pause" -eq 0 ] || sleep "$pause"
  was_kept=
  if [ -n "$save_as" ]; then
    keep "$@"
  else
    capture "$@"
    [ -z "$answer" ] || printf '%s\n' "$answer" | plain
  fi
  [ -z "$trouble" ] || printf '%s\n' "$trouble" | plain
  if [ "$code" -eq 0 ]; then
    [ -n "$was_kept" ] || changed=1
    return 0
  fi
  is_listed "$error" "$accepts"
}

# What was kept once is evidence: it is not overwritten.
keep() {
  kept=$here/preserved/$save_as
  mkdir -p "$here/preserved"
  chmod 700 "$here/preserved"
  code=0
  trouble=
  if [ -s "$kept" ]; then
    was_kept=1
  else
    trouble=$(call "$@" 2>&1 >"$kept.part")
    code=$?
    if [ "$code" -eq 0 ]; then mv "$kept.part" "$kept"; else rm -f "$kept.part"; fi
  fi
  name_error
}

log() {
  log_detail=
  [ -z "${2:-}" ] || log_detail=",\"detail\":\"$2\""
  printf '{"at":"%s","plan":"%s","step":"%s","action":"%s","outcome":"%s"%s}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$plan_digest" "$step_id" "$step_action" "$1" "$log_detail" >>"$log_file"
  say "  $step_id: $1${2:+: $2}"
}

# Credentials of another account live in variables of this subshell only.
enter() {
  if [ "$1" != "$caller_account" ]; then
    [ -n "$role_name" ] || return 1
    credentials=$(call '' sts assume-role --role-arn "arn:$plan_partition:iam::$1:role/$role_name" \
      --role-session-name afterleak-plan \
      --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text 2>/dev/null) || return 1
    AWS_ACCESS_KEY_ID=${credentials%%"$tab"*}
    credentials=${credentials#*"$tab"}
    AWS_SECRET_ACCESS_KEY=${credentials%%"$tab"*}
    AWS_SESSION_TOKEN=${credentials#*"$tab"}
    unset credentials AWS_PROFILE AWS_DEFAULT_PROFILE
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  fi
  [ "$(call '' sts get-caller-identity --query Account --output text 2>/dev/null)" = "$1" ]
}

settle() {
  waited=0
  until "confirm_$1"; do
    [ "$waited" -lt "$confirm_seconds" ] || return 1
    sleep 2
    waited=$((waited + 2))
  done
}

# Runs one step in a subshell: 0 done · 10 already · 11 refused · 12 failed
work() {
  "meta_$1"
  if [ -n "$step_unsafe" ]; then
    log refused "$step_unsafe"
    return 11
  fi
  if ! enter "$step_account"; then
    log refused 'no credentials of its account'
    return 11
  fi
  "hold_$1"
  case $? in
    0) ;;
    2)
      log already
      return 10
      ;;
    *)
      log refused "precondition $must_number does not hold"
      return 11
      ;;
  esac
  changed=
  if ! "do_$1"; then
    log failed "call $call_number: $(error_word "$error")"
    return 12
  fi
  if ! settle "$1"; then
    log failed 'not confirmed in time'
    return 12
  fi
  if [ -n "$changed" ]; then
    log 'done'
    return 0
  fi
  log already
  return 10
}

mark() {
  outcomes="$outcomes $step_id=$1"
  case $1 in
    'done' | already | manual) ;;
    *) unfinished=1 ;;
  esac
}

mark_code() {
  case $1 in
    0) mark 'done' ;;
    10) mark already ;;
    11) mark refused ;;
    12) mark failed ;;
    *)
      log failed interrupted
      mark failed
      ;;
  esac
}

# What an earlier run of this plan has done counts, also where a second try was refused because it is gone now.
was_done() {
  case "$outcomes " in
    *" $1="*)
      last=${outcomes##*" $1="}
      last=${last%% *}
      is_listed "$last" 'done already manual' && return 0
      [ "$last" = refused ] || return 1
      ;;
  esac
  [ -f "$log_file" ] || return 1
  case $(grep -F "\"plan\":\"$plan_digest\",\"step\":\"$1\"," "$log_file" | grep -v '"outcome":"refused"' | tail -n 1) in
    *'"outcome":"done"'* | *'"outcome":"already"'* | *'"outcome":"manual"'*) return 0 ;;
  esac
  return 1
}

is_ready() {
  for need in $step_needs; do
    if ! was_done "$need"; then
      log refused "waits for $need"
      mark refused
      return 1
    fi
  done
  if [ -n "$step_not_before" ] && [ "$(date +%s)" -lt "$step_not_before" ]; then
    log postponed "not before $step_not_before_text"
    mark postponed
    return 1
  fi
}

is_selected() {
  if [ -z "$reached" ]; then
    [ "$step_id" = "$from" ] || return 1
    reached=1
  fi
  [ -z "$only" ] || is_listed "$step_id" "$only" || is_listed "$step_stage" "$only"
}

# 0 yes · 1 no · 2 quit, also at the end of the answers
ask() {
  printf '%s [y/N/q] ' "$1"
  asking=1
  reply=q
  read -r reply || [ -n "$reply" ] || reply=q
  asking=
  say ''
  stop_if_interrupted
  case $reply in
    y | Y | yes) return 0 ;;
    q | Q | quit) return 2 ;;
  esac
  return 1
}

stop_if_interrupted() {
  [ -z "$interrupted" ] || finish 130
}

on_interrupt() {
  interrupted=1
  if [ -n "$asking" ]; then
    say ''
    log skipped interrupted
    finish 130
  fi
}

finish() {
  say "log: $log_file" | plain
  exit "$1"
}

quit() {
  log skipped 'ended by the operator'
  finish 1
}

# Of a step by hand, what can be read is read: 0 go on · 10 already · 11 refused
before_hand() {
  "meta_$1"
  if [ -n "$step_unsafe" ]; then
    log refused "$step_unsafe"
    return 11
  fi
  if ! enter "$step_account"; then
    log refused 'no credentials of its account'
    return 11
  fi
  "hold_$1"
  case $? in
    0) return 0 ;;
    2)
      log already
      return 10
      ;;
  esac
  log refused "precondition $must_number does not hold"
  return 11
}

after_hand() {
  "meta_$1"
  enter "$step_account" && settle "$1" && return 0
  log failed 'not confirmed in time'
  return 12
}

by_hand() {
  if [ -n "$step_reads" ] && [ -z "$step_calls" ]; then
    (before_hand "$1")
    handed=$?
    stop_if_interrupted
    if [ "$handed" -ne 0 ]; then
      mark_code "$handed"
      return 0
    fi
  fi
  ask 'Done?'
  case $? in
    0)
      if [ -n "$step_reads" ]; then
        (after_hand "$1")
        handed=$?
        stop_if_interrupted
        if [ "$handed" -ne 0 ]; then
          mark_code "$handed"
          return 0
        fi
      fi
      log manual
      mark manual
      ;;
    2) quit ;;
    *)
      log skipped
      mark skipped
      ;;
  esac
}

one_step() {
  "show_$1"
  is_ready || return 0
  if [ -z "$step_calls" ]; then
    by_hand "$1"
    return 0
  fi
  if [ -n "$step_owner" ]; then ask 'Freeze it until its owner has answered?'; else ask 'Run this step?'; fi
  case $? in
    0) ;;
    2) quit ;;
    *)
      log skipped
      mark skipped
      return 0
      ;;
  esac
  (
    trap - INT TERM
    work "$1"
  )
  worked=$?
  if [ -n "$step_manual" ] && is_listed "$worked" '0 10' && [ -z "$interrupted" ]; then
    say '   The rest is done by hand.'
    by_hand "$1"
  else
    mark_code "$worked"
  fi
  stop_if_interrupted
}

# Containment: everything at once, because a watching intruder undoes single steps.
batch() {
  ready=
  for batch_step in $1; do
    "meta_$batch_step"
    "show_$batch_step"
    is_ready && ready="$ready $batch_step"
  done
  [ -n "$ready" ] || return 0
  set -- $ready
  ask "Run these $# steps of containment at once?"
  case $? in
    0) ;;
    2) quit ;;
    *)
      for batch_step in $ready; do
        "meta_$batch_step"
        log skipped
        mark skipped
      done
      return 0
      ;;
  esac
  while [ $# -gt 0 ]; do
    running=
    while [ $# -gt 0 ] && [ "$(printf '%s' "$running" | wc -w)" -lt 12 ]; do
      (work "$1") &
      running="$running $1=$!"
      shift
    done
    for pair in $running; do
      "meta_${pair%%=*}"
      reap "${pair#*=}"
    done
    stop_if_interrupted
  done
}

# A signal ends the waiting, not the work: it is waited for again.
reap() {
  while :; do
    wait "$1"
    reaped=$?
    if [ "$reaped" -le 128 ] || ! kill -0 "$1" 2>/dev/null; then break; fi
  done
  mark_code "$reaped"
}

selected_steps() {
  reached=
  [ -n "$from" ] || reached=1
  selected=
  for n in $plan_steps; do
    "meta_$n"
    is_selected && selected="$selected $n"
  done
  [ -n "$selected" ] || wrong_usage 'no step of the plan is meant by --only and --from'
}

lock() {
  refuse_all "step $step_id would lock you out ($1)" \
    'Work with an identity that the plan does not touch, for example a break-glass role.'
}

lock_user() {
  case $caller_arn in
    arn:*:iam::"$1":user/*) [ "${caller_arn##*/}" != "$2" ] || lock 'it acts on your own user' ;;
  esac
}

lock_role() {
  if [ "$caller_account" = "$1" ]; then
    [ "$caller_role" != "$2" ] || lock 'it acts on your own role'
  else
    [ "${role_name##*/}" != "$2" ] || lock 'it acts on the role of --role-name'
  fi
}

lock_permission_set() {
  case $caller_role in
    "AWSReservedSSO_$1"_*) lock 'it acts on your own permission set' ;;
  esac
}

lock_directory_user() {
  case $caller_role in
    AWSReservedSSO_*) [ "${caller_arn##*/}" != "$1" ] || lock 'it acts on your own directory user' ;;
  esac
}

lock_group() {
  case $caller_arn in
    arn:*:iam::*:user/*) ;;
    *) return 0 ;;
  esac
  groups=$(call '' iam list-groups-for-user --user-name "${caller_arn##*/}" --query 'Groups[].Arn' \
    --output text 2>/dev/null) ||
    refuse_all "it cannot be told whether you are a member of the group of step $step_id" \
      'Allow yourself iam:ListGroupsForUser, or work with a role.'
  is_listed "$1" "$(printf '%s' "$groups" | tr '\t\n' '  ')" && lock 'it acts on a group that you are in'
  return 0
}

preflight() {
  # Steps name their regions; global services want one all the same.
  : "${AWS_DEFAULT_REGION:=${AWS_REGION:-$plan_home_region}}"
  export AWS_DEFAULT_REGION
  aws --version >/dev/null 2>&1 </dev/null || wrong_usage 'the AWS CLI (aws) is not in the PATH'
  [ "$(printf 'x' | sha256)" = 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 ] ||
    wrong_usage 'neither sha256sum nor shasum is in the PATH'
  if [ -e "$here/result.json" ]; then
    beside=$(sed -n 's/^  "evidenceDigest": "\([0-9a-f]*\)",*$/\1/p' "$here/result.json" | head -n 1)
    [ "$beside" = "$plan_digest" ] ||
      refuse_all 'this plan was made for other evidence than the result.json beside it' \
        'Make it again: afterleak plan --result result.json --out DIR'
  fi
  age=$((($(date +%s) - plan_as_of_seconds) / 3600))
  [ "$(date +%s)" -le $((plan_as_of_seconds + max_age * 3600)) ] ||
    refuse_all "its evidence is $age hours old ($plan_as_of), the limit is $max_age" \
      'Sweep again and use the new plan; things have changed since. (--max-age HOURS moves the limit.)'
  identity=$(call '' sts get-caller-identity --query '[Account,Arn]' --output text 2>/dev/null) ||
    refuse_all 'there are no valid credentials' 'Check with: aws sts get-caller-identity'
  caller_account=${identity%%"$tab"*}
  caller_arn=${identity#*"$tab"}
  case $caller_arn in
    arn:*:sts::*:assumed-role/*)
      caller_role=${caller_arn#*:assumed-role/}
      caller_role=${caller_role%%/*}
      ;;
  esac
  say "you are $caller_arn" | plain
  is_listed "$caller_account" "$plan_accounts" ||
    refuse_all "you are in account $caller_account, which is not of this plan ($plan_accounts)" \
      'Use credentials of the management account, or of an account of the plan.'
  for n in $selected; do
    "meta_$n"
    "lock_$n"
  done
}

execute() {
  preflight
  # Not `:`, whose failed redirection would end a POSIX shell at once.
  { true >>"$log_file"; } 2>/dev/null || wrong_usage 'the log cannot be written'
  trap on_interrupt INT TERM
  batch_done=
  for n in $selected; do
    "meta_$n"
    if [ -z "$step_batch" ]; then
      one_step "$n"
    elif [ -z "$batch_done" ]; then
      batch_done=1
      members=
      for m in $selected; do
        "meta_$m"
        [ -z "$step_batch" ] || members="$members $m"
      done
      batch "$members"
    fi
  done
  say ''
  for name in 'done' already manual skipped refused failed postponed; do
    # Each outcome stands as `id=outcome `.
    count=$(printf '%s ' "$outcomes" | tr ' ' '\n' | grep -c "=$name\$")
    [ "$count" -eq 0 ] || say "$count $name"
  done
  say 'Now prove it: afterleak verify --against result.json'
  if [ -n "$unfinished" ]; then finish 1; fi
  finish 0
}

main() {
  here=$(dirname -- "$0")
  here=$(cd -- "$here" && pwd) || exit 3
  doing=print
  only=
  from=
  role_name=
  log_file=$here/actions.ndjson
  max_age=24
  confirm_seconds=${AFTERLEAK_CONFIRM_SECONDS:-60}
  caller_account=
  caller_arn=
  caller_role=
  outcomes=
  unfinished=
  interrupted=
  asking=
  while [ $# -gt 0 ]; do
    case $1 in
      --execute) doing=execute ;;
      --help | -h)
        usage
        exit 0
        ;;
      --only | --from | --role-name | --profile | --log | --max-age)
        [ $# -gt 1 ] || wrong_usage "$1 needs a value"
        case $1 in
          --only) only="$only $2" ;;
          --from) from=$2 ;;
          --role-name) role_name=$2 ;;
          --profile)
            AWS_PROFILE=$2
            export AWS_PROFILE
            ;;
          --log) log_file=$2 ;;
          --max-age) max_age=$2 ;;
        esac
        shift
        ;;
      *) wrong_usage "there is no option $1" ;;
    esac
    shift
  done
  case $max_age in
    '' | *[!0-9]*) wrong_usage '--max-age needs a whole number of hours' ;;
  esac
  case $confirm_seconds in
    '' | *[!0-9]*) wrong_usage 'AFTERLEAK_CONFIRM_SECONDS needs a whole number' ;;
  esac
  case $role_name in
    *[!A-Za-z0-9_+=,.@/-]*) wrong_usage '--role-name needs the name of a role' ;;
  esac
  selected_steps
  if [ "$doing" = execute ]; then
    execute
  fi
  show_plan
  for n in $selected; do
    "meta_$n"
    "show_$n"
  done
  show_rest
}

#@plan@
main "$@"
