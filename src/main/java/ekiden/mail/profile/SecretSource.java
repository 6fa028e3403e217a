package ekiden.mail.profile;

import java.util.List;

/** Where a password or token comes from. Never the value itself. */
public sealed interface SecretSource {
    /**
     * The content of a file, without one line end at its end.
     *
     * @param path absolute, or relative to the home folder
     */
    record FromFile(String path) implements SecretSource {}

    /**
     * An environment variable of the process.
     *
     * @param variable its name
     */
    record FromEnvironment(String variable) implements SecretSource {}

    /**
     * What a program writes to its standard output, without one line end at its end.
     *
     * @param command program and arguments; no shell reads them
     */
    record FromCommand(List<String> command) implements SecretSource {
        /** Copies the list. */
        public FromCommand {
            command = List.copyOf(command);
        }
    }
}
