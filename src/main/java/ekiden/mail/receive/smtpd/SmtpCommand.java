package ekiden.mail.receive.smtpd;

import java.util.Locale;
import java.util.Optional;

/** One line from the client, understood; pure. Replies that hang on nothing but the line stand in {@link Bad}. */
sealed interface SmtpCommand {
    /** Who greets. */
    record Hello(Verb verb, String domain) implements SmtpCommand {}

    /** A mail begins; {@code size} is -1 where it was not told; {@code utf8}: its addresses need not be ASCII. */
    record Mail(String sender, long size, boolean utf8) implements SmtpCommand {}

    /** {@code utf8}: the address has other characters than ASCII. */
    record Rcpt(String address, boolean utf8) implements SmtpCommand {}

    /** The mail comes in dotted lines. */
    record Data() implements SmtpCommand {}

    /** A chunk follows. */
    record Bdat(long bytes, boolean last) implements SmtpCommand {}

    /** Those without a state of their own. */
    record Simple(Verb verb) implements SmtpCommand {}

    /** Cannot be understood. {@code fatal}: where the next command begins cannot be known. */
    record Bad(String reply, boolean fatal) implements SmtpCommand {}

    /** The words. */
    enum Verb {
        HELO,
        EHLO,
        LHLO,
        MAIL,
        RCPT,
        DATA,
        BDAT,
        RSET,
        NOOP,
        QUIT,
        VRFY,
        HELP,
        STARTTLS,
        EXPN,
        AUTH,
        ETRN,
        TURN
    }

    static SmtpCommand parse(String line) {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            return new Bad("500 5.5.2 control character in command", false);
        }
        String text = line.stripTrailing();
        int blank = text.indexOf(' ');
        String word = (blank < 0 ? text : text.substring(0, blank)).toUpperCase(Locale.ROOT);
        String rest = blank < 0 ? "" : text.substring(blank + 1).strip();
        Optional<Verb> verb = verb(word);
        if (verb.isEmpty()) {
            return new Bad("500 5.5.2 command not known", false);
        }
        return switch (verb.get()) {
            case HELO, EHLO, LHLO ->
                rest.isEmpty() ? new Bad("501 5.5.4 host name is missing", false) : new Hello(verb.get(), rest);
            case MAIL -> SmtpMailParameters.mail(rest);
            case RCPT -> rcpt(rest);
            case BDAT -> bdat(rest);
            case DATA -> rest.isEmpty() ? new Data() : noArgument();
            case RSET, QUIT, STARTTLS -> rest.isEmpty() ? new Simple(verb.get()) : noArgument();
            case NOOP, VRFY, HELP -> new Simple(verb.get());
            case EXPN, AUTH, ETRN, TURN -> new Bad("502 5.5.1 command not offered", false);
        };
    }

    private static Optional<Verb> verb(String word) {
        for (Verb verb : Verb.values()) {
            if (verb.name().equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    private static Bad noArgument() {
        return new Bad("501 5.5.4 no argument allowed", false);
    }

    private static SmtpCommand rcpt(String rest) {
        if (!rest.regionMatches(true, 0, "TO:", 0, 3)) {
            return new Bad("501 5.5.4 syntax: RCPT TO:<address>", false);
        }
        Optional<SmtpPath> path = SmtpPath.read(rest.substring(3));
        if (path.isEmpty()) {
            return new Bad("501 5.1.3 syntax: RCPT TO:<address>", false);
        }
        if (!path.get().rest().isEmpty()) {
            return new Bad("555 5.5.4 parameter of RCPT not offered", false);
        }
        boolean postmaster = path.get().mailbox().equalsIgnoreCase("postmaster");
        if (!postmaster && !path.get().isMailbox()) {
            return new Bad("501 5.1.3 not an address", false);
        }
        return new Rcpt(path.get().mailbox(), !path.get().isAscii());
    }

    /** What follows a BDAT that cannot be read is mail, not commands: there is no way back into step. */
    private static SmtpCommand bdat(String rest) {
        String[] words = rest.split(" +");
        Optional<Long> bytes = SmtpMailParameters.number(words[0]);
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (bytes.isEmpty() || words.length > (last ? 2 : 1)) {
            return new Bad("501 5.5.4 syntax: BDAT size [LAST]", true);
        }
        return new Bdat(bytes.get(), last);
    }
}
