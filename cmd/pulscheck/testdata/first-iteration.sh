#!/usr/bin/env bash
# A whole first iteration over the management API: the operator makes an organisation,
# a lead brings the people and opens and closes the round, a consultant plans it all and
# issues the report, each with a token of their own. Needs bash, curl, GNU date, the
# settings of the server (PULSCHECK_*) for "pulscheck admin token", the address of the
# server in BASE and a command "employees ROUND" that lets the invited people answer.
set -euo pipefail
answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT

# ask TOKEN METHOD PATH STATUS [BODY [CURL OPTIONS]] prints the answer; another status
# than the one expected ends everything.
ask() {
  local token=$1 method=$2 path=$3 want=$4 body=${5-} got
  shift $(($# < 5 ? $# : 5))
  [ -z "$body" ] || set -- -H 'Content-Type: application/json' -d "$body" "$@"
  got=$(curl -sS -X "$method" -H "Authorization: Bearer $token" -o "$answer/body" -D "$answer/head" -w '%{http_code}' "$@" "$BASE/api/v1$path")
  [ "$got" = "$want" ] || { echo "$method $path: $got instead of $want: $(cat "$answer/body")" >&2; return 1; }
  cat "$answer/body"
}
text() { grep -o "\"$1\":\"[^\"]*\"" | sed -n '1s/.*:"\(.*\)"/\1/p'; }                 # the first such field
version() { ask "$1" GET "$2" 200 >/dev/null; sed -n 's/^[Ee][Tt]ag: *//p' "$answer/head" | tr -d '\r'; } # the ETag
holds() { grep -q "$1" <<<"$2" || { echo "no $1 in $2" >&2; return 1; }; }
day() { date -u -d "$1" +%Y-%m-%dT%H:%M:%SZ; }

echo "== the operator makes an organisation and its lead, and sees nothing of it from inside"
operator=$(pulscheck admin token --role operator --name operator)
org=$(ask "$operator" POST /organisations 201 '{"key":"nord","name":"Nordlicht AG"}' -H 'Idempotency-Key: nord-1' | text id)
again=$(ask "$operator" POST /organisations 201 '{"key":"nord","name":"Nordlicht AG"}' -H 'Idempotency-Key: nord-1' | text id)
[ "$org" = "$again" ]
ask "$operator" GET "/organisations/$org/people" 403 >/dev/null
lead=$(pulscheck admin token --role lead --organisation nord --name lead)

echo "== the lead lets a consultant in"
consultant=$(ask "$lead" POST /tokens 201 '{"role":"consultant","name":"consultant"}' | text text)
ask "$lead" POST /tokens 403 '{"role":"operator","name":"more than I am"}' >/dev/null
ask "$consultant" POST /tokens 403 '{"role":"steering","name":"not mine to give"}' >/dev/null

echo "== PLAN: the consultant describes the programme"
ask "$consultant" POST "/organisations/$org/processes/template" 200 '{"keys":["INC","CHG"]}' >/dev/null
ask "$consultant" PATCH "/organisations/$org/processes/INC" 428 '{"since":"2026-03-02"}' >/dev/null
ask "$consultant" PATCH "/organisations/$org/processes/INC" 200 '{"since":"2026-03-02"}' \
  -H "If-Match: $(version "$consultant" "/organisations/$org/processes/INC")" >/dev/null
programme=$(ask "$consultant" POST "/organisations/$org/programmes" 201 '{"name":"ITSM","steering":["board@nordlicht.example"]}' | text id)
iteration=$(ask "$consultant" POST "/programmes/$programme/iterations" 201 \
  "{\"starts\":\"$(day now)\",\"checks\":\"$(day '+120 days')\",\"ends\":\"$(day '+150 days')\",\"scope\":[\"INC\",\"CHG\"]}" | text id)
missing=$(ask "$consultant" POST "/iterations/$iteration/advance" 409 '' -H "If-Match: $(version "$consultant" "/iterations/$iteration")")
holds gate-people "$missing"
holds gate-cadence "$missing"
holds gate-goals "$missing"
holds '"missing":\["A","T"\]' "$(ask "$consultant" POST "/iterations/$iteration/goals" 201 '{"name":"Solve incidents faster","process":"INC",
  "specific":"Incidents are solved within a day","metric":"median time to solve","unit":"h","source":"service desk","direction":"down",
  "baseline":48,"target":24,"relevance":"Service is restored quickly"}')"
ask "$consultant" PUT "/programmes/$programme/cadence" 200 \
  '{"every_weeks":4,"offset_days":14,"weekday":"monday","opens":"09:00","closes":"18:00","open_working_days":5,"check_lead":5}' -H 'If-Match: "0"' >/dev/null
holds '"kind":"check"' "$(ask "$consultant" POST "/iterations/$iteration/cadence/preview" 200)"

echo "== the lead brings the people; the consultant may not see them"
{
  echo "email;name;process;role;unit;locale"
  for n in $(seq 10 33); do echo "p$n@nordlicht.example;Person $n;$([ $((n % 2)) = 0 ] && echo INC || echo CHG);staff;IT;de"; done
} >"$answer/people.csv"
import="/organisations/$org/people/import"
ask "$consultant" POST "$import" 403 '' -H 'Content-Type: text/csv' --data-binary "@$answer/people.csv" >/dev/null
holds '"new":24' "$(ask "$lead" POST "$import?dry_run=true" 200 '' -H 'Content-Type: text/csv' --data-binary "@$answer/people.csv")"
holds '"new":24' "$(ask "$lead" POST "$import" 200 '' -H 'Content-Type: text/csv' --data-binary "@$answer/people.csv")"
holds '"unchanged":24' "$(ask "$lead" POST "$import" 200 '' -H 'Content-Type: text/csv' --data-binary "@$answer/people.csv")"
ask "$consultant" GET "/organisations/$org/people" 403 >/dev/null
holds next_cursor\":\" "$(ask "$lead" GET "/organisations/$org/people?limit=10" 200)"

echo "== DO: the cadence plans the pulse rounds; the consultant drafts a check round, the lead opens it"
advance() { ask "$consultant" POST "/iterations/$iteration/advance" 200 '' -H "If-Match: $(version "$consultant" "/iterations/$iteration")" | text phase; }
[ "$(advance)" = DO ]
holds '"from_cadence":true' "$(ask "$lead" GET "/iterations/$iteration/rounds" 200)"
round=$(ask "$consultant" POST "/iterations/$iteration/rounds" 201 \
  "{\"kind\":\"check\",\"opens\":\"$(day now)\",\"closes\":\"$(day '+5 days')\"}" | text id)
review=$(ask "$consultant" GET "/rounds/$round/review" 200)
holds '"invited":24' "$review"
holds '"people":null' "$review"
ask "$consultant" POST "/rounds/$round/open" 403 >/dev/null
fingerprint=$(ask "$lead" POST "/rounds/$round/open" 200 | text fingerprint)
[ "$(curl -sS "$BASE/api/v1/rounds/$round/manifest" | sha256sum | cut -d ' ' -f 1)" = \
  "$(tr -- '-_' '+/' <<<"$fingerprint=" | base64 -d | od -An -tx1 | tr -d ' \n')" ]
ask "$lead" PATCH "/rounds/$round" 409 '{"title":{"de":"Anders","en":"Other"}}' -H 'If-Match: "2"' >/dev/null

echo "== the employees answer, by routes that know no token"
employees "$round"
ask "$lead" GET "/rounds/$round/results" 404 >/dev/null

echo "== CHECK: the lead closes the round, the server counts it and draws the report"
ask "$consultant" POST "/rounds/$round/close" 403 >/dev/null
ask "$lead" POST "/rounds/$round/close" 200 >/dev/null
wait_for() { for _ in $(seq 300); do grep -q "$3" <<<"$(ask "$1" GET "$2" 200)" && return; sleep 0.2; done; echo "no $3 at $2" >&2; return 1; }
wait_for "$lead" "/rounds/$round" '"state":"done"'
results=$(ask "$consultant" GET "/rounds/$round/results" 200)
holds '"invited":24,"ballots":24' "$results"
[ "$(advance)" = CHECK ]
wait_for "$consultant" "/iterations/$iteration/reports" '"state":"draft"'
report=$(ask "$consultant" GET "/iterations/$iteration/reports" 200 | text id)
ask "$consultant" GET "/reports/$report.pdf" 200 >/dev/null
[ "$(head -c 5 "$answer/body")" = %PDF- ]
ask "$consultant" POST "/reports/$report/issue" 200 '' -H "If-Match: $(version "$consultant" "/reports/$report")" >/dev/null

ask "$consultant" POST "/reports/$report/send" 200 >/dev/null # nobody gets it twice

echo "== ACT, and the next iteration begins to plan"
[ "$(advance)" = ACT ]
decision=$(ask "$consultant" POST "/iterations/$iteration/decisions" 201 '{"proposal":"Train the service desk again"}' | text id)
holds gate-decisions "$(ask "$consultant" POST "/iterations/$iteration/advance" 409 '' -H "If-Match: $(version "$consultant" "/iterations/$iteration")")"
ask "$consultant" PATCH "/decisions/$decision" 200 '{"outcome":"yes","owner":"Person 10","due":"2027-01-31"}' -H 'If-Match: "1"' >/dev/null
[ "$(advance)" = DONE ]
holds '"number":2,"phase":"PLAN"' "$(ask "$lead" GET "/programmes/$programme/iterations" 200)"

echo "== everything is in the lead's audit, and not in the consultant's hands"
audit=$(ask "$lead" GET "/audit?limit=200" 200)
for verb in people.import round.open round.close report.issue iteration.advance; do holds "$verb" "$audit"; done
ask "$consultant" GET /audit 403 >/dev/null
