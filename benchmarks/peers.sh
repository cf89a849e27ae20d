#!/usr/bin/env bash
# Installs oasdiff, which compare_peers.py measures against, into .cache/bin. Needs Go; without it nothing is installed, and
# compare_peers.py shows our own figures alone.
set -euo pipefail
cd "$(dirname "$0")/.."

version="${OASDIFF_VERSION:-v1.35.0}"
target="$PWD/.cache/bin"
stamp="$target/oasdiff.version"

if [[ -x "$target/oasdiff" && "$(cat "$stamp" 2>/dev/null)" == "$version" ]]; then
  echo "oasdiff $version is in .cache/bin"
  exit 0
fi
if ! command -v go >/dev/null 2>&1; then
  echo "SKIPPED: oasdiff was not installed, because there is no Go toolchain on the PATH"
  exit 0
fi
mkdir -p "$target"
if GOBIN="$target" go install "github.com/oasdiff/oasdiff@$version"; then
  echo "$version" >"$stamp"
  echo "oasdiff $version is in .cache/bin"
else
  echo "SKIPPED: oasdiff $version could not be built with $(go version)"
fi
