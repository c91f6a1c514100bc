# Sourced by ./mvnw and ./parley: exports JAVA_HOME of Java 25 or newer, or says what is missing and fails.
# PARLEY_JAVA_HOME decides alone when it is set. Else JAVA_HOME, the java on the path, then where systems and version
# managers put it.

parley_java_version() { # the feature version of the Java in folder $1, or nothing
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r parley_line; do
    case $parley_line in
    'JAVA_VERSION="'*)
      parley_line=${parley_line#*\"}
      echo "${parley_line%%[!0-9]*}"
      return 0
      ;;
    esac
  done <"$1/release"
}

parley_java_fits() { # $1: the folder, $2: "jdk" wants a compiler as well, "jre" does not
  parley_found=$(parley_java_version "$1")
  [ -n "$parley_found" ] && [ "$parley_found" -ge 25 ] || return 1
  [ "$2" = jre ] || [ -x "$1/bin/javac" ]
}

parley_java_on_path() { # the folder of the java on the path, links followed
  command -v java >/dev/null 2>&1 || return 0
  dirname "$(dirname "$(readlink -f "$(command -v java)")")"
}

parley_java_places() { # folders that may hold a Java, one a line
  for parley_place in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/jre* /opt/*/jdk* \
    "${HOME-/nonexistent}"/.sdkman/candidates/java/* "${HOME-/nonexistent}"/.jdks/* \
    "${HOME-/nonexistent}"/.asdf/installs/java/* "${HOME-/nonexistent}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    echo "$parley_place"
  done
}

parley_java_missing() { # $1: "jdk" or "jre"; says what is missing
  if [ "$1" = jdk ]; then
    parley_need="a JDK 25 or newer (with its compiler, to build)"
  else
    parley_need="Java 25 or newer (a JRE is enough)"
  fi
  if [ -n "${PARLEY_JAVA_HOME-}" ]; then
    parley_found=$(parley_java_version "$PARLEY_JAVA_HOME")
    echo "PARLEY_JAVA_HOME is $PARLEY_JAVA_HOME, but Parley needs $parley_need;" >&2
    if [ -z "$parley_found" ]; then
      echo "no Java was found in that folder: it must hold bin/java and the file release." >&2
    elif [ "$parley_found" -lt 25 ]; then
      echo "there is Java $parley_found in that folder." >&2
    else
      echo "that folder has no bin/javac." >&2
    fi
  else
    echo "Parley needs $parley_need, and none was found (looked at PARLEY_JAVA_HOME, JAVA_HOME, java on the PATH," >&2
    echo "/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and others). Install one, for example Temurin 25 from https://adoptium.net" >&2
    echo "or your system's openjdk-25 package, or set PARLEY_JAVA_HOME to the folder that holds its bin/java." >&2
  fi
}

parley_find_jdk() { # $1: "jdk" or "jre"
  if [ -n "${PARLEY_JAVA_HOME-}" ]; then
    parley_java_fits "$PARLEY_JAVA_HOME" "$1" || { parley_java_missing "$1"; return 1; }
    JAVA_HOME=$PARLEY_JAVA_HOME
    export JAVA_HOME
    return 0
  fi
  parley_candidates="${JAVA_HOME-}
$(parley_java_on_path)
$(parley_java_places)"
  while IFS= read -r parley_candidate; do
    [ -n "$parley_candidate" ] && parley_java_fits "$parley_candidate" "$1" || continue
    JAVA_HOME=$parley_candidate
    export JAVA_HOME
    return 0
  done <<EOF
$parley_candidates
EOF
  parley_java_missing "$1"
  return 1
}
