package ekiden.agent.process;

/**
 * What stands between agent and program. It outlives the agent, so whatever must hold while no agent is there is its work: the note
 * of the beginning, the exit code, and the bound of the output.
 *
 * <p>It is started before it is needed, in the folder that becomes the attempt's (a folder keeps its files and those who are in it when
 * it gets another name), and waits for its order ({@link WrapperOrder}) at its standard input: the program is then one fork away. An order
 * that is not whole is none, so an agent that dies while it writes has begun nothing.
 *
 * <p>Two keepers read what the program writes, one for each stream, for as long as anybody holds the stream's other end; so
 * nothing that the command started ever waits for room or meets a closed pipe. The first half of the limit is kept as it comes.
 * What follows goes into pieces of the other half, of which the present and the one before are kept; their end is put behind the
 * first half when the stream ends. Where the disk is full, or what writes is ended from outside, the rest is read and dropped; a line in the
 * output says which, once there is room again, unless something that the command left behind still held the stream.
 */
final class WrapperScript {
    /**
     * Started with pipes at its standard output and error, of which the agent lets go: they become the program's streams. The keepers
     * are begun with the wrapper and know their folder as the one that they are in; with a keeper that is gone nothing is begun.
     *
     * <p>Order: the note {@code PID STARTTIME} in {@code pid} is made with O_EXCL before the program begins. {@code exit} comes last,
     * when the output stands, or two seconds after the program where something that it left behind still holds a stream. Files beside
     * {@code stdout} (and {@code stderr} alike): {@code stdout.new}, {@code .old}, {@code .full} while it is written,
     * {@code stdout.cut} with the number of bytes left out, absent where nothing was.
     *
     * <p>No expansion of anything that came from a mail: program and arguments stay separate words. Only the program gets the
     * command's environment, so nothing in it can hinder the wrapper.
     */
    static final String TEXT = """
            # names that came with the environment would go on into the program's, with our values
            unset half d folder unbuffered full left out err complete stat start code late nudge stream lost broken word signals
            # the program gets its own PATH; what keeps its output is found all the same
            PATH=${PATH:+$PATH:}/usr/bin:/bin
            half=$1
            set -f
            # opened by their names in /proc, the pipes can be read here too
            exec 5</proc/self/fd/1 6</proc/self/fd/2 7>&1 8>&2 >/dev/null 2>&1
            # what stdbuf -o0 sets: without it a line is seen when the buffer of head is full
            unbuffered=$(stdbuf -o0 sh -c 'printf %s "$LD_PRELOAD"')
            # a device has no size, and reading one to its end may never end
            size() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }
            join() {
                mv -f "$1.new" "$1.last" || return
                full=0
                if [ -e "$1.full" ]; then read -r full <"$1.full"; fi
                left=$((full * half + $(size "$1.last") - half))
                {
                    if [ $left -gt 0 ]; then
                        echo $left >"$1.cut"
                        printf '\\n[EKDA0014-W %s bytes left out]\\n' $left
                    fi
                    if [ $full -gt 0 ]; then cat "$1.old" "$1.last" | tail -c "$half"; else cat "$1.last"; fi
                } >>"$1"
                rm -f "$1.last" "$1.old" "$1.full"
            }
            # 1 where there is no room, 2 where it broke off otherwise; what it says is the only sign of which
            copy() {
                word=$(
                    exec 2>&1
                    export LC_ALL=C LD_PRELOAD="$unbuffered" _STDBUF_O=0
                    exec head -c "$half" >"$1"
                ) && return
                case $word in *'No space'* | *quota*) return 1 ;; *) return 2 ;; esac
            }
            keep() {
                copy "$1"
                lost=$?
                if [ $lost = 0 ] && [ $(size "$1") -lt $half ]; then return; fi
                full=0
                while { copy "$1.new" || ! lost=$?; } && [ $(size "$1.new") -ge $half ]; do
                    mv -f "$1.new" "$1.old"
                    full=$((full + 1))
                    echo $full >"$1.full"
                done
                cat >/dev/null
                join "$1"
                return $lost
            }
            # the keepers have this from their first moment: a program may signal its whole group at once, with all that ends a process and
            # that shells know by name
            signals='TERM HUP INT QUIT ALRM USR1 USR2 PIPE ABRT PROF SYS TRAP VTALRM XCPU XFSZ'
            trap '' $signals
            # with exec, since a shell keeps copies of what it redirects for a function
            { exec <&5 5<&- 6<&- 7>&- 8>&-; keep stdout; } & out=$!
            { exec <&6 5<&- 6<&- 7>&- 8>&-; keep stderr; } & err=$!
            exec 5<&- 6<&-
            trap - $signals
            # in blocks, where read would take each byte by itself
            . /proc/self/fd/0
            [ "$complete" ] || exit 0
            exec </dev/null
            lives() { IFS= read -r stat </proc/$1/stat && case ${stat##*) } in Z*) return 1 ;; esac; }
            lives $out && lives $err || exit 0
            IFS= read -r stat </proc/$$/stat || stat=
            begun() { start=${20}; }
            begun ${stat##*) }
            set -C
            echo "$$ $start" >"$d/pid" || exit 125
            set +C
            # a program may signal its whole group, of which we are; it gets none of this, since what is caught here is not so there
            trap : $signals
            code=cannot-start
            if [ -e "$d/kill" ]; then code=143
            elif cd "$folder" && [ -x "$1" ]; then program "$@"; code=$?; fi
            exec 7>&- 8>&-
            late=
            trap 'late=yes' USR1
            { sleep 2; kill -s USR1 $$; } & nudge=$!
            lost=
            broken=
            told() { if [ "$late" ]; then :; elif [ $1 = 1 ]; then lost="$lost $2"; else broken="$broken $2"; fi; }
            wait $out || told $? stdout
            [ "$late" ] || wait $err || told $? stderr
            kill $nudge
            if ! [ "$late" ]; then
                for stream in "$d/stdout" "$d/stderr"; do if [ -e "$stream.new" ]; then join "$stream"; fi; done
            fi
            # a disk without room has room again some day; until then the command has not ended; without its folder nobody waits for it
            until echo $code >"$d/exit.part" && [ -s "$d/exit.part" ]; do
                [ -d "$d" ] || exit 0
                sleep 1
            done
            for stream in $lost; do printf '\\n[EKDA0023-W output is lost: no room]\\n' >>"$d/$stream"; done
            for stream in $broken; do printf '\\n[EKDA0028-W output is lost: what keeps it was ended]\\n' >>"$d/$stream"; done
            sync "$d/exit.part"
            mv "$d/exit.part" "$d/exit" && sync "$d"
            """;

    private WrapperScript() {}
}
