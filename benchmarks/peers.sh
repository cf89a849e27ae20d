#!/usr/bin/env bash
# Installs the peers that the benchmarks measure against into .cache: oasdiff (needs Go) and Apache Avro for Java (needs a JDK and
# Maven). What cannot be installed is said to be skipped, and the benchmarks show our own figures alone.
set -euo pipefail
cd "$(dirname "$0")/.."

install_oasdiff() {
  local version="${OASDIFF_VERSION:-v1.35.0}" target="$PWD/.cache/bin"
  local stamp="$target/oasdiff.version"
  if [[ -x "$target/oasdiff" && "$(cat "$stamp" 2>/dev/null)" == "$version" ]]; then
    echo "oasdiff $version is in .cache/bin"
    return
  fi
  if ! command -v go >/dev/null 2>&1; then
    echo "SKIPPED: oasdiff was not installed, because there is no Go toolchain on the PATH"
    return
  fi
  mkdir -p "$target"
  if GOBIN="$target" go install "github.com/oasdiff/oasdiff@$version"; then
    echo "$version" >"$stamp"
    echo "oasdiff $version is in .cache/bin"
  else
    echo "SKIPPED: oasdiff $version could not be built with $(go version)"
  fi
}

install_avro_java() {
  local target="$PWD/.cache/avro-java"
  if ! command -v javac >/dev/null 2>&1 || ! command -v mvn >/dev/null 2>&1; then
    echo "SKIPPED: Apache Avro for Java was not installed, because there is no JDK or no Maven on the PATH"
    return
  fi
  mkdir -p "$target/classes"
  if mvn --quiet --batch-mode --file benchmarks/avro_java/pom.xml \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies "-DoutputDirectory=$target/lib" &&
    javac -d "$target/classes" -cp "$target/lib/*" benchmarks/avro_java/*.java; then
    echo "Apache Avro for Java is in .cache/avro-java"
  else
    echo "SKIPPED: Apache Avro for Java could not be installed with $(javac -version 2>&1)"
  fi
}

install_oasdiff
install_avro_java
