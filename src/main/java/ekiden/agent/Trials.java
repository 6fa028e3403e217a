package ekiden.agent;

import ekiden.base.Result;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import ekiden.model.mail.RawMail;

/** Trials of mails in the spool. */
final class Trials {
    private Trials() {}

    /** As {@link Trial#of}; a mail whose bytes cannot be had now is not tried. */
    static Trial.Verdict of(Trial trial, Spool spool, RawMail mail) {
        return switch (spool.open(mail)) {
            case Result.Failed<RawSource> notNow -> Trial.Verdict.NOT_HELD;
            case Result.Ok<RawSource>(RawSource raw) -> {
                try (raw) {
                    yield trial.of(mail.place(), raw);
                }
            }
        };
    }
}
