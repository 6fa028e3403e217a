package ekiden.mail.send.sendmail;

import ekiden.mail.profile.Send;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail command, and what is known of it from where it lies. Nothing is run.
 *
 * @param path as it is called, absolute
 * @param target what that is in the end, behind all links (alternatives too); the path itself where it is not there
 * @param kind whose it is
 * @param queue Postfix's command that lists the queue, or null where there is none
 */
public record MailProgram(
        Path path, Path target, Kind kind, @Nullable Path queue) {
    /** Where the mail command of a machine lies (Filesystem Hierarchy Standard, and before it). */
    static final List<Path> USUAL = List.of(Path.of("/usr/sbin/sendmail"), Path.of("/usr/lib/sendmail"));

    private static final String POSTQUEUE = "postqueue";

    /** Whose command it is. */
    public enum Kind {
        /** Postfix: nothing is queued when it ends with an error, and its queue can be read as JSON. */
        POSTFIX("Postfix"),
        /** Exim. */
        EXIM("Exim"),
        /** Hands mails on to a server at once, without a queue. */
        MSMTP("msmtp"),
        /** As msmtp. */
        SSMTP("sSMTP"),
        /** Keeps a queue of its own for one server. */
        NULLMAILER("nullmailer"),
        /** Another one: expected is what the manual of sendmail says. */
        OTHER("?");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** {@return its name, for people; {@code ?} where it is not known} */
        public String word() {
            return word;
        }
    }

    /**
     * @param settings of a profile
     * @return the command they mean, which may be absent
     */
    public static MailProgram of(Send.Sendmail settings) {
        String named = settings.path();
        Path path = named == null ? usual() : Path.of(named);
        Path target = target(path);
        Path queue = Stream.of(path, target)
                .map(one -> one.resolveSibling(POSTQUEUE))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        return switch (settings.system()) {
            case AUTO -> known(path, target, queue);
            case POSTFIX -> new MailProgram(path, target, Kind.POSTFIX, queue);
            case OTHER -> new MailProgram(path, target, Kind.OTHER, null);
        };
    }

    private static MailProgram known(Path path, Path target, @Nullable Path queue) {
        Kind kind = kind(target, queue != null);
        return new MailProgram(path, target, kind, kind == Kind.POSTFIX ? queue : null);
    }

    private static Kind kind(Path target, boolean besidePostfix) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        if (name.contains("exim")) {
            return Kind.EXIM;
        }
        if (name.contains("msmtp")) {
            return Kind.MSMTP;
        }
        if (name.contains("ssmtp")) {
            return Kind.SSMTP;
        }
        if (name.contains("nullmailer")) {
            return Kind.NULLMAILER;
        }
        // Debian: /usr/sbin/sendmail; Fedora: sendmail.postfix
        boolean postfix = name.contains("postfix") || (besidePostfix && name.equals("sendmail"));
        return postfix ? Kind.POSTFIX : Kind.OTHER;
    }

    private static Path usual() {
        return USUAL.stream().filter(Files::isExecutable).findFirst().orElse(USUAL.getFirst());
    }

    private static Path target(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path;
        }
    }

    /** {@return whether it is what this machine's programs call} */
    public boolean isDefault() {
        return USUAL.stream()
                .filter(Files::isExecutable)
                .anyMatch(one -> target(one).equals(target));
    }

    /** {@return this machine's own, or null where there is none} */
    static @Nullable Path ofMachine() {
        return USUAL.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }
}
