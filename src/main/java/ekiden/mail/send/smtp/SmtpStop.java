package ekiden.mail.send.smtp;

import ekiden.base.MessageId;
import ekiden.base.Problem;

/** We ourselves do not go on, before the final dot; never leaves this package. */
final class SmtpStop extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    SmtpStop(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    static SmtpStop of(MessageId message, Object... namesAndValues) {
        return new SmtpStop(Problem.of(message, namesAndValues));
    }

    Problem problem() {
        return problem;
    }
}
