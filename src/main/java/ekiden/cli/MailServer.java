package ekiden.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which mailbox or mail server a stand-alone command uses. */
public sealed interface MailServer {
    /**
     * A profile of the settings.
     *
     * @param name its name
     */
    record Profile(String name) implements MailServer {}

    /**
     * An address of its own, for example {@code imaps://user@host/folder} or {@code smtp://host:25}.
     *
     * @param url as given; holds no password
     * @param password where the password is, or null where none is needed
     * @param insecure whether an unprotected connection to another machine is allowed
     */
    record Url(String url, @Nullable Password password, boolean insecure) implements MailServer {}

    /** Where a password is. */
    sealed interface Password {
        /**
         * On the first line of a file.
         *
         * @param file absolute
         */
        record InFile(Path file) implements Password {}

        /**
         * In a variable of the environment.
         *
         * @param name of the variable
         */
        record InEnvironment(String name) implements Password {}
    }
}
