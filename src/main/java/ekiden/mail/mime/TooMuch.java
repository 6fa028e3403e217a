package ekiden.mail.mime;

import ekiden.base.Problem;

/** A mail beyond a limit; stays inside this package. */
final class TooMuch extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    TooMuch(MimeMessage message, Object... namesAndValues) {
        super(message.id(), null, false, false);
        this.problem = Problem.of(message, namesAndValues);
    }

    Problem problem() {
        return problem;
    }
}
