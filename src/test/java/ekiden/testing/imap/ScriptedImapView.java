package ekiden.testing.imap;

import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A folder as one session sees it: with numbers, which move when a mail goes. */
final class ScriptedImapView {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss xx", Locale.ENGLISH);
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^ \"]+)");
    private static final Pattern FLAGS = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern PARTIAL = Pattern.compile("BODY\\.PEEK\\[]<([0-9]+)\\.([0-9]+)>");

    private final ScriptedImapServer server;
    private final ImapScript script;
    private final MemoryFolder folder;
    private final ImapOut out;
    private final List<Long> numbered;
    private final Set<Long> early = new HashSet<>();
    private boolean cut;

    ScriptedImapView(ScriptedImapServer server, MemoryFolder folder, ImapOut out) {
        this.server = server;
        this.script = server.script();
        this.folder = folder;
        this.out = out;
        this.numbered = folder.uids();
    }

    MemoryFolder folder() {
        return folder;
    }

    static List<String> strings(String text) {
        List<String> strings = new ArrayList<>();
        Matcher found = STRING.matcher(text);
        while (found.find()) {
            String quoted = found.group(1);
            strings.add(quoted == null ? found.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return strings;
    }

    void describe(boolean withoutValidity) {
        out.line("* FLAGS (\\Seen \\Deleted \\Flagged)");
        out.line("* OK [PERMANENTFLAGS (\\Seen \\Deleted \\Flagged" + (folder.keywords() ? " \\*" : "") + ")] kept");
        out.line("* " + numbered.size() + " EXISTS");
        out.line("* 0 RECENT");
        if (!withoutValidity) {
            out.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] valid");
        }
        out.line("* OK [UIDNEXT " + folder.uidNext() + "] next");
    }

    /** What changed since the last time. */
    synchronized void news() {
        List<Long> now = folder.uids();
        Set<Long> there = new HashSet<>(now);
        for (int i = numbered.size() - 1; i >= 0; i--) {
            if (!there.contains(numbered.get(i))) {
                numbered.remove(i);
                out.line("* " + (i + 1) + " EXPUNGE");
            }
        }
        if (now.size() > numbered.size()) {
            numbered.clear();
            numbered.addAll(now);
            out.line("* " + now.size() + " EXISTS");
        }
    }

    /** {@return the end of the tagged answer; null where the connection ends instead} */
    @Nullable
    String execute(String name, String arguments) throws IOException {
        String answer = switch (name) {
            case "UID SEARCH" -> search(arguments);
            case "UID FETCH" -> fetch(arguments);
            case "UID STORE" -> store(arguments);
            case "UID MOVE" -> script.capabilities().contains("MOVE") ? transfer(arguments, true) : "BAD no MOVE";
            case "UID COPY" -> transfer(arguments, false);
            case "UID EXPUNGE" -> script.capabilities().contains("UIDPLUS") ? expunge(arguments) : "BAD no UIDPLUS";
            default -> "BAD " + name + " is unknown";
        };
        if (cut) {
            return null;
        }
        if (!name.equals("UID FETCH") && !name.equals("UID STORE")) {
            news();
        }
        return answer;
    }

    private UidSet set(String text) {
        List<Long> uids = folder.uids();
        String last = uids.isEmpty() ? "4294967295" : String.valueOf(uids.getLast());
        return UidSet.parse(text.replace("*", last));
    }

    private synchronized String search(String arguments) {
        boolean brief = arguments.startsWith("RETURN (ALL) ");
        String rest = brief ? arguments.substring("RETURN (ALL) ".length()) : arguments;
        boolean unseen = rest.startsWith("UNSEEN");
        int uid = rest.indexOf("UID ");
        UidSet among = uid < 0
                ? UidSet.between(1, UidSet.MAX)
                : set(rest.substring(uid + 4).strip());
        // only among what this session was told of so far, as some servers do
        List<Long> found = List.copyOf(numbered).stream()
                .filter(among::contains)
                .filter(one -> !unseen || !folder.flags(one).contains("\\Seen"))
                .toList();
        if (brief) {
            out.line("* ESEARCH (TAG \"x\") UID" + (found.isEmpty() ? "" : " ALL " + UidSet.of(found)));
        } else {
            out.line("* SEARCH "
                    + String.join(" ", found.stream().map(String::valueOf).toList()));
        }
        return "OK found";
    }

    private String fetch(String arguments) throws IOException {
        String[] words = arguments.split(" ", 2);
        UidSet wanted = set(words[0]);
        boolean gone = false;
        for (int i = 0; i < numbered.size(); i++) {
            long uid = numbered.get(i);
            MemoryFolder.Stored mail = folder.mail(uid).orElse(null);
            if (!wanted.contains(uid)) {
                continue;
            }
            gone |= mail == null;
            if (mail != null && mail.readable() && !tooEarly(uid) && !cut) {
                one(i + 1, uid, mail, words[1]);
                out.flush();
            }
            if (script.hit(ImapFault.EXPUNGE_IN_FETCH, "UID FETCH")) {
                folder.expunge(UidSet.of(folder.uids().getLast()));
            }
        }
        return gone ? "NO [EXPUNGEISSUED] some are gone" : "OK fetched";
    }

    private boolean tooEarly(long uid) {
        return script.hit(ImapFault.ANNOUNCE_EARLY, "UID FETCH") && early.add(uid);
    }

    private void one(int number, long uid, MemoryFolder.Stored mail, String items) throws IOException {
        long named = script.hit(ImapFault.LIE_ABOUT_UIDS, "UID FETCH") ? uid + 1_000_000 : uid;
        int times = script.hit(ImapFault.TWICE, "UID FETCH") ? 2 : 1;
        for (int i = 0; i < times && !cut; i++) {
            if (items.contains("BODY.PEEK[HEADER]")) {
                glimpse(number, named, uid, mail);
            } else {
                body(number, named, mail, items);
            }
        }
    }

    private void glimpse(int number, long named, long uid, MemoryFolder.Stored mail) {
        String text = new String(mail.bytes(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        byte[] header = Arrays.copyOf(mail.bytes(), end < 0 ? mail.bytes().length : end + 4);
        out.text("* " + number + " FETCH (UID " + named + " RFC822.SIZE " + mail.announcedSize() + " INTERNALDATE \""
                + DATE.format(mail.received().atOffset(ZoneOffset.UTC)) + "\" FLAGS ("
                + String.join(" ", new TreeSet<>(folder.flags(uid))) + ") BODY[HEADER] {" + header.length + "}\r\n");
        out.bytes(header).line(")");
    }

    private void body(int number, long named, MemoryFolder.Stored mail, String items) throws IOException {
        byte[] bytes = mail.bytes();
        Matcher partial = PARTIAL.matcher(items);
        String label = "BODY[]";
        if (partial.find()) {
            int from = (int) Math.min(bytes.length, Long.parseLong(partial.group(1)));
            int to = (int) Math.min(bytes.length, from + Long.parseLong(partial.group(2)));
            bytes = Arrays.copyOfRange(bytes, from, to);
            label = "BODY[]<" + partial.group(1) + ">";
        }
        boolean late = script.hit(ImapFault.UID_AFTER_BODY, "UID FETCH");
        out.text("* " + number + " FETCH (" + (late ? "" : "UID " + named + " ") + label + " {" + bytes.length
                + "}\r\n");
        if (script.hit(ImapFault.CUT_LITERAL, "UID FETCH")) {
            out.bytes(Arrays.copyOf(bytes, bytes.length / 2)).flush();
            cut = true;
            return;
        }
        if (script.hit(ImapFault.STALL_LITERAL, "UID FETCH")) {
            out.bytes(Arrays.copyOf(bytes, bytes.length / 2)).flush();
            cut = true;
            server.stall();
            return;
        }
        out.bytes(bytes).line(late ? " UID " + named + ")" : ")");
    }

    private String store(String arguments) {
        Matcher flags = FLAGS.matcher(arguments);
        if (!flags.find() || !arguments.contains(" +FLAGS.SILENT ")) {
            return "BAD only +FLAGS.SILENT";
        }
        folder.addFlags(set(arguments.split(" ", 2)[0]), Set.of(flags.group(1).split(" ")));
        return "OK stored";
    }

    private String transfer(String arguments, boolean move) {
        List<String> words = strings(arguments);
        MemoryFolder target = server.folders().get(WireName.read(words.get(1)));
        if (target == null) {
            return "NO [TRYCREATE] no such folder";
        }
        UidSet wanted = set(words.getFirst());
        List<Long> from = folder.uids().stream().filter(wanted::contains).toList();
        List<Long> to = new ArrayList<>();
        for (long uid : from) {
            folder.mail(uid).ifPresent(mail -> {
                long copy = target.deliver(mail.bytes(), mail.received());
                target.addFlags(UidSet.of(copy), folder.flags(uid));
                to.add(copy);
            });
        }
        if (move) {
            folder.expunge(wanted);
        }
        boolean silent =
                from.isEmpty() || !script.capabilities().contains("UIDPLUS") || script.hit(ImapFault.NO_COPYUID, "");
        return silent
                ? "OK done"
                : "OK [COPYUID " + target.uidValidity() + " " + UidSet.of(from) + " " + UidSet.of(to) + "] done";
    }

    private String expunge(String arguments) {
        UidSet wanted = set(arguments.strip());
        folder.expunge(UidSet.of(folder.uids().stream()
                .filter(wanted::contains)
                .filter(uid -> folder.flags(uid).contains("\\Deleted"))
                .toList()));
        return "OK expunged";
    }
}
