# Builds target/ekiden.jar and target/lib, and records the cache of loaded classes beside them. Sourced by ekiden, only
# when there is something to do. Uses home, target, JDK, flags, built and cached of its caller; speaks on standard error only, because
# standard output belongs to the command.
#
# Two that start at once: one builds, the other waits. The file "building" stands while it is being built, so that what
# a killed build left behind is never run.

LOCK_WAIT_SECONDS=1800

prepare() {
    mkdir -p "$target" 2>/dev/null
    if ! [ -w "$target" ]; then
        # Installed by somebody else: run what is there.
        built && return 0
        say "the folder $target cannot be written, and nothing is built in it" \
            "start it once as the user to whom the folder belongs"
        return 7
    fi
    if ! built; then
        lock wait || return 7
        if ! built; then build || { unlock; return 7; }; fi
        cached || train_as_usual
        unlock
    elif lock try; then
        cached || train_as_usual
        unlock
    fi
    return 0
}

say() {
    printf 'ekiden: %s\n' "$1" >&2
    shift
    for say_next; do printf '  Next: %s\n' "$say_next" >&2; done
}

# lock wait | lock try. flock's lock ends with its process; where there is no flock a folder is the lock, and a person
# has to remove what a killed build left.
lock() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$target/build.lock" || return 1
        flock -n 9 && return 0
        [ "$1" = wait ] || { exec 9>&-; return 1; }
        say 'another start is building; waiting for it'
        flock -w "$LOCK_WAIT_SECONDS" 9 && return 0
        exec 9>&-
    else
        mkdir "$target/build.lock.d" 2>/dev/null && return 0
        [ "$1" = wait ] || return 1
        say 'another start is building; waiting for it'
        lock_waited=0
        while [ "$lock_waited" -lt "$LOCK_WAIT_SECONDS" ]; do
            mkdir "$target/build.lock.d" 2>/dev/null && return 0
            sleep 1
            lock_waited=$((lock_waited + 1))
        done
    fi
    say "waited $LOCK_WAIT_SECONDS s for another build" "end it; where none is running, remove $target/build.lock.d"
    return 1
}

unlock() {
    if [ -d "$target/build.lock.d" ]; then rmdir "$target/build.lock.d"; else exec 9>&-; fi
}

# Maven runs on the JDK found here, whatever java is on the PATH: the formatter has to read the language of the sources.
# The options keep JDK 25 from warning about Maven's own libraries.
maven() {
    (cd "$home" \
        && JAVA_HOME=$JDK MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS-}" \
            exec mvn -B "$@")
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    say 'Maven (mvn) is needed to build and was not found on the PATH' \
        'install it: apt-get install maven, dnf install maven, brew install maven, or https://maven.apache.org'
    return 1
}

build() {
    need_maven || return 1
    say 'building, once (libraries come from Maven Central or your mirror; the first time takes a minute or two)'
    : >"$target/building" || return 1
    {
        maven -Dquick -Dmaven.test.skip=true package </dev/null 2>&1
        echo $? >"$target/build.status"
    } | tee "$target/build.log" | progress >&2
    read -r build_status <"$target/build.status"
    if [ "$build_status" -ne 0 ] || ! [ -s "$target/ekiden.jar" ]; then
        grep -E '^\[?ERROR' "$target/build.log" | head -12 >&2
        say "the build failed" "see $target/build.log; without a network Maven needs the libraries in its local repository"
        return 1
    fi
    rm -f "$target/building" "$target/build.status"
}

# One line for each step of Maven's, and one for every 25 files it fetches.
progress() {
    progress_files=0
    while IFS= read -r progress_line; do
        case $progress_line in
            '[INFO] --- '*)
                progress_line=${progress_line#'[INFO] --- '}
                progress_line=${progress_line%%:*}
                progress_line=${progress_line#maven-}
                progress_line=${progress_line%-plugin}
                printf '  %s\n' "${progress_line%-maven}"
                ;;
            'Downloaded from '* | '[INFO] Downloaded from '*)
                progress_files=$((progress_files + 1))
                if [ $((progress_files % 25)) -eq 0 ]; then printf '  %s files fetched\n' "$progress_files"; fi
                ;;
        esac
    done
}

# train_as_usual: records which classes a start needs, a cache for each kind of start, while such a start runs once. Whatever happens
# here, the product runs; without a cache it only starts slower.
train_as_usual() {
    say 'preparing a faster start, once'
    rm -f "$target"/*.aot "$target/ekiden.aot.of"
    # The stamp is taken before: a jar that is built during the training then does not fit.
    touch -r "$target/ekiden.jar" "$target/ekiden.aot.stamp"
    train run -jar "$target/ekiden.jar" quickstart --exit
    train words -jar "$target/ekiden.jar" --help
    train_folder=$target/training
    rm -rf "$train_folder" && mkdir "$train_folder" && train wait -cp "$target/ekiden.jar" ekiden.main.WaitTraining "$train_folder"
    rm -rf "$train_folder" && mkdir "$train_folder" && train send -cp "$target/ekiden.jar" ekiden.main.SendTraining "$train_folder"
    rm -rf "$train_folder"
    mv "$target/ekiden.aot.stamp" "$target/ekiden.aot.of"
}

# The cache remembers how far each method was compiled while it was recorded, and later starts take it no further. So what is seen here is
# compiled once, by the first compiler and without counters for the second one, which makes it quicker from the first mail on. Left out are the loops
# over each byte of a mail: not compiled here, they are not remembered, and go their usual way up to the second compiler. Whoever writes another such
# loop adds it here, and in the launcher where it has to be quick from the first megabytes on.
plain='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.02 -XX:CompileCommand=quiet'
for bytes in 'sun.security.provider.SHA2::*' 'sun.security.provider.SHA2$*::*' 'sun.security.provider.DigestBase::*' \
    'sun.security.provider.ByteArrayAccess*::*' 'java.util.Base64$Decoder::decode*' 'java.lang.StringCoding::*' 'java.lang.StringLatin1::indexOf*' \
    'ekiden.mail.mime.Base64*::*' 'ekiden.mail.mime.SizeCounter::*' 'ekiden.mail.mime.Window::*' 'ekiden.mail.mime.TextDecoder::kind' \
    'ekiden.json.PlainJson::piece'; do
    plain="$plain -XX:CompileCommand=exclude,$bytes"
done

# train CACHE PROGRAM ...: runs it and leaves the cache; an empty one where that failed, so that it is not tried again.
train() {
    trained=$target/$1.aot
    shift
    # shellcheck disable=SC2086  # flags and plain are lists of words
    if ! "$JDK/bin/java" $flags $plain -XX:AOTCacheOutput="$trained" -Xlog:disable \
        "$@" </dev/null >"$target/train.log" 2>&1 || ! [ -s "$trained" ]; then
        : >"$trained"
    fi
}
