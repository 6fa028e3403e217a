package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.proof.MailTrust;
import ekiden.message.Messages;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands that are not the API's client: what a process of its own does. Each is called at most once, and nothing of it
 * is loaded before.
 *
 * @param messages texts and exit codes of all message ids
 * @param up the long-running process
 * @param quickstart the relay in a temporary home
 * @param readMail reads a mail file
 * @param waitMail waits for mail without a running process
 * @param sendMail sends one mail or a batch
 * @param addresses looks names up in address books
 * @param trusting by what jobs open and verify a mail
 */
public record CommandSet(
        Supplier<Messages> messages,
        Up up,
        Quickstart quickstart,
        ReadMail readMail,
        WaitMail waitMail,
        SendMail sendMail,
        Addresses addresses,
        Trusting trusting) {

    /** By what the mails of profiles are opened and verified. */
    @FunctionalInterface
    public interface Trusting {
        /**
         * @param home what paths of files are relative to
         * @param profiles the mail profiles
         * @return by what
         */
        MailTrust of(Path home, Map<String, MailProfile> profiles);
    }

    /** {@code ekiden up}. */
    @FunctionalInterface
    public interface Up {
        /**
         * Runs until it is asked to end.
         *
         * @param request what was asked for
         * @param terminal where it was called
         * @return how it ended
         */
        ExitCode run(UpRequest request, Terminal terminal);
    }

    /** {@code ekiden quickstart}. */
    @FunctionalInterface
    public interface Quickstart {
        /**
         * Shows the relay.
         *
         * @param request what was asked for
         * @param terminal where it was called
         * @return how it ended
         */
        ExitCode run(QuickstartRequest request, Terminal terminal);
    }

    /** {@code ekiden mail read}. */
    @FunctionalInterface
    public interface ReadMail {
        /**
         * Reads one file and writes its line, the object that {@code docs/cli.md} describes.
         *
         * @param file a mail, absolute
         * @param shown the name that was given, for the line
         * @param options how it is read
         * @param out where the line goes; it says itself whether it could take it
         * @return why the mail could not be read, or null
         */
        @Nullable
        Problem read(Path file, String shown, ReadOptions options, PrintStream out);
    }

    /**
     * How a mail file is read.
     *
     * @param asSent whether nothing is opened: winmail.dat, smime.p7m and uuencode stay parts
     * @param openMessages whether the attachments of messages inside the mail follow these
     * @param key PKCS#12 file with the key that opens encrypted mails (S/MIME), or null
     * @param keyPassword file with its password, or null where it has none
     * @param trust certificates that vouch for signers (S/MIME), or null
     * @param dkim how DKIM signatures are verified, or null where they are not
     */
    public record ReadOptions(
            boolean asSent,
            boolean openMessages,
            @Nullable Path key,
            @Nullable Path keyPassword,
            @Nullable Path trust,
            @Nullable Dkim dkim) {}

    /**
     * How DKIM signatures are verified.
     *
     * @param nameServer whom to ask for keys, or null for the name servers of this machine
     */
    public record Dkim(@Nullable HostPort nameServer) {}

    /** {@code ekiden mail wait}. */
    @FunctionalInterface
    public interface WaitMail {
        /**
         * Waits, prints a line per mail, acknowledges.
         *
         * @param request what was asked for
         * @param terminal where it was called
         * @return how it ended
         */
        ExitCode run(WaitRequest request, Terminal terminal);
    }

    /** {@code ekiden mail send}. */
    @FunctionalInterface
    public interface SendMail {
        /**
         * Sends.
         *
         * @param request what was asked for
         * @param terminal where it was called
         * @return how it ended
         */
        ExitCode run(SendRequest request, Terminal terminal);
    }

    /** {@code ekiden address …}. */
    @FunctionalInterface
    public interface Addresses {
        /**
         * Looks names up, or lists books.
         *
         * @param request what was asked for
         * @param terminal where it was called
         * @return how it ended
         */
        ExitCode run(AddressRequest request, Terminal terminal);

        /**
         * Looks names up without asking a directory.
         *
         * @param home the home whose books are meant, absolute
         * @param names as they were written
         * @param terminal where it was called
         * @return those that become no address, and why; not those about which a directory decides
         */
        default Map<String, Problem> doubts(Path home, List<String> names, Terminal terminal) {
            return Map.of();
        }
    }

    /**
     * What {@code up} was asked for.
     *
     * @param home the home folder, absolute
     * @param config the settings file instead of the home's, absolute, or null
     * @param language of messages, where {@code --lang} said so; otherwise null, and the settings may say
     */
    public record UpRequest(
            Path home, @Nullable Path config, @Nullable Locale language) {}

    /**
     * What {@code quickstart} was asked for.
     *
     * @param exit whether it ends after the relay
     * @param language of what it tells
     */
    public record QuickstartRequest(boolean exit, Locale language) {}
}
