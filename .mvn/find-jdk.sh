# Sourced by ./mvnw and ./parley: exports JAVA_HOME of a JDK 25 or newer, or says what is missing and fails.
# Looks at PARLEY_JAVA_HOME, JAVA_HOME, the java on the path, then where systems and version managers put JDKs.

parley_jdk_version() { # the feature version of the JDK in folder $1, or nothing
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

parley_find_jdk() { # $1: "jdk" wants a compiler as well, "jre" does not
  for candidate in "${PARLEY_JAVA_HOME-}" "${JAVA_HOME-}" \
    "$(command -v java >/dev/null 2>&1 && dirname "$(dirname "$(readlink -f "$(command -v java)")")")" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(parley_jdk_version "$candidate")
    [ -n "$version" ] && [ "$version" -ge 25 ] || continue
    [ "$1" = jre ] || [ -x "$candidate/bin/javac" ] || continue
    JAVA_HOME=$candidate
    export JAVA_HOME
    return 0
  done
  echo "Parley needs a JDK 25 or newer, and none was found (looked at PARLEY_JAVA_HOME, JAVA_HOME, java on the PATH," >&2
  echo "/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks). Install one, for example Temurin 25 from https://adoptium.net," >&2
  echo "or set PARLEY_JAVA_HOME to the folder that holds its bin/java." >&2
  return 1
}
