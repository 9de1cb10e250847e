#!/usr/bin/env bash
# Prepares a machine, builds everything with warnings as errors, runs every test of the solution.
# Ends with one plain line: "N passed, N failed, N skipped". Fails if a test failed, or if none ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results="$PWD/.artifacts/test-results"

# The SDK wants a place for its own files; a machine without HOME gets one that is thrown away.
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
  HOME="$(mktemp -d)"
  export HOME
  trap 'rm -rf "$HOME"' EXIT
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en

if ! command -v dotnet > /dev/null; then
  echo "The .NET 10 SDK is needed and 'dotnet' is not on the PATH. Get it from https://dot.net." >&2
  exit 2
fi
if ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "The .NET 10 SDK is needed; found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ' -)." >&2
  exit 2
fi

# Debian packages that tests need, as "command:package". None is needed yet; tests that could use more than the
# machine has (a mountable tmpfs, ../shared/data) are skipped and say so.
packages=()
for entry in ${packages[@]+"${packages[@]}"}; do
  command -v "${entry%%:*}" > /dev/null && continue
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${entry#*:}" \
      || echo "Could not install ${entry#*:}; tests that need it will be skipped." >&2
  else
    echo "${entry%%:*} is missing (Debian package ${entry#*:}); tests that need it will be skipped." >&2
  fi
done

rm -rf "$results"
dotnet restore Graph.sln
dotnet build Graph.sln -c Release --no-restore -warnaserror

status=0
dotnet test Graph.sln -c Release --no-build \
  --logger "console;verbosity=minimal" --logger trx --results-directory "$results" || status=$?

# The sample, trimmed to what it uses: a warning of the trimmer is an error, and the program checks its own answers.
# A NativeAOT publish is not tried: its runtime pack is on few feeds; the analyzers of the build stand in for it.
rid="$(dotnet --info | awk '/^ *RID:/ { print $2; exit }')"
sample=tests/Archicortex.AotSample
if dotnet restore "$sample" -r "$rid" -p:SelfContained=true -p:PublishTrimmed=true -v quiet > /dev/null 2>&1; then
  echo "Trimming $sample for $rid"
  if dotnet publish "$sample" -c Release -r "$rid" --no-restore --self-contained -p:PublishTrimmed=true -warnaserror -v quiet -o .artifacts/trimmed; then
    .artifacts/trimmed/Archicortex.AotSample --models || { echo "The trimmed sample answers wrongly." >&2; status=1; }
  else
    echo "The sample cannot be trimmed." >&2
    status=1
  fi
else
  echo "The runtime of $rid cannot be restored: the trimmed sample is skipped." >&2
fi

# Every project writes a trx file of its own; each holds <Counters total=… passed=… failed=… …/> once, and one
# <UnitTestResult …> a test. Attributes come in any order, elements may share a line.
shopt -s nullglob
files=("$results"/*.trx)
if [ ${#files[@]} -eq 0 ]; then
  echo "No test project wrote a result: the build or the runner failed (exit code $status)." >&2
  echo "0 passed, 0 failed, 0 skipped"
  exit 1
fi

read -r passed failed skipped < <(cat "${files[@]}" | tr '\r\n' '  ' | sed 's/</\n</g' | awk '
  /^<UnitTestResult / {
    if (match($0, / outcome="[^"]*"/)) { outcome = substr($0, RSTART + 10, RLENGTH - 11) } else { outcome = "Error" }
    if (outcome == "Passed") { passed++ } else if (outcome == "NotExecuted") { skipped++ } else { failed++ }
  }
  END { print passed + 0, failed + 0, skipped + 0 }')

if [ "$skipped" -gt 0 ]; then
  echo
  echo "Skipped:"
  cat "${files[@]}" | tr '\r\n' '  ' | sed 's/</\n</g' | awk '
    function text(s) { gsub(/&quot;/, "\"", s); gsub(/&apos;|&#39;/, "\047", s); gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&amp;/, "\\&", s); return s }
    /^<UnitTestResult / {
      name = ""
      if (match($0, / testName="[^"]*"/)) { name = substr($0, RSTART + 11, RLENGTH - 12) }
      isSkipped = ($0 ~ / outcome="NotExecuted"/)
      reason = "no reason given"
    }
    /^<Message>/ && isSkipped { reason = substr($0, 10) }
    /^<\/UnitTestResult>/ && isSkipped { print "  " text(name) ": " text(reason); isSkipped = 0 }'
fi

echo
if [ "$failed" -gt 0 ] || [ "$status" -ne 0 ] || [ "$((passed + failed))" -eq 0 ]; then
  [ "$failed" -gt 0 ] || echo "The test run did not end well (exit code $status)." >&2
  echo "$passed passed, $failed failed, $skipped skipped"
  exit 1
fi
echo "$passed passed, $failed failed, $skipped skipped"
