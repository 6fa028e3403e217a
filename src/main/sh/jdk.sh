# Finds a JDK of version 25 or newer. Sourced by ekiden and dev; POSIX sh, starts no process on the usual path,
# because its time counts as start-up time of every command.
#
#   find_jdk FOLDER    sets JDK to the home of the JDK, or returns 1. FOLDER/jdk.home remembers the last find.
#   no_jdk             says on standard error what was looked at and what to install.
#   utf8_names         makes file names and arguments UTF-8 for the virtual machine, whatever the locale.

# Is $1 the home of a JDK whose version is $2 or, with $3 = newer, at least $2? Reads the file "release" of the JDK
# instead of starting it: that takes microseconds, not a tenth of a second.
jdk_is() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='="' read -r jdk_key jdk_gap jdk_version jdk_rest; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_version=${jdk_version%%[!0-9]*}
            [ -n "$jdk_version" ] || return 1
            if [ "${3-}" = newer ]; then [ "$jdk_version" -ge "$2" ]; else [ "$jdk_version" -eq "$2" ]; fi
            return
        fi
    done <"$1/release"
    return 1
}

find_jdk() {
    if [ -n "${JAVA_HOME-}" ] && jdk_is "$JAVA_HOME" 25 newer; then
        JDK=$JAVA_HOME
        return 0
    fi
    if [ -r "$1/jdk.home" ] && IFS= read -r JDK <"$1/jdk.home" && jdk_is "$JDK" 25 newer; then
        return 0
    fi
    search_jdk || return 1
    if [ -d "$1" ] && [ -w "$1" ]; then printf '%s\n' "$JDK" >"$1/jdk.home"; fi
    return 0
}

# PATH first, then the folders in which installers and tools put a JDK; 25 itself before anything newer.
search_jdk() {
    jdk_path=$(command -v java 2>/dev/null) && jdk_path=$(readlink -f "$jdk_path" 2>/dev/null) || jdk_path=
    for jdk_want in same newer; do
        for JDK in "${jdk_path%/bin/java}" \
            /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/openjdk* /usr/local/jdk* /opt/* /opt/java/* /opt/jdk/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
            "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
            jdk_is "$JDK" 25 "$jdk_want" && return 0
        done
    done
    JDK=
    return 1
}

no_jdk() {
    {
        echo 'ekiden: no JDK of version 25 or newer was found.'
        if [ -n "${JAVA_HOME-}" ]; then echo "  JAVA_HOME=$JAVA_HOME is not one."; fi
        echo '  Looked at: JAVA_HOME, java on the PATH, /usr/lib/jvm, /usr/java, /opt, /Library/Java, Homebrew, ~/.sdkman, ~/.jdks.'
        echo '  Next: install one, for example Eclipse Temurin 25 (https://adoptium.net), or the package'
        echo '        openjdk-25-jdk-headless or temurin-25-jdk where your system has it; or set JAVA_HOME to its folder.'
    } >&2
}

# The virtual machine takes the encoding of file names and arguments from the locale and from nothing else. Under cron and
# systemd that is C, and a locale may be named that is not installed: then no file could have a Japanese name. What the
# caller had is kept for messages and for the programs that are started (class CallerLocale).
utf8_names() {
    EKIDEN_LC_ALL=${LC_ALL-}
    LC_ALL=C.UTF-8
    export EKIDEN_LC_ALL LC_ALL
}
