package ekiden.agent.process;

/**
 * What stands between agent and program. It outlives the agent, so whatever must hold while no agent is there is its work: the note
 * of the beginning, the exit code, and the bound of the output.
 *
 * <p>Two keepers read what the program writes, one for each stream, for as long as anybody holds the stream's other end; so
 * nothing that the command started ever waits for room or meets a closed pipe. The first half of the limit is kept as it comes.
 * What follows goes into pieces of the other half, of which the present and the one before are kept; their end is put behind the
 * first half when the stream ends. Where the disk is full the rest is read and dropped.
 */
final class WrapperScript {
    /**
     * Arguments: the attempt's folder, half of the limit of a stream in bytes, program and its arguments.
     *
     * <p>Order: the note {@code PID STARTTIME} in {@code pid} is made with O_EXCL before anything else. The pipes have lost their
     * names before the program begins. {@code exit} comes last, when the output stands, or two seconds after the program where something that it left behind still holds a stream. Files beside
     * {@code stdout} (and {@code stderr} alike): {@code stdout.new}, {@code .old}, {@code .full} while it is written,
     * {@code stdout.cut} with the number of bytes left out, absent where nothing was.
     *
     * <p>No expansion of anything that came from a mail: program and arguments stay separate words.
     */
    static final String TEXT = """
            d=$1; half=$2; shift 2
            IFS= read -r stat </proc/$$/stat || stat=
            set -C
            set -f
            begun() { start=${20}; }
            begun ${stat##*) }
            echo "$$ $start" >"$d/pid" || exit 125
            set +C
            # a device has no size, and reading one to its end may never end
            size() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }
            # without it a line is seen when the buffer of head is full
            if command -v stdbuf >/dev/null; then first() { stdbuf -o0 head -c "$half"; }
            else first() { head -c "$half"; }; fi
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
            keep() {
                trap '' TERM HUP INT
                if first >"$1" && [ $(size "$1") -lt $half ]; then return; fi
                full=0
                while head -c "$half" >"$1.new" && [ $(size "$1.new") -ge $half ]; do
                    mv -f "$1.new" "$1.old"
                    full=$((full + 1))
                    echo $full >"$1.full"
                done
                cat >/dev/null
                join "$1"
            }
            if ! command -v "$1" >/dev/null || ! mkfifo "$d/out" "$d/err"; then echo cannot-start >"$d/exit.part"
            else
                exec 3<>"$d/out" 4<>"$d/err" 5<"$d/out" 6<"$d/err" 7>"$d/out" 8>"$d/err" 3>&- 4>&-
                rm -f "$d/out" "$d/err"
                # with exec, since a shell keeps copies of what it redirects for a function
                { exec <&5 5<&- 6<&- 7>&- 8>&-; keep "$d/stdout"; } & out=$!
                { exec <&6 5<&- 6<&- 7>&- 8>&-; keep "$d/stderr"; } & err=$!
                exec 5<&- 6<&-
                "$@" </dev/null >&7 2>&8 7>&- 8>&-
                code=$?
                exec 7>&- 8>&-
                late=
                trap 'late=yes' USR1
                { sleep 2; kill -s USR1 $$; } & nudge=$!
                wait $out
                [ "$late" ] || wait $err
                kill $nudge
                if ! [ "$late" ]; then
                    for stream in "$d/stdout" "$d/stderr"; do if [ -e "$stream.new" ]; then join "$stream"; fi; done
                fi
                echo $code >"$d/exit.part"
            fi
            sync "$d/exit.part"
            mv "$d/exit.part" "$d/exit" && sync "$d"
            """;

    private WrapperScript() {}
}
