package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.message.Messages;
import java.util.List;

/** {@code ekiden mail outbox}: mails of jobs that nobody has accepted for good yet, since when, and why. */
final class OutboxCommand {
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;

    private OutboxCommand() {}

    static Leaf outbox() {
        return new Leaf("mail outbox", List.of(), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            Data answer = session.data(session.client().get("/outbox?limit=1000"));
            List<Data> mails = answer.list("mails");
            if (session.json()) {
                mails.forEach(mail -> session.print(mail.json()));
            } else {
                print(session, mails);
            }
            if (answer.flag("more")) {
                session.terminal().err().println(session.word("outbox.more"));
            }
            return ExitCode.DONE;
        });
    }

    private static void print(Session session, List<Data> mails) {
        Table table = new Table()
                .name(session.word("col.run"))
                .whole(session.word("col.job"))
                .time(session.word("col.since"))
                .whole(session.word("col.age"))
                .cut(session.word("col.to"));
        for (Data mail : mails) {
            table.row(
                    mail.text("label"),
                    mail.text("job"),
                    session.time(mail.maybe("since")),
                    age(session, mail.number("age")),
                    String.join(", ", mail.texts("recipients")));
        }
        session.print(table, session.word("outbox.none"));
        for (Data mail : mails) {
            Data problem = mail.inner("problem");
            session.terminal()
                    .show(
                            mail.text("label") + " " + mail.text("job") + ": ",
                            problem == null
                                    ? session.word("outbox.new")
                                    : Messages.clean(problem.text("id") + " " + problem.text("text")));
        }
    }

    private static String age(Session session, long seconds) {
        if (seconds < MINUTE) {
            return seconds + " " + session.word("age.seconds");
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " " + session.word("age.minutes");
        }
        return seconds < DAY
                ? seconds / HOUR + " " + session.word("age.hours")
                : seconds / DAY + " " + session.word("age.days");
    }
}
