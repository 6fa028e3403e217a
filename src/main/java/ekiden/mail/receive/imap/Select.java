package ekiden.mail.receive.imap;

import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.mail.receive.imap.Response.Code;
import java.util.LinkedHashSet;
import java.util.Set;

/** SELECT and EXAMINE (RFC 3501 §6.3.1, §6.3.2): opens the folder. */
final class Select {
    private Select() {}

    static FolderState run(ImapConnection connection, String folder, boolean readOnly) throws ImapStop {
        Told told = new Told();
        ImapCommand command = new ImapCommand(readOnly ? "EXAMINE " : "SELECT ").string(ModifiedUtf7.encode(folder));
        Response.Tagged end = connection.ask(Asked.FOLDER, command, Takers.NONE, told::take);
        boolean closed = readOnly || end.code().is("READ-ONLY");
        connection.opened(told.uidValidity);
        return new FolderState(
                folder,
                told.uidValidity,
                told.uidNext,
                connection.exists(),
                closed,
                told.permanent.contains("\\*"),
                told.permanent);
    }

    private static final class Told {
        private long uidValidity;
        private long uidNext;
        private boolean sticky = true;
        private Set<String> permanent = new LinkedHashSet<>(Set.of("\\*"));

        void take(Response response) {
            if (!(response instanceof Response.Untagged(Response.Status status, Code code, String text))) {
                return;
            }
            switch (code.name()) {
                case "UIDVALIDITY" -> uidValidity = sticky ? number(code) : 0;
                case "UIDNEXT" -> uidNext = number(code);
                case "UIDNOTSTICKY" -> {
                    // RFC 4315 §2: its UIDs are gone with the session
                    sticky = false;
                    uidValidity = 0;
                }
                case "PERMANENTFLAGS" -> permanent = flags(code.arguments());
                default -> {}
            }
        }

        private static long number(Code code) {
            String digits = code.arguments().strip();
            return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
        }

        private static Set<String> flags(String list) {
            Set<String> flags = new LinkedHashSet<>();
            for (String flag : list.replaceAll("[()]", " ").split(" +")) {
                if (!flag.isEmpty()) {
                    flags.add(flag);
                }
            }
            return flags;
        }
    }
}
